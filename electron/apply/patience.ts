const firstMs = 1_000;
const longestMs = 60_000;

/** Waits for a server that asks for patience and does not say how long: doubled each time, up to a minute. */
export class Patience {
  #nextMs = firstMs;

  /** Returns the wait in milliseconds. */
  next(): number {
    const wait = this.#nextMs;
    this.#nextMs = Math.min(wait * 2, longestMs);
    return wait;
  }
}
