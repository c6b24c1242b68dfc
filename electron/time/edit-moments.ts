import { z } from 'zod';
import type { Database } from '../storage/database';
import { one } from '../storage/rows';

const count = z.object({ n: z.number().nullable() });
const kept = 1_000;

/**
 * Moments that edits are compared with: when a plan or preview was made, or a run ended. Each stands for the number of
 * edits until then, so that the order does not depend on the clock.
 */
export class EditMoments {
  readonly #edits = new Map<number, number>();

  constructor(private readonly database: Database) {}

  /** Returns the number of edits so far. */
  edits(): number {
    return one(this.database, count, 'SELECT n FROM edits')?.n ?? 0;
  }

  /** Returns a unique moment for a number of edits: now, or an earlier result of `edits`. */
  take(edits = this.edits()): number {
    let moment = Date.now();
    while (this.#edits.has(moment)) moment += 1;
    this.#edits.set(moment, edits);
    for (const old of [...this.#edits.keys()].slice(0, -kept)) this.#edits.delete(old);
    return moment;
  }

  /** Returns the number of edits at a moment; null if it was neither taken here nor a run's end. */
  at(moment: number): number | null {
    const known = this.#edits.get(moment);
    if (known !== undefined) return known;
    return (
      one(this.database, count, 'SELECT max(edits) AS n FROM runs WHERE ended_at = ?', moment)?.n ?? null
    );
  }
}
