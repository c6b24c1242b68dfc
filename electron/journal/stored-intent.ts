import { z } from 'zod';
import type { Database } from '../storage/database';
import { type Intent, intentSchema } from './entries';
import { withSealed } from './sealed-values';

/** The columns that an intent is read from. */
export const intentRow = z.object({
  seq: z.number(),
  connection_id: z.string(),
  remote_id: z.string(),
  title: z.string(),
  work_order_id: z.string().nullable(),
  body: z.string(),
});

/** An intent as it stands in the journal, its sealed values put back. */
export interface StoredIntent {
  readonly seq: number;
  readonly connectionId: string;
  readonly remoteId: string;
  readonly title: string;
  readonly workOrderId: string | null;
  readonly intent: Intent;
}

/** An intent from its row. */
export function toIntent(database: Database, row: z.infer<typeof intentRow>): StoredIntent {
  const {
    seq,
    connection_id: connectionId,
    remote_id: remoteId,
    title,
    work_order_id: workOrderId,
    body,
  } = row;
  const intent = intentSchema.parse(withSealed(database, { seq, connectionId, remoteId, body }));
  return { seq, connectionId, remoteId, title, workOrderId, intent };
}
