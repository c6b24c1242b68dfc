import { z } from 'zod';
import { kindSchema } from '../catalog';
import { workOrderIdSchema } from './change';
import { connectionIdSchema } from './connection';
import { outcomeSchema, rowOutcomeSchema } from './plan';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from './record';

/**
 * `write`: an intent with its outcome. `reveal`, `copy`: a technician asked to see, or copied, a secret.
 * `secrets-to-sheet`: secrets of a connection were written to a spreadsheet in clear.
 */
export const journalTypeSchema = z.enum(['write', 'reveal', 'copy', 'secrets-to-sheet']);

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
  /** Empty for an entry that is about no single record. */
  remoteId: z.union([remoteIdSchema, z.literal('')]),
  title: z.string(),
  workOrder: z.string(),
  /** The work order's id; null where the entry belongs to none. */
  workOrderId: workOrderIdSchema.nullable(),
  /** The display name, or the account where none was set, at the machine. */
  actor: z.string(),
  fields: z.array(
    z.strictObject({ field: fieldNameSchema, before: shownValueSchema, after: shownValueSchema }),
  ),
  /** Null for an intent that is in flight, and for entries that are not writes. */
  outcome: outcomeSchema.nullable(),
  result: rowOutcomeSchema.nullable(),
});
export type JournalItem = z.infer<typeof journalItemSchema>;

/** What narrows the history; every part combines with every other, null or empty where it narrows nothing. */
export const journalFilterSchema = z.strictObject({
  site: z.string().max(80).nullable(),
  connectionId: connectionIdSchema.nullable(),
  remoteId: remoteIdSchema.nullable(),
  field: fieldNameSchema.nullable(),
  outcome: outcomeSchema.nullable(),
  workOrderId: workOrderIdSchema.nullable(),
  /** Milliseconds since 1970; `from` is inside the span, `to` is not. */
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
  /** Found in names, numbers, values that are no secrets, and what the server said. */
  text: z.string().max(200),
});
export type JournalFilter = z.infer<typeof journalFilterSchema>;

/** A filter that narrows nothing. */
export const everything: JournalFilter = {
  site: null,
  connectionId: null,
  remoteId: null,
  field: null,
  outcome: null,
  workOrderId: null,
  from: null,
  to: null,
  text: '',
};

/** What became of asking to take entries back: changes are prepared, nothing is written. */
export const revertReportSchema = z.strictObject({
  /** How many records have a change prepared now, and how many fields in all. */
  changes: z.number().int(),
  fields: z.number().int(),
  /** What cannot be taken back, and why: `unreadable` (the kept value is forgotten or sealed with a lost key). */
  left: z.array(
    z.strictObject({
      title: z.string(),
      field: fieldNameSchema,
      why: z.enum([
        'never-readable',
        'unreadable',
        'read-only',
        'connection-gone',
        'record-gone',
        'not-written',
      ]),
    }),
  ),
});
export type RevertReport = z.infer<typeof revertReportSchema>;

/** A record as it was at a moment of its history, and the differences to another moment. */
export const momentsSchema = z.strictObject({
  differences: z.array(
    z.strictObject({ field: fieldNameSchema, before: shownValueSchema, after: shownValueSchema }),
  ),
});

export type Moments = z.infer<typeof momentsSchema>;

/** What a check of the chain found. */
export const chainReportSchema = z.strictObject({
  ok: z.boolean(),
  checked: z.number().int(),
  /** The first entry whose link is broken. */
  brokenAt: z.number().int().nullable(),
  /** Whether the newest entry is the one that the keychain remembers; `unknown` where it remembers none or is closed. */
  tail: z.enum(['whole', 'cut', 'unknown']),
});
export type ChainReport = z.infer<typeof chainReportSchema>;

export const backupSchema = z.strictObject({
  /** The file's name in the profile's backup folder. */
  name: z.string().max(200),
  at: z.number().int(),
  bytes: z.number().int(),
  reason: z.enum(['daily', 'migration', 'hand']),
});
export type Backup = z.infer<typeof backupSchema>;

/** How long and how much is kept. */
export const keepingSchema = z.strictObject({
  /** Backups kept; older ones are removed. */
  backups: z.number().int().min(1).max(60),
  /** Days after which the journal forgets the sealed former values of secrets; null for never. */
  forgetSecretsAfterDays: z.number().int().min(1).max(3_650).nullable(),
  /** The name that stands on entries beside the account's. */
  displayName: z.string().trim().max(80),
});
export type Keeping = z.infer<typeof keepingSchema>;
