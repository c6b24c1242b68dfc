/**
 * What was asked for and is not answered yet. Where keys are to be dropped this is waited for: a job, an export or a
 * reading that is cut off from its key in the middle would end with half a result.
 */
export class UnderWay {
  #going = 0;
  #asking = 0;

  /** Whether something goes on that nobody is asked about. */
  get works(): boolean {
    return this.#going > this.#asking;
  }

  /** Counts a request until it is answered. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#going += 1;
    try {
      return await work();
    } finally {
      this.#going -= 1;
    }
  }

  /**
   * Counts a question to a person, for which a request waits and nothing else does: it may be answered tomorrow.
   * @param answered judges, before the work goes on, whether it still may; throws where not
   */
  async ask<T>(question: () => Promise<T>, answered: () => void): Promise<T> {
    this.#asking += 1;
    try {
      const said = await question();
      answered();
      return said;
    } finally {
      this.#asking -= 1;
    }
  }
}
