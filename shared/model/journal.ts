import { z } from 'zod';
import { kindSchema } from '../catalog';
import { workOrderIdSchema } from './change';
import { connectionIdSchema } from './connection';
import { outcomeSchema, rowOutcomeSchema } from './plan';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from './record';

/**
 * `write`: an intent with its outcome. `reveal`, `copy`: a technician asked to see, or copied, a secret.
 * `secrets-exported`: secrets were sealed into a work order's file. `secrets-to-sheet`: they were written to a spreadsheet
 * in clear. `restored`: the database is a backup's from here on.
 */
export const journalTypeSchema = z.enum([
  'write',
  'reveal',
  'copy',
  'secrets-exported',
  'secrets-to-sheet',
  'restored',
]);

/** What is told of an entry that is about no single record. */
export const journalNoteSchema = z.discriminatedUnion('type', [
  /** How many secrets, of how many records of the connection, went into the file. */
  z.strictObject({
    type: z.enum(['secrets-exported', 'secrets-to-sheet']),
    secrets: z.number().int(),
    records: z.number().int(),
  }),
  /** When the backup was made (milliseconds since 1970), and the newest link of the history that was set aside. */
  z.strictObject({ type: z.literal('restored'), backupAt: z.number().int(), left: z.number().int() }),
]);
export type JournalNote = z.infer<typeof journalNoteSchema>;

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
  /** Null for an entry that is about no server. */
  kind: kindSchema.nullable(),
  /** Empty for an entry that is about no single record. */
  remoteId: z.union([remoteIdSchema, z.literal('')]),
  title: z.string(),
  /** Only of an entry that is about no single record. */
  note: journalNoteSchema.optional(),
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
  /** The token of the archive that is looked into; null for the history itself. */
  archive: z.uuid().nullable(),
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
  archive: null,
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
  /** What cannot be taken back, and why. */
  left: z.array(
    z.discriminatedUnion('what', [
      /** `unreadable`: the kept value is forgotten, or sealed with a lost key. */
      z.strictObject({
        what: z.literal('field'),
        title: z.string(),
        field: fieldNameSchema,
        why: z.enum(['never-readable', 'unreadable', 'read-only', 'not-written', 'not-settable']),
      }),
      /** `not-read-back`: what the record was after the entry could not be read then. */
      z.strictObject({
        what: z.literal('record'),
        title: z.string(),
        why: z.enum(['connection-gone', 'record-gone', 'not-written', 'not-read-back']),
      }),
    ]),
  ),
});
export type RevertReport = z.infer<typeof revertReportSchema>;

/** A record as it was at a moment of its history, and the differences to another moment. */
export const momentsSchema = z.strictObject({
  differences: z.array(
    z.strictObject({
      field: fieldNameSchema,
      before: shownValueSchema,
      after: shownValueSchema,
      /** False where a secret does not open, or the server shows it masked: nobody can say whether it differs. */
      comparable: z.boolean(),
    }),
  ),
});

export type Moments = z.infer<typeof momentsSchema>;

/** Going back to a backup, as the keychain remembers it. */
export const chainRestoreSchema = z.strictObject({
  /** Milliseconds since 1970: when it was restored, and when the backup was made. */
  at: z.number().int(),
  backupAt: z.number().int(),
  /** How many links the keychain knew of that the backup does not have. */
  missing: z.number().int(),
  /** The database that was set aside had its own end cut off before. */
  cutBefore: z.boolean(),
  /** The history that was set aside went on from the backup's end, link by link: the backup is a beginning of it. */
  proven: z.boolean(),
});
export type ChainRestore = z.infer<typeof chainRestoreSchema>;

/** What a check of the chain found. */
export const chainReportSchema = z.strictObject({
  ok: z.boolean(),
  checked: z.number().int(),
  /** The first entry whose link is broken. */
  brokenAt: z.number().int().nullable(),
  /**
   * Whether the newest link that the keychain remembers is there; `unknown` where it remembers none or is closed.
   * `archive`: it is an archive's, of which the keychain knows nothing. `restored`: it is, and the keychain also remembers that a backup was restored, without which later links went.
   */
  tail: z.enum(['whole', 'restored', 'cut', 'unknown', 'archive']),
  /** What the keychain remembers of the last restore that left links behind. */
  restore: chainRestoreSchema.nullable(),
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
  /** Megabytes (10⁶ bytes) on the disk above which a person is told that the database is large; null for never. */
  warnAboveMegabytes: z.number().int().min(10).max(1_000_000).nullable(),
});
export type Keeping = z.infer<typeof keepingSchema>;

/** How much of the disk the database takes. Bytes. */
export const databaseSizeSchema = z.strictObject({
  /** The file with its side files. */
  whole: z.number().int(),
  /** Of it, what the history with all that it is searched by takes. */
  history: z.number().int(),
  /** Of it, room that is free and will be used again. */
  free: z.number().int(),
  /** Entries of the history. */
  entries: z.number().int(),
});
export type DatabaseSize = z.infer<typeof databaseSizeSchema>;

/** What became of asking for an archive. */
export const archivedSchema = z.discriminatedUnion('result', [
  /** No entry is that old. Nobody was asked for a file. */
  z.strictObject({ result: z.literal('none-that-old') }),
  /** There are, but the oldest of them is a write whose outcome is still open. Nobody was asked for a file. */
  z.strictObject({ result: z.literal('held-back') }),
  /** The person chose no file. */
  z.strictObject({ result: z.literal('no-file') }),
  /** The person stopped it before anything was taken out. */
  z.strictObject({ result: z.literal('stopped') }),
  /** `room`: what became of the room on the disk: given back now, or at the next start. */
  z.strictObject({
    result: z.literal('archived'),
    saved: z.string(),
    entries: z.number().int(),
    room: z.enum(['given-back', 'at-next-start']),
  }),
]);
export type Archived = z.infer<typeof archivedSchema>;

/** An archive that is open for reading. */
export const openArchiveSchema = z.strictObject({
  token: z.uuid(),
  /** The file's name. */
  name: z.string(),
  entries: z.number().int(),
});
export type OpenArchive = z.infer<typeof openArchiveSchema>;
