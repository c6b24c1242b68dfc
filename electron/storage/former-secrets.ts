import { type Database, inTransaction } from './database';
import { run } from './rows';
import { sealedGlob } from './sealing';

/*
 * Former secrets outside the journal. A step keeps each field's value before it, a run the values confirmed for each
 * row. Neither is needed once they are applied, and both would be kept forever.
 */

// A step's row whose edit has changed since (applied, typed over, removed) cannot be undone. It stays, counts as left
// in an undo, and matches no edit from then on.
const steps = `UPDATE bulk_step_fields SET was_base = NULL, was_next = NULL, is_edited = 1, base = NULL, next = NULL
  WHERE step_id IN (SELECT id FROM bulk_steps WHERE coalesce(lived, at) < ?1 AND state = 'prepared')
    AND (was_base GLOB ?2 OR was_next GLOB ?2 OR base GLOB ?2 OR next GLOB ?2)
    AND NOT EXISTS (SELECT 1 FROM change_fields f
      WHERE f.change_id = bulk_step_fields.change_id AND f.field = bulk_step_fields.field
        AND f.base IS bulk_step_fields.base AND f.next IS bulk_step_fields.next)`;

// Confirmed values are only read to write them; an ended run writes nothing more.
const runs = `UPDATE run_rows SET edits = '[]'
  WHERE run_id IN (SELECT id FROM runs WHERE ended_at IS NOT NULL AND coalesce(lived, ended_at) < ?1) AND edits GLOB ?2`;

/**
 * Forgets the former secrets that steps and runs older than a moment keep sealed. What is still prepared stays.
 * @param before a moment of lived time, never of the wall clock alone
 * @returns how many values were cleared
 */
export function forgetFormer(database: Database, before: number): number {
  return inTransaction(
    database,
    () =>
      run(database, steps, before, sealedGlob).changes +
      run(database, runs, before, `*${sealedGlob}`).changes,
  );
}
