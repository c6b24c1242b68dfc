/** Limits how often something is restarted automatically. */
export class Restarts {
  #times: number[] = [];

  /** @param now milliseconds by a monotonic clock */
  constructor(
    private readonly most: { readonly count: number; readonly withinMs: number },
    private readonly now: () => number,
  ) {}

  /** Whether it may be restarted now; counts it if so. */
  allowed(): boolean {
    const now = this.now();
    this.#times = this.#times.filter((at) => now - at < this.most.withinMs);
    if (this.#times.length >= this.most.count) return false;
    this.#times.push(now);
    return true;
  }
}
