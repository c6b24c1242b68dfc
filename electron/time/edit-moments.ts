import { z } from 'zod';
import type { Database } from '../storage/database';
import { one } from '../storage/rows';

const count = z.object({ n: z.number().nullable() });
const kept = 1_000;

/**
 * Moments that edits are compared with: when a plan or a preview was made, or a run ended. Each stands for the number of
 * edits there had been, so that the order holds whatever the clock does.
 */
export class EditMoments {
  readonly #edits = new Map<number, number>();

  constructor(private readonly database: Database) {}

  /** How many edits there have been. */
  edits(): number {
    return one(this.database, count, 'SELECT n FROM edits')?.n ?? 0;
  }

  /** A moment that stands for a number of edits: now, or what `edits` said before. No two are the same. */
  take(edits = this.edits()): number {
    let moment = Date.now();
    while (this.#edits.has(moment)) moment += 1;
    this.#edits.set(moment, edits);
    for (const old of [...this.#edits.keys()].slice(0, -kept)) this.#edits.delete(old);
    return moment;
  }

  /** How many edits there had been at a moment; null where it is none that was taken, and no run's end. */
  at(moment: number): number | null {
    const known = this.#edits.get(moment);
    if (known !== undefined) return known;
    return (
      one(this.database, count, 'SELECT max(edits) AS n FROM runs WHERE ended_at = ?', moment)?.n ?? null
    );
  }
}
