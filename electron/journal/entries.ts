import { z } from 'zod';
import { collectionIdSchema, firstCollection, kindSchema, type OfCollection } from '../../shared/catalog';
import { chainDoubtSchema } from '../../shared/model/chain';
import { moveSchema } from '../../shared/model/connection';
import { authorityNoteSchema } from '../../shared/model/journal';
import { jsonObjectSchema } from '../../shared/model/json';
import { problemSchema } from '../../shared/model/problem';
import { fieldNameSchema } from '../../shared/model/record';

/*
 * What stands in the journal's `body` column, one schema a type, parsed on write and on read. Entries are never
 * rewritten, so a later version adds optional fields and never changes these.
 */

/** A value as the journal keeps it: text, nothing, or sealed text. */
export const keptValueSchema = z.union([z.string(), z.null(), z.strictObject({ sealed: z.string() })]);
export type KeptValue = z.infer<typeof keptValueSchema>;

/** Whose doing an entry is. */
export const whoSchema = z.strictObject({
  /** The operating system's account, and the machine's name. */
  account: z.string(),
  machine: z.string(),
  /** As the person set it; empty where he set none. */
  displayName: z.string(),
});
export type Who = z.infer<typeof whoSchema>;

const subject = {
  connectionName: z.string(),
  site: z.string(),
  kind: kindSchema,
  /** Left out: the kind's first, the only one of older versions. */
  collection: collectionIdSchema.optional(),
  /** Name and number of the work order. */
  workOrder: z.string(),
  /** Operating system account and machine. */
  actor: z.string(),
  /** The same in its parts; entries of older versions have none. Given by the journal itself. */
  who: whoSchema.optional(),
};

/** How an entry names the collection that it is about. */
export function namedCollection({
  kind,
  collection,
}: OfCollection): Partial<Pick<OfCollection, 'collection'>> {
  return collection === firstCollection(kind) ? {} : { collection };
}

export const keptFieldSchema = z.strictObject({
  field: fieldNameSchema,
  before: keptValueSchema,
  after: keptValueSchema,
});
export type KeptField = z.infer<typeof keptFieldSchema>;

/** Written, and durable, before a write leaves. */
export const intentSchema = z.strictObject({
  ...subject,
  runId: z.uuid(),
  changeId: z.string(),
  /** The fields asked for: as just read, and as sent. */
  fields: z.array(keptFieldSchema),
  /** The whole record as just read, secrets sealed: what a revert goes back to. */
  before: jsonObjectSchema,
});
export type Intent = z.infer<typeof intentSchema>;

export const keptResultSchema = z.strictObject({
  problem: problemSchema.nullable(),
  notStored: z.array(keptFieldSchema),
  sideEffects: z.array(keptFieldSchema),
  unverifiable: z.array(fieldNameSchema),
});
export type KeptResult = z.infer<typeof keptResultSchema>;

/** What a list shows of an intent. The whole record is left unread: a page of them would take tens of milliseconds. */
export const listedIntentSchema = z.object({ ...subject, fields: z.array(keptFieldSchema) });

/** Written when an intent's fate is known, or known not to be knowable now. */
export const outcomeEntrySchema = z.strictObject({
  result: keptResultSchema,
  /** The whole record as read back, secrets sealed; null where it could not be read. */
  after: jsonObjectSchema.nullable(),
  /** Why this outcome stands here: the run itself, the next start after a crash, or a later reading. */
  by: z.enum(['run', 'start', 'resolve']),
});
export type OutcomeEntry = z.infer<typeof outcomeEntrySchema>;

/** What a list shows of an outcome. */
export const listedOutcomeSchema = z.object({ result: keptResultSchema });

/** Something that is no write: a secret shown or copied, or a row that was skipped or cancelled before any write. */
export const noteSchema = z.discriminatedUnion('note', [
  z.strictObject({ ...subject, note: z.literal('reveal'), field: fieldNameSchema }),
  z.strictObject({ ...subject, note: z.literal('copy'), field: fieldNameSchema }),
  z.strictObject({
    ...subject,
    note: z.literal('not-written'),
    fields: z.array(keptFieldSchema),
    problem: problemSchema,
  }),
  /** Secrets of one connection went, sealed under a passphrase, into the file of a work order. */
  z.strictObject({
    ...subject,
    note: z.literal('secrets-exported'),
    secrets: z.number().int(),
    records: z.number().int(),
  }),
  /**
   * From here on the history is a backup's. About no server. `left`: the newest link of the history that was set aside,
   * `token`: what the keychain knows this restore by.
   */
  z.strictObject({
    ...subject,
    kind: z.null(),
    collection: z.undefined().optional(),
    note: z.literal('restored'),
    token: z.uuid(),
    backupAt: z.number().int(),
    left: z.strictObject({ seq: z.number().int(), hash: z.string() }),
  }),
  /** A person accepted the history up to a link, although it could not be proved. About no server. */
  z.strictObject({
    ...subject,
    kind: z.null(),
    collection: z.undefined().optional(),
    note: z.literal('history-accepted'),
    upTo: z.strictObject({ seq: z.number().int(), hash: z.string() }),
    doubts: z.array(chainDoubtSchema),
  }),
  /** A person let the kept credentials of one connection go to another place. */
  z.strictObject({ ...subject, note: z.literal('credential-moved'), ...moveSchema.shape }),
  /** A person trusts an authority from here on, or no more. About no server. */
  z.strictObject({
    ...subject,
    kind: z.null(),
    collection: z.undefined().optional(),
    note: z.enum(['authority-added', 'authority-removed']),
    authority: authorityNoteSchema,
  }),
  /** Secrets of one connection left in clear in a spreadsheet; in the columns of these fields. */
  z.strictObject({
    ...subject,
    note: z.literal('secrets-to-sheet'),
    columns: z.array(fieldNameSchema),
    secrets: z.number().int(),
    records: z.number().int(),
  }),
]);
export type Note = z.infer<typeof noteSchema>;

/** What an intent or a note says; null where it does not parse: such an entry is chained, and listed nowhere. */
export function saidIn(type: string, body: unknown): Intent | Note | null {
  return (type === 'intent' ? intentSchema : noteSchema).safeParse(body).data ?? null;
}

/** The fields that an entry is about. */
export function fieldsOf(entry: Pick<Intent, 'fields'> | Note): string[] {
  if ('fields' in entry) return entry.fields.map(({ field }) => field);
  if ('columns' in entry) return entry.columns;
  return 'field' in entry ? [entry.field] : [];
}
