import { z } from 'zod';
import type { Database } from '../storage/database';
import { all } from '../storage/rows';
import type { Sealer } from '../storage/sealing';

const rowSchema = z.object({
  run_id: z.string(),
  work_order_id: z.string(),
  change_id: z.string(),
  ordinal: z.number(),
  connection_id: z.string(),
  collection: z.string(),
  remote_id: z.string(),
  title: z.string(),
  edits: z.string(),
  result: z.string().nullable(),
  proof: z.string(),
});
export type ProvedRow = z.infer<typeof rowSchema>;
type Confirmed = Omit<ProvedRow, 'proof' | 'result'>;

const select = `SELECT r.run_id, u.work_order_id, r.change_id, r.ordinal, r.connection_id, r.collection, r.remote_id, r.title,
    r.edits, r.result, r.proof
  FROM run_rows r JOIN runs u ON u.id = r.run_id`;

/*
 * Proves what was confirmed for a row, by a keyed hash: an interrupted run is written later from the file alone, and
 * whoever can write the file must not choose what that is.
 */

/** The proof of what was confirmed; empty while there is no key. */
export function proofOf(sealer: Sealer, row: Confirmed): string {
  return sealer.ready ? sealer.sign(use, confirmed(row)) : '';
}

/**
 * Finds waiting rows that are not as confirmed, or were sent already: the file was altered, or there was no key when
 * they were confirmed.
 */
export function unproved(database: Database, sealer: Sealer, runId: string): ReadonlySet<string> {
  const rows = all(database, rowSchema, `${select} WHERE r.run_id = ? AND r.state = 'waiting'`, runId);
  const wrong = rows.filter((row) => !isProved(sealer, row) || wasSent(database, row));
  return new Set(wrong.map((row) => row.change_id));
}

/** Returns a few rows of all runs, after a given one. */
export function provedRows(database: Database, behind: ProvedRow | null, limit: number): ProvedRow[] {
  const sql = `${select} WHERE (r.run_id, r.change_id) > (?, ?) ORDER BY r.run_id, r.change_id LIMIT ?`;
  return all(database, rowSchema, sql, behind?.run_id ?? '', behind?.change_id ?? '', limit);
}

/** Whether a row matches its proof. */
export function isProved(sealer: Sealer, row: ProvedRow): boolean {
  return sealer.isSigned(use, confirmed(row), row.proof);
}

const use = 'confirmed row';
const sent = z.object({ n: z.number() });

function confirmed(row: Confirmed): string {
  const { run_id, work_order_id, change_id, ordinal, connection_id, collection, remote_id, title, edits } =
    row;
  const all = [run_id, work_order_id, change_id, ordinal, connection_id, remote_id, title, edits];
  // Of the kind's first collection as before there were several, so that what was confirmed then stays proved.
  return JSON.stringify(collection === '' ? all : [...all, collection]);
}

/**
 * A row with an intent in the journal was sent, whatever its state says: no write is repeated automatically. A row
 * whose every attempt was refused may wait to be sent again (decision 023).
 */
function wasSent(database: Database, row: ProvedRow): boolean {
  const sql = `SELECT count(*) AS n FROM journal i WHERE i.type = 'intent' AND i.connection_id = ? AND i.remote_id = ?
    AND ifnull(json_extract(i.body, '$.collection'), '') = ? AND json_extract(i.body, '$.runId') = ? AND json_extract(i.body, '$.changeId') = ?
    AND NOT EXISTS (SELECT 1 FROM journal o
      WHERE o.type = 'outcome' AND o.intent_seq = i.seq AND o.outcome = 'rejected')`;
  const { connection_id, remote_id, collection, run_id, change_id } = row;
  const rows = all(database, sent, sql, connection_id, remote_id, collection, run_id, change_id);
  return (rows[0]?.n ?? 0) > 0;
}
