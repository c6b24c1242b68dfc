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
import { onConnection, onField, onRecord } from './inputs';
import { nothing, request } from './request';

const testReportSchema = z.strictObject({
  ok: z.boolean(),
  problem: problemSchema.nullable(),
  /** What the server said of itself: account, whether a reseller, how long it took. */
  facts: z.array(
    z.strictObject({ name: z.enum(['account', 'reseller', 'milliseconds']), value: z.string() }),
  ),
  /** What the test has shown to work, and what it could not try without changing something on the server. */
  tested: z.array(z.enum(testSteps)),
  untested: z.array(z.enum(testSteps)),
  /** The certificate shown, where it is not one that the system trusts. */
  certificate: certificateSchema.nullable(),
  /** What is known of the certificate that was chosen, to be put beside the one shown. */
  trusted: certificateSchema.nullable(),
});

/** Requests about connections, what lets them in, and the records that they have. */
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
    /** Tests what stands in the form; parts that were not typed come from the keychain of the connection named. */
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
    /** The move that has to be confirmed before kept credentials go to a place; null where they are kept for it. */
    moved: request(onConnection.extend({ to: placeSchema.nullable() }), moveSchema.nullable()),
    /** A person has seen both places, old beside new. Journalled. */
    confirmMove: request(onConnection.extend(moveSchema.shape), nothing, {
      touches: ['credentials', 'journal'],
    }),
  },
  /** Certificates of authorities that a person added to those that come with the program. */
  authorities: {
    list: request(nothing, authorityListSchema),
    /** Asks which file, and for each authority in it whether it is to be trusted. Null: no file was chosen. */
    add: request(nothing, authoritiesAddedSchema.nullable(), { touches: ['credentials', 'journal'] }),
    /** Asks a person whether one that stands in the database only is to be trusted. */
    confirm: request(z.strictObject({ fingerprint: fingerprintSchema }), nothing, {
      touches: ['credentials', 'journal'],
    }),
    remove: request(z.strictObject({ fingerprint: fingerprintSchema }), nothing, {
      touches: ['credentials', 'journal'],
    }),
    /** Ends the notice of those that are missing in the database. */
    forgetMissing: request(nothing, nothing),
  },
  directory: {
    summaries: request(nothing, z.array(directorySummarySchema)),
    /** Reads all records from the server. A job; cancelled, it leaves what was there. */
    sync: request(onConnection.extend({ job: jobIdSchema.nullish() }), directorySummarySchema, {
      needsKeys: true,
      touches: ['directory', 'bulk'],
    }),
    page: request(
      onConnection.extend({
        text: z.string().max(200),
        sort: z.strictObject({ field: fieldNameSchema, descending: z.boolean() }).nullable(),
        onlyChanged: z.boolean(),
        /** Only what is selected. */
        onlySelected: z.boolean().default(false),
        columns: z.array(fieldNameSchema).max(100),
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(500),
      }),
      z.strictObject({ total: z.number().int(), rows: z.array(recordRowSchema) }),
    ),
    record: request(onRecord, recordViewSchema),
    distinct: request(
      onConnection.extend({ field: fieldNameSchema }),
      z.array(z.strictObject({ value: z.string(), count: z.number().int() })),
    ),
    lookup: request(onConnection.extend({ field: fieldNameSchema }), z.array(lookupItemSchema)),
    /** The one way to see a secret: journalled, and sealed to the window that asked. */
    reveal: request(
      onField.extend({ source: z.enum(['record', 'change']), to: publicKeySchema }),
      z.strictObject({ secret: envelopeSchema }),
      { touches: ['journal'], needsKeys: true },
    ),
    /** Puts a secret on the clipboard, from which it is cleared again. Journalled. */
    copySecret: request(
      onField.extend({ source: z.enum(['record', 'change']) }),
      z.strictObject({ clearedAfterSeconds: z.number().int() }),
      { touches: ['journal'], needsKeys: true },
    ),
  },
} as const;
