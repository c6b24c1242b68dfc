import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JournalHead } from '../journal/head';
import type { Database } from '../storage/database';
import type { Sealer } from '../storage/sealing';
import { bindToPlaces } from './anew';

export interface BindingParts {
  readonly database: Database;
  readonly sealer: Sealer;
  /** What the keychain remembers of the profile. */
  readonly head: Pick<JournalHead, 'bound' | 'rememberBound'>;
  /** Indexes words that are to be made anew. @returns whether there may be more */
  readonly words: () => boolean;
  /** All is bound now, something anew: what was read before does not open any more. */
  readonly done: () => void;
}

/**
 * Binds the sealed values of an older profile to their places, behind everything else. While it goes on values of the
 * former version open; when the keychain remembers that all are bound, never again: whoever can write the file cannot
 * write that.
 */
export class Binding {
  #abort: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: BindingParts) {}

  /** Begins, or begins again, where the keychain does not remember that all is bound. Call when the keychain is open. */
  begin(): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#running = this.#running.then(() => this.#work(abort.signal)).catch(() => undefined);
    return this.#running;
  }

  stop(): void {
    this.#abort?.abort();
  }

  /** Resolves when what was begun is over: done, or cut off. */
  finished(): Promise<void> {
    return this.#running;
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { database, sealer, head, words, done } = this.parts;
    const bound = await head.bound();
    if (signal.aborted || !sealer.ready) return;
    sealer.acceptFormer(bound === false);
    if (bound !== false) return;
    // What is overwritten is not to be read out of the file afterwards.
    database.exec('PRAGMA secure_delete = ON');
    const count = await bindToPlaces(database, sealer, { signal });
    while (words()) {
      await nextTurn();
      if (signal.aborted) return;
    }
    if (!(await head.rememberBound()) || signal.aborted) return;
    sealer.acceptFormer(false);
    if (count > 0) done();
  }
}
