import type { Problem } from '../../shared/model/problem';

/** Why a server's rows do not go on now. `asking`: a person must say whether they may. */
export type Halt =
  | { readonly kind: 'paused'; readonly problem: Problem | null }
  | { readonly kind: 'asking'; readonly problem: Problem }
  | { readonly kind: 'waiting'; readonly problem: Problem; readonly until: number };

/** Holds a server's rows back while it is halted, and lets them go on, or end, when told to. */
export class Gate {
  #halt: Halt | null = null;
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

  /** Halts; a question stands until it is answered, a pause outlasts a wait, and the longer wait the shorter. */
  stop(halt: Halt): void {
    const now = this.#halt;
    if (this.#cancelled || now?.kind === 'asking') return;
    if (halt.kind === 'waiting' && (now?.kind === 'paused' || (now && now.until >= halt.until))) return;
    this.#halt = halt;
    clearTimeout(this.#timer);
    if (halt.kind === 'waiting') {
      this.#timer = setTimeout(() => this.resume(), Math.max(0, halt.until - Date.now()));
    }
    this.changed();
  }

  resume(): void {
    clearTimeout(this.#timer);
    if (this.#halt === null) return;
    this.#halt = null;
    this.#release();
  }

  /** Ends the server's rows: what has begun is finished, nothing more begins. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#cancelled = true;
    this.#halt = null;
    this.#release();
  }

  /**
   * Waits until rows may go on.
   * @returns false where they never will; otherwise whether it had to wait
   */
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
