import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../../sqlite';
import { outcomes, SideTables } from './side-tables';

const row = z.object({
  seq: z.number(),
  at: z.number(),
  type: z.enum(['intent', 'outcome', 'note']),
  intent_seq: z.number().nullable(),
  connection_id: z.string(),
  remote_id: z.string(),
  title: z.string(),
  work_order_id: z.string().nullable(),
  outcome: z.enum(outcomes).nullable(),
  body: z.string(),
});

type Json = z.infer<ReturnType<typeof z.json>>;

/**
 * Chains the entries that an older version wrote, moves their sealed values beside the journal and fills the side
 * tables. An entry that does not parse is chained as it is and not shown: evidence is not thrown away.
 */
export function chainEntries(database: Database): void {
  const tables = new SideTables(database);
  const next = database.prepare('SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT 500');
  const update = database.prepare('UPDATE journal SET body = ?, prev = ?, hash = ? WHERE seq = ?');
  const keep = database.prepare('INSERT INTO journal_secrets (seq, digest, sealed) VALUES (?, ?, ?)');
  let prev = '0'.repeat(64);
  let after = 0;
  for (;;) {
    const rows: unknown[] = next.all(after);
    if (rows.length === 0) break;
    for (const one of rows) {
      const found = row.parse(one);
      const { seq, at, type, title, outcome } = found;
      const sealed = new Map<string, string>();
      const parsed = objectIn(found.body);
      const body = parsed && withDigests(parsed, sealed);
      const text = body === null ? found.body : JSON.stringify(body);
      const { intent_seq: intentSeq, connection_id: connectionId, remote_id: remoteId } = found;
      const workOrderId = found.work_order_id;
      const link = [
        prev,
        seq,
        at,
        type,
        intentSeq,
        connectionId,
        remoteId,
        title,
        workOrderId,
        outcome,
        text,
      ];
      const hash = sha256(JSON.stringify(link));
      update.run(text, prev, hash, seq);
      for (const [digest, value] of sealed) keep.run(seq, digest, value);
      tables.add({ seq, at, type, intentSeq, connectionId, remoteId, title, workOrderId, outcome }, body);
      prev = hash;
      after = seq;
    }
  }
}

/** A body with digests in place of its sealed values, which stand alone in an object, under `sealed` or `$sealed`. */
function withDigests(value: Json, sealed: Map<string, string>): Json {
  if (Array.isArray(value)) return value.map((one) => withDigests(one, sealed));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [[key, text] = ['', null]] = entries;
  const alone = entries.length === 1 && (key === 'sealed' || key === '$sealed');
  if (!alone || typeof text !== 'string' || !text.startsWith('sealed1:'))
    return Object.fromEntries(entries.map(([name, one]) => [name, withDigests(one, sealed)]));
  const digest = `digest:${sha256(text)}`;
  sealed.set(digest, text);
  return { [key]: digest };
}

function objectIn(text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
