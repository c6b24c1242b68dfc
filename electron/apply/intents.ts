import type { JsonObject } from '../../shared/model/json';
import type { Problem } from '../../shared/model/problem';
import type { Driver } from '../drivers/driver';
import { problemOf } from '../storage/problems';
import type { EngineRow, PreparedWrite, RowWriter } from './row-writer';

/** A row whose intent is on the disk: it may leave now. */
interface Begun {
  readonly write: PreparedWrite;
  readonly seq: number;
}

interface IntentsParts {
  readonly writer: RowWriter;
  /** Whether a row may begin now. */
  readonly open: () => boolean;
  /** A row that is not written, and why. */
  readonly skip: (row: EngineRow, live: JsonObject | null, why: Problem) => void;
  readonly halt: (why: Problem) => void;
}

interface Asked {
  readonly row: EngineRow;
  readonly live: JsonObject | null;
  readonly driver: Driver;
  readonly settle: (begun: Begun | 'again' | null) => void;
}

/**
 * Journals the intents of rows that are about to leave at the same moment in one transaction: they wait for the disk
 * once. Rows gather while the process does something else, waiting for the disk above all, so a slow disk makes the
 * groups larger. Each intent is on the disk before its own write leaves (invariant 2).
 */
export class Intents {
  #asked: Asked[] = [];

  constructor(private readonly parts: IntentsParts) {}

  /**
   * Compares a row with the record as just read, and journals its intent. Never rejects.
   * @returns the row, which may leave; null if it is not to be written; `again` if it must wait
   */
  begin(row: EngineRow, live: JsonObject | null, driver: Driver): Promise<Begun | 'again' | null> {
    return new Promise((settle) => {
      // After the answers that have come by now are handled: their workers' next rows go with this one.
      if (this.#asked.length === 0) setImmediate(() => this.#journal(this.#asked.splice(0)));
      this.#asked.push({ row, live, driver, settle });
    });
  }

  #journal(asked: readonly Asked[]): void {
    const ready = asked.flatMap((one) => this.#prepared(one) ?? []);
    let seqs: readonly number[];
    try {
      seqs = this.parts.writer.intents(ready.map(({ write }) => write));
    } catch {
      // One row's fault must not hold the others back, nor be taken for theirs.
      for (const { one, write } of ready) this.#journalOne(one, write);
      return;
    }
    ready.forEach(({ one, write }, at) => {
      const seq = seqs[at];
      one.settle(seq === undefined ? 'again' : { write, seq });
    });
  }

  #journalOne({ settle }: Asked, write: PreparedWrite): void {
    try {
      settle(this.parts.open() ? { write, seq: this.parts.writer.intent(write) } : 'again');
    } catch (error) {
      this.#refused(settle, error);
    }
  }

  /** Prepares a row's write; settles a row that is not to be written, or not now. */
  #prepared(one: Asked): { readonly one: Asked; readonly write: PreparedWrite } | null {
    const { row, live, driver, settle } = one;
    try {
      if (!this.parts.open()) {
        settle('again');
        return null;
      }
      const prepared = this.parts.writer.prepare(row, driver, live);
      if (!('skip' in prepared)) return { one, write: prepared };
      this.parts.skip(row, live, prepared.skip);
      settle(null);
    } catch (error) {
      this.#refused(settle, error);
    }
    return null;
  }

  /** The intent did not reach the disk: nothing is sent, the row waits. */
  #refused(settle: Asked['settle'], error: unknown): void {
    this.parts.halt(problemOf(error));
    settle('again');
  }
}
