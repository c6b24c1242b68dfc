import { z } from 'zod';
import { envelopeSchema, publicKeySchema } from '../lib/envelope';
import { authoritiesAddedSchema, authorityListSchema } from '../model/authority';
import {
  certificateSchema,
  connectionDraftSchema,
  connectionIdSchema,
  connectionSchema,
  credentialStatusSchema,
  fingerprintSchema,
  moveSchema,
  placeSchema,
  reachSchema,
  testSteps,
} from '../model/connection';
import { jobIdSchema } from '../model/job';
import { problemSchema } from '../model/problem';
import {
  directorySummarySchema,
  fieldNameSchema,
  lookupItemSchema,
  recordRowSchema,
  recordViewSchema,
} from '../model/record';
import { onConnection, onField, onRecord, onRecords } from './inputs';
import { nothing, request } from './request';

const testReportSchema = z.strictObject({
  ok: z.boolean(),
  problem: problemSchema.nullable(),
  /** What the server reported: account, whether a reseller, response time. */
  facts: z.array(
    z.strictObject({ name: z.enum(['account', 'reseller', 'milliseconds']), value: z.string() }),
  ),
  /** The steps shown to work; the others could not be tried without changing something on the server. */
  tested: z.array(z.enum(testSteps)),
  untested: z.array(z.enum(testSteps)),
  /** The server's certificate, where the system does not trust it. */
  certificate: certificateSchema.nullable(),
  /** The certificate that the user chose to trust, for comparison with the one shown. */
  trusted: certificateSchema.nullable(),
});

/** Requests about connections, their credentials, and their records. */
export const connecting = {
  connections: {
    list: request(nothing, z.array(connectionSchema)),
    reach: request(
      nothing,
      z.array(z.strictObject({ connectionId: connectionIdSchema, reach: reachSchema })),
    ),
    /** The address of this computer that the server sees, null where there is no way to it. */
    ownAddress: request(onConnection, z.string().nullable()),
    create: request(connectionDraftSchema, connectionSchema, { touches: ['connections', 'directory'] }),
    update: request(onConnection.extend({ draft: connectionDraftSchema }), connectionSchema, {
      touches: ['connections'],
    }),
    duplicate: request(onConnection.extend({ name: z.string().trim().min(1).max(80) }), connectionSchema, {
      touches: ['connections', 'directory'],
    }),
    removal: request(
      onConnection,
      z.strictObject({ changes: z.number().int(), records: z.number().int(), history: z.number().int() }),
    ),
    remove: request(onConnection, nothing, {
      touches: ['connections', 'directory', 'changes', 'workOrders', 'credentials', 'bulk'],
    }),
    /**
     * Tests the form's contents; parts that were not typed are taken from the keychain entry of the connection named.
     */
    test: request(
      z.strictObject({
        draft: connectionDraftSchema,
        connectionId: connectionIdSchema.nullable(),
        credentials: z.record(z.string(), envelopeSchema),
      }),
      testReportSchema,
    ),
    credentials: request(onConnection, z.array(credentialStatusSchema)),
    setCredential: request(
      onConnection.extend({ part: z.string().max(40), secret: envelopeSchema }),
      credentialStatusSchema,
      { touches: ['credentials'] },
    ),
    clearCredential: request(onConnection.extend({ part: z.string().max(40) }), credentialStatusSchema, {
      touches: ['credentials'],
    }),
  },
  credentials: {
    /** The move to confirm before kept credentials may go to a place; null where they are kept for that place. */
    moved: request(onConnection.extend({ to: placeSchema.nullable() }), moveSchema.nullable()),
    /** Confirms a move after the user has compared both places. Journalled. */
    confirmMove: request(onConnection.extend(moveSchema.shape), nothing, {
      touches: ['credentials', 'journal'],
    }),
  },
  /** CA certificates that the user added to those of the program. */
  authorities: {
    list: request(nothing, authorityListSchema),
    /** Asks for a file, and whether to trust each authority in it. Null: no file was chosen. */
    add: request(nothing, authoritiesAddedSchema.nullable(), {
      touches: ['credentials', 'journal'],
      cancelled: (added) => added === null,
    }),
    confirm: request(z.strictObject({ fingerprint: fingerprintSchema }), nothing, {
      touches: ['credentials', 'journal'],
    }),
    remove: request(z.strictObject({ fingerprint: fingerprintSchema }), nothing, {
      touches: ['credentials', 'journal'],
    }),
    /** Dismisses the notice of those that the database has lost. */
    forgetMissing: request(nothing, nothing),
  },
  directory: {
    summaries: request(nothing, z.array(directorySummarySchema)),
    /** Reads all records from the server. A job; cancelling leaves the directory as it was. */
    sync: request(onRecords.extend({ job: jobIdSchema.nullish() }), directorySummarySchema, {
      needsKeys: true,
      touches: ['directory', 'bulk'],
    }),
    page: request(
      onRecords.extend({
        text: z.string().max(200),
        sort: z.strictObject({ field: fieldNameSchema, descending: z.boolean() }).nullable(),
        onlyChanged: z.boolean(),
        onlySelected: z.boolean().default(false),
        columns: z.array(fieldNameSchema).max(100),
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(500),
      }),
      z.strictObject({ total: z.number().int(), rows: z.array(recordRowSchema) }),
    ),
    record: request(onRecord, recordViewSchema),
    distinct: request(
      onRecords.extend({ field: fieldNameSchema }),
      z.array(z.strictObject({ value: z.string(), count: z.number().int() })),
    ),
    lookup: request(onRecords.extend({ field: fieldNameSchema }), z.array(lookupItemSchema)),
    /** The only way to see a secret: journalled, and sealed to the window that asked. */
    reveal: request(
      onField.extend({ source: z.enum(['record', 'change']), to: publicKeySchema }),
      z.strictObject({ secret: envelopeSchema }),
      { touches: ['journal'], needsKeys: true },
    ),
    /** Puts a secret on the clipboard, which is cleared again later. Journalled. */
    copySecret: request(
      onField.extend({ source: z.enum(['record', 'change']) }),
      z.strictObject({ clearedAfterSeconds: z.number().int() }),
      { touches: ['journal'], needsKeys: true },
    ),
  },
} as const;
