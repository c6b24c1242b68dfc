/** Measures how long anything else in the process has to wait for its turn: what an edit's save would wait. */
export class Waiting {
  readonly #waits: number[] = [];
  #stopped = false;

  constructor() {
    this.#next(performance.now());
  }

  /** @returns every wait, in milliseconds, the shortest first */
  stop(): number[] {
    this.#stopped = true;
    return this.#waits.sort((a, b) => a - b);
  }

  #next(since: number): void {
    setImmediate(() => {
      const now = performance.now();
      this.#waits.push(now - since);
      if (!this.#stopped) this.#next(now);
    });
  }
}
