import { z } from 'zod';
import { collectionIdSchema, kindSchema } from './catalog';
import { workOrderSchema } from './model/change';
import { connectionIdSchema } from './model/connection';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from './model/record';

/*
 * A work order as a file, and its preview before it is imported. The format is documented in docs/work-order-files.md.
 * No schema of the file changes a value (no trimming, no defaults), because the seal of the secrets is bound to what is
 * parsed.
 */

export const fileFormat = 'patchbay-work-order';
/** The first had no collections: its records are of the kind's first. */
export const fileVersion = 2;
export const fileEnding = '.patchbay.json';

/** In bytes; a work order of 20,000 changes with long values is smaller. */
export const largestFile = 32 * 1024 * 1024;

/** In characters; shorter passphrases can be found by brute force, however slow each attempt is. */
export const shortestPassphrase = 10;

/** The cost of deriving a key from a passphrase: 128 MB of memory and about half a second per attempt. */
export const scryptCost = { N: 2 ** 17, r: 8, p: 1 } as const;

const line = z.string().max(200);
const valueSchema = z.string().max(1_000_000).nullable();
const base64 = z.base64();

/**
 * How the key was derived. Bounded, so that a file cannot demand gigabytes or hours: 128 · N · r bytes are 256 MB at
 * most.
 */
export const kdfSchema = z.strictObject({
  name: z.literal('scrypt'),
  N: z.literal([2 ** 14, 2 ** 15, 2 ** 16, 2 ** 17, 2 ** 18]),
  r: z.literal(8),
  p: z.int().min(1).max(4),
  salt: base64.min(24).max(88),
});
export type Kdf = z.infer<typeof kdfSchema>;

/** The secret values under a passphrase: AES-256-GCM, tag at the end, bound to the rest of the file. */
export const sealedPartSchema = z.strictObject({
  kdf: kdfSchema,
  cipher: z.literal('aes-256-gcm'),
  iv: base64.length(16),
  sealed: base64.max(largestFile),
});

const fileEditSchema = z.strictObject({
  field: fieldNameSchema,
  base: valueSchema,
  next: valueSchema,
});

const fileConnectionSchema = z.strictObject({
  /** Its reference in this file's changes. */
  key: z.string().min(1).max(80),
  kind: kindSchema,
  name: line,
  site: line,
  baseUrl: z.string().max(300),
});
export type FileConnection = z.infer<typeof fileConnectionSchema>;

const fileChangeSchema = z.strictObject({
  connection: z.string().min(1).max(80),
  /** From version 2 on. */
  collection: collectionIdSchema.optional(),
  remoteId: remoteIdSchema,
  title: z.string().max(1_000),
  fields: z.array(fileEditSchema).max(500),
  leftOut: z.array(fieldNameSchema).max(500),
  /** Secret fields whose values are in the sealed part. */
  sealed: z.array(fieldNameSchema).max(500),
});
export type FileChange = z.infer<typeof fileChangeSchema>;

const headerSchema = z.strictObject({
  /** The id of the work order where it was first prepared; kept when it is exported again. */
  origin: z.uuid(),
  number: z.int().min(0),
  name: z.string().max(120),
  customer: z.string().max(120),
  ticket: z.string().max(120),
  note: z.string().max(4_000),
  writtenAt: z.iso.datetime(),
  actor: line,
});

export const workOrderFileSchema = z.strictObject({
  format: z.literal(fileFormat),
  version: z.literal([1, fileVersion]),
  header: headerSchema,
  connections: z.array(fileConnectionSchema).max(1_000),
  changes: z.array(fileChangeSchema).max(20_000),
  secrets: sealedPartSchema.nullable(),
});
export type WorkOrderFile = z.infer<typeof workOrderFileSchema>;

/** The sealed part's contents: the secret fields of each change that has any, by its index in `changes`. */
export const sealedContentSchema = z.array(
  z.strictObject({ change: z.int().min(0), fields: z.array(fileEditSchema).min(1).max(500) }),
);
export type SealedContent = z.infer<typeof sealedContentSchema>;

export const transferProblemCodes = [
  'unknown-field',
  'read-only',
  'value-refused',
  'left-out',
  'record-unknown',
  'title-differs',
  'record-twice',
  'not-read-yet',
  'other-kind',
] as const;

/** Something to know before importing a file. */
export const transferProblemSchema = z.strictObject({
  code: z.enum(transferProblemCodes),
  connectionKey: z.string(),
  /** The record's title; null where it concerns the connection. */
  title: z.string().nullable(),
  field: fieldNameSchema.nullable(),
  /** What it concerns is not imported. */
  blocking: z.boolean(),
});
export type TransferProblem = z.infer<typeof transferProblemSchema>;

/** The connection here for each of the file's; null leaves its changes out. */
export const transferMappingSchema = z
  .array(z.strictObject({ key: z.string().max(80), connectionId: connectionIdSchema.nullable() }))
  .max(1_000);
export type TransferMapping = z.infer<typeof transferMappingSchema>;

/** A preview of a file's contents. Secrets are never in it, only whether there are any. */
export const transferPreviewSchema = z.strictObject({
  /** Identifies the opened file until it is imported. */
  token: z.uuid(),
  fileName: z.string(),
  header: headerSchema,
  connections: z.array(
    fileConnectionSchema.extend({
      /** The only connection here of the same kind and address; null where there is none, or more than one. */
      match: connectionIdSchema.nullable(),
      to: connectionIdSchema.nullable(),
      candidates: z.array(connectionIdSchema),
    }),
  ),
  changes: z.array(
    z.strictObject({
      connectionKey: z.string(),
      collection: collectionIdSchema,
      remoteId: remoteIdSchema,
      /** The record's title in this directory, else in the file. */
      title: z.string(),
      /** The title in the file, if different. */
      titleInFile: z.string().nullable(),
      fields: z.array(
        z.strictObject({
          field: fieldNameSchema,
          base: shownValueSchema,
          next: shownValueSchema,
          secret: z.enum(['sealed', 'left-out']).nullable(),
        }),
      ),
      /** Whether it would be imported with this mapping, entirely or in part. */
      taken: z.boolean(),
    }),
  ),
  sealedSecrets: z.boolean(),
  leftOut: z.array(z.strictObject({ title: z.string(), field: fieldNameSchema })),
  /** The work order here of the same origin, and whether it still has the same edits prepared. */
  already: z.strictObject({ workOrder: workOrderSchema, same: z.boolean() }).nullable(),
  problems: z.array(transferProblemSchema),
});
export type TransferPreview = z.infer<typeof transferPreviewSchema>;
