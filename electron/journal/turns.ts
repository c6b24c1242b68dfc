import { setImmediate as nextTurn } from 'node:timers/promises';

/** To be awaited between two slices of a search. */
export type Pause = () => Promise<void>;

/**
 * Between two slices of a search whoever else waits, an edit to be saved above all, has his turn. This says who goes on when there is more than one search: pages, which somebody waits for, before counts, and of counts the
 * newest, which is the one that is still wanted.
 */
export class Turns {
  #pages = 0;
  readonly #counts: symbol[] = [];

  /** Finds a page. @param work is handed what to await between two slices */
  async page<T>(work: (pause: Pause) => Promise<T>): Promise<T> {
    this.#pages += 1;
    try {
      return await work(pauseWhile(() => false));
    } finally {
      this.#pages -= 1;
    }
  }

  /** Counts, while no page is looked for and nothing newer is counted. */
  async count<T>(work: (pause: Pause) => Promise<T>): Promise<T> {
    const own = Symbol('count');
    this.#counts.push(own);
    try {
      return await work(pauseWhile(() => this.#pages > 0 || this.#counts.at(-1) !== own));
    } finally {
      this.#counts.splice(this.#counts.indexOf(own), 1);
    }
  }
}

function pauseWhile(others: () => boolean): Pause {
  return async () => {
    do await nextTurn();
    while (others());
  };
}
