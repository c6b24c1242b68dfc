import { z } from 'zod';
import { kindSchema } from '../catalog';
import { connectionIdSchema } from './connection';
import { outcomeSchema, rowOutcomeSchema } from './plan';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from './record';

/** `write`: an intent with its outcome. `reveal`, `copy`: a technician asked to see, or copied, a secret. */
export const journalTypeSchema = z.enum(['write', 'reveal', 'copy']);

/** One entry of the history as the renderer may see it. */
export const journalItemSchema = z.strictObject({
  /** The sequence number of the intent (or of the single entry). */
  seq: z.number().int(),
  type: journalTypeSchema,
  /** Milliseconds since 1970, of the intent. */
  at: z.number().int(),
  endedAt: z.number().int().nullable(),
  connectionId: connectionIdSchema,
  connectionName: z.string(),
  site: z.string(),
  kind: kindSchema,
  remoteId: remoteIdSchema,
  title: z.string(),
  workOrder: z.string(),
  actor: z.string(),
  fields: z.array(
    z.strictObject({ field: fieldNameSchema, before: shownValueSchema, after: shownValueSchema }),
  ),
  /** Null for an intent that is in flight, and for entries that are not writes. */
  outcome: outcomeSchema.nullable(),
  result: rowOutcomeSchema.nullable(),
});
export type JournalItem = z.infer<typeof journalItemSchema>;

export const journalFilterSchema = z.strictObject({
  connectionId: connectionIdSchema.nullable(),
  remoteId: remoteIdSchema.nullable(),
  outcome: outcomeSchema.nullable(),
  /** Found in the record's title or id. */
  text: z.string().max(200),
});
export type JournalFilter = z.infer<typeof journalFilterSchema>;
