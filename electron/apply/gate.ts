import type { Problem } from '../../shared/model/problem';

/** Why a server's rows are held back. `asking`: a person must say whether they may continue. */
export type Halt =
  | { readonly kind: 'paused'; readonly problem: Problem | null }
  | { readonly kind: 'asking'; readonly problem: Problem }
  | { readonly kind: 'waiting'; readonly problem: Problem; readonly until: number };

/** Holds a server's rows back while it is halted; releases or ends them. */
export class Gate {
  #halt: Halt | null = null;
  /** The server's wait, hidden by a pause or a question; it still holds after these. */
  #wait: Extract<Halt, { kind: 'waiting' }> | null = null;
  #cancelled = false;
  #wake: (() => void) | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly changed: () => void) {}

  get halt(): Halt | null {
    return this.#halt;
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Whether a row may begin now. */
  get open(): boolean {
    return this.#halt === null && !this.#cancelled;
  }

  /** Halts. A question stays until it is answered; a pause outlasts a wait; the longer of two waits counts. */
  stop(halt: Halt): void {
    const now = this.#halt;
    if (this.#cancelled) return;
    if (now?.kind === 'asking') {
      if (halt.kind === 'waiting') this.#wait = halt;
      return;
    }
    if (halt.kind === 'waiting') {
      if (this.#wait === null || this.#wait.until < halt.until) this.#wait = halt;
      if (now?.kind === 'paused' || (now && now.until >= halt.until)) return;
    }
    this.#set(halt);
  }

  /** Resumes. After a pause the server's wait still holds; a person who sees the wait may skip it. */
  resume(): void {
    clearTimeout(this.#timer);
    const now = this.#halt;
    if (now === null) return;
    if (now.kind !== 'waiting' && this.#wait && this.#wait.until > Date.now()) {
      this.#set(this.#wait);
      return;
    }
    this.#wait = null;
    this.#halt = null;
    this.#release();
  }

  #set(halt: Halt): void {
    this.#halt = halt;
    clearTimeout(this.#timer);
    if (halt.kind === 'waiting')
      this.#timer = setTimeout(() => this.resume(), Math.max(0, halt.until - Date.now()));
    this.changed();
  }

  /** Cancels the server's rows: rows under way are finished, no further row begins. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#cancelled = true;
    this.#halt = null;
    this.#release();
  }

  /** Waits until rows may continue. @returns false where they never will; otherwise whether it had to wait */
  async pass(): Promise<{ readonly go: boolean; readonly waited: boolean }> {
    let waited = false;
    while (!this.open) {
      if (this.#cancelled) return { go: false, waited };
      waited = true;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return { go: true, waited };
  }

  #release(): void {
    this.changed();
    this.#wake?.();
    this.#wake = null;
  }
}
