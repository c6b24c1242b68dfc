import { z } from 'zod';
import { collectionIdSchema, kindSchema } from '../catalog';
import { chainDoubtSchema } from './chain';
import { workOrderIdSchema } from './change';
import { connectionIdSchema, fingerprintSchema, moveSchema } from './connection';
import { outcomeSchema, rowOutcomeSchema } from './plan';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from './record';

/**
 * `write`: an intent with its outcome. `reveal`, `copy`: a technician asked to see, or copied, a secret.
 * `secrets-exported`: secrets were sealed into a work order's file. `secrets-to-sheet`: they were written to a
 * spreadsheet in clear. `restored`: from here on the database is a backup's. `history-accepted`: the user accepted it
 * although it could not be proved. `credential-moved`: the user let the kept credentials go to another address or
 * certificate. `authority-added`, `authority-removed`: the user trusts an authority's certificates from here on, or no
 * longer. `unreadable`: the entry's contents cannot be read.
 */
export const journalTypeSchema = z.enum([
  'write',
  'reveal',
  'copy',
  'secrets-exported',
  'secrets-to-sheet',
  'restored',
  'history-accepted',
  'credential-moved',
  'authority-added',
  'authority-removed',
  'unreadable',
]);

export const authorityNoteSchema = z.strictObject({ subject: z.string(), fingerprint: fingerprintSchema });

/** What is shown of an entry that concerns no single record. */
export const journalNoteSchema = z.discriminatedUnion('type', [
  /** How many secrets, of how many records of the connection, went into the file. */
  z.strictObject({
    type: z.enum(['secrets-exported', 'secrets-to-sheet']),
    secrets: z.number().int(),
    records: z.number().int(),
  }),
  /** When the backup was made (milliseconds since 1970), and the newest link of the history that was set aside. */
  z.strictObject({ type: z.literal('restored'), backupAt: z.number().int(), left: z.number().int() }),
  /** The newest number that was accepted, and what was in doubt. */
  z.strictObject({
    type: z.literal('history-accepted'),
    upTo: z.number().int(),
    doubts: z.array(chainDoubtSchema),
  }),
  z.strictObject({ type: z.literal('credential-moved'), ...moveSchema.shape }),
  z.strictObject({
    type: z.enum(['authority-added', 'authority-removed']),
    authority: authorityNoteSchema,
  }),
]);
export type JournalNote = z.infer<typeof journalNoteSchema>;

export const journalItemSchema = z.strictObject({
  /** The sequence number of the intent, or of the entry itself. */
  seq: z.number().int(),
  type: journalTypeSchema,
  at: z.number().int(),
  endedAt: z.number().int().nullable(),
  connectionId: connectionIdSchema,
  connectionName: z.string(),
  site: z.string(),
  /** Null for an entry about no server. */
  kind: kindSchema.nullable(),
  /** Null where `kind` is. */
  collection: collectionIdSchema.nullable(),
  /** Empty for an entry about no single record. */
  remoteId: z.union([remoteIdSchema, z.literal('')]),
  title: z.string(),
  /** Only for an entry about no single record. */
  note: journalNoteSchema.optional(),
  workOrder: z.string(),
  workOrderId: workOrderIdSchema.nullable(),
  /** The display name, or where none is set the account, at the machine. */
  actor: z.string(),
  /** The operating system's account and the machine, where `actor` is a chosen display name. */
  account: z.string().optional(),
  fields: z.array(
    z.strictObject({ field: fieldNameSchema, before: shownValueSchema, after: shownValueSchema }),
  ),
  /** Null for an intent in flight, and for entries other than writes. */
  outcome: outcomeSchema.nullable(),
  result: rowOutcomeSchema.nullable(),
});
export type JournalItem = z.infer<typeof journalItemSchema>;

/** Filters for the history, combined with AND; null or empty: no restriction. */
export const journalFilterSchema = z.strictObject({
  /** The token of the archive to search; null for the history itself. */
  archive: z.uuid().nullable(),
  site: z.string().max(80).nullable(),
  connectionId: connectionIdSchema.nullable(),
  /** The collection that `remoteId` is of; any where left out. */
  of: z.strictObject({ kind: kindSchema, collection: collectionIdSchema }).optional(),
  remoteId: remoteIdSchema.nullable(),
  field: fieldNameSchema.nullable(),
  outcome: outcomeSchema.nullable(),
  workOrderId: workOrderIdSchema.nullable(),
  /** Milliseconds since 1970; `from` is inclusive, `to` exclusive. */
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
  /** Searched in names, numbers, values that are not secret, and the server's messages. */
  text: z.string().max(200),
});
export type JournalFilter = z.infer<typeof journalFilterSchema>;

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

/** A record at a moment of its history, and its differences from another moment. */
export const momentsSchema = z.strictObject({
  differences: z.array(
    z.strictObject({
      field: fieldNameSchema,
      before: shownValueSchema,
      after: shownValueSchema,
      /** False where a secret does not open or the server masks it: whether it differs is unknown. */
      comparable: z.boolean(),
    }),
  ),
});

export type Moments = z.infer<typeof momentsSchema>;
