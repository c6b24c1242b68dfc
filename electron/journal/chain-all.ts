import { z } from 'zod';
import { outcomeSchema } from '../../shared/model/plan';
import type { Database } from '../storage/database';
import { jsonObject } from '../storage/rows';
import { linkOf, noHash } from './chain';
import { intentSchema, noteSchema, outcomeEntrySchema } from './entries';
import { HistoryIndex } from './history-index';
import { takeSealed } from './sealed-apart';

const row = z.object({
  seq: z.number(),
  at: z.number(),
  type: z.enum(['intent', 'outcome', 'note']),
  intent_seq: z.number().nullable(),
  connection_id: z.string(),
  remote_id: z.string(),
  title: z.string(),
  work_order_id: z.string().nullable(),
  outcome: outcomeSchema.nullable(),
  body: z.string(),
});

/**
 * Chains the entries that an older version wrote, moves their sealed values beside the journal and fills the side
 * tables. Part of migration 3, so it runs once, in its transaction. An entry that does not parse is chained as it is
 * and not shown: evidence is not thrown away.
 */
export function chainAll(database: Database): void {
  const index = new HistoryIndex(database);
  const next = database.prepare('SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT 500');
  const update = database.prepare('UPDATE journal SET body = ?, prev = ?, hash = ? WHERE seq = ?');
  const keep = database.prepare('INSERT INTO journal_secrets (seq, digest, sealed) VALUES (?, ?, ?)');
  let prev = noHash;
  let after = 0;
  for (;;) {
    const rows: unknown[] = next.all(after);
    if (rows.length === 0) break;
    for (const one of rows) {
      const found = row.parse(one);
      const parsed = jsonObject(found.body);
      const { body, sealed } = parsed
        ? takeSealed(parsed)
        : { body: null, sealed: new Map<string, string>() };
      const text = body === null ? found.body : JSON.stringify(body);
      const hash = linkOf(prev, {
        seq: found.seq,
        at: found.at,
        type: found.type,
        intentSeq: found.intent_seq,
        connectionId: found.connection_id,
        remoteId: found.remote_id,
        title: found.title,
        workOrderId: found.work_order_id,
        outcome: found.outcome,
        body: text,
      });
      update.run(text, prev, hash, found.seq);
      for (const [digest, value] of sealed) keep.run(found.seq, digest, value);
      fill(index, found, body);
      prev = hash;
      after = found.seq;
    }
  }
  while (index.catchUp(1_000) > 0);
}

function fill(index: HistoryIndex, found: z.infer<typeof row>, body: unknown): void {
  const { seq, at, outcome, intent_seq: intentSeq } = found;
  const entry = {
    seq,
    at,
    outcome,
    connectionId: found.connection_id,
    remoteId: found.remote_id,
    title: found.title,
    workOrderId: found.work_order_id,
  };
  if (found.type === 'outcome') {
    const ended = outcomeEntrySchema.safeParse(body);
    if (ended.success && intentSeq !== null && outcome) index.ended(intentSeq, outcome, ended.data);
    return;
  }
  const said = found.type === 'intent' ? intentSchema.safeParse(body) : noteSchema.safeParse(body);
  if (said.success) index.add(entry, said.data);
}
