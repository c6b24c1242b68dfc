const quietMs = 2_000;
const nextMs = 20;

/** Indexes the words of new entries once it has been quiet for a moment, a batch at a time: no write waits for it. */
export class WordsLater {
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /** @param catchUp indexes a batch, and says whether there may be more */
  constructor(private readonly catchUp: () => boolean) {}

  soon(): void {
    this.#schedule(quietMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#stopped = true;
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#batch(), ms);
    this.#timer.unref?.();
  }

  #batch(): void {
    try {
      if (this.catchUp()) this.#schedule(nextMs);
    } catch {
      // A full disk, say. The words are read through until it works; nothing is lost.
      this.#schedule(quietMs * 30);
    }
  }
}
