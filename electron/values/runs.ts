import { z } from 'zod';
import { isProved, type ProvedRow, proofOf, provedRows } from '../apply/run-proof';
import { confirmedSchema, withoutSealed } from '../apply/run-store';
import { keptResultSchema } from '../journal/entries';
import type { Database } from '../storage/database';
import { inside, runPlace } from '../storage/place';
import { jsonObject, run } from '../storage/rows';
import type { Renewal } from './renew';

/** What was confirmed for the rows of runs, proved anew where it was proved; what they came to needs no secrets. */
export function* runsAnew(database: Database, renewal: Renewal): Iterable<() => number> {
  for (let last: ProvedRow | null = null; ; ) {
    const rows: ProvedRow[] = provedRows(database, last, 50);
    const end = rows.at(-1);
    if (!end) return;
    last = end;
    for (const row of rows) yield () => renewed(database, renewal, row);
  }
}

function renewed(database: Database, { sealer, concerns, renew }: Renewal, row: ProvedRow): number {
  const proved = isProved(sealer, row);
  const foreign = proved && !row.proof.startsWith(`${sealer.keyId}:`);
  const old = concerns(row.edits);
  const result = resultAnew(row);
  if (!old && !foreign && result === row.result) return 0;
  const edits = old ? editsAnew(row, renew) : row.edits;
  const proof = proved ? proofOf(sealer, { ...row, edits }) : row.proof;
  const sql = `UPDATE run_rows SET edits = ?, proof = ?, result = ?
    WHERE run_id = ? AND change_id = ? AND edits = ? AND result IS ?`;
  return run(database, sql, edits, proof, result, row.run_id, row.change_id, row.edits, row.result).changes;
}

function editsAnew(row: ProvedRow, renew: Renewal['renew']): string {
  const place = runPlace(row.run_id, row.change_id, row.connection_id, row.remote_id);
  const fields = z.array(confirmedSchema).parse(JSON.parse(row.edits));
  const anew = fields.map((kept) => {
    const side = (name: 'before' | 'after') => {
      const value = kept[name];
      return value === null || typeof value === 'string'
        ? value
        : { sealed: renew(value.sealed, inside(place, kept.field, name)) };
    };
    return { ...kept, before: side('before'), after: side('after') };
  });
  return JSON.stringify(anew);
}

function resultAnew({ result }: ProvedRow): string | null {
  const parsed = keptResultSchema.safeParse(result === null ? null : jsonObject(result));
  return parsed.success ? JSON.stringify(withoutSealed(parsed.data)) : result;
}
