import { z } from 'zod';
import { collectionIdSchema } from '../catalog';
import { connectionIdSchema } from './connection';

export const remoteIdSchema = z.string().min(1).max(200);

export const fieldNameSchema = z.string().min(1).max(200);

/**
 * What may be shown of a secret: it has a value, it is empty, the server shows only asterisks, or its sealing key is
 * not available.
 */
export const secretStateSchema = z.enum(['set', 'empty', 'withheld', 'unreadable']);
export type SecretState = z.infer<typeof secretStateSchema>;

/** A field's value as the renderer may see it: text, nothing, or a secret's state. */
export const shownValueSchema = z.union([
  z.string(),
  z.null(),
  z.strictObject({ secret: secretStateSchema }),
]);
export type ShownValue = z.infer<typeof shownValueSchema>;

/** A whole record as the renderer may see it. */
export const recordViewSchema = z.strictObject({
  connectionId: connectionIdSchema,
  collection: collectionIdSchema,
  remoteId: remoteIdSchema,
  title: z.string(),
  fields: z.record(fieldNameSchema, shownValueSchema),
  /** Fields that the catalog does not know: dotted name, and JSON text or a secret's state. */
  unknown: z.array(z.strictObject({ name: z.string(), value: shownValueSchema })),
  syncedAt: z.number().int(),
});
export type RecordView = z.infer<typeof recordViewSchema>;

/** One row of the grid, with only the columns requested. */
export const recordRowSchema = z.strictObject({
  remoteId: remoteIdSchema,
  title: z.string(),
  fields: z.record(fieldNameSchema, shownValueSchema),
  changed: z.number().int(),
  selected: z.boolean(),
});
export type RecordRow = z.infer<typeof recordRowSchema>;

export const directorySummarySchema = z.strictObject({
  connectionId: connectionIdSchema,
  collection: collectionIdSchema,
  count: z.number().int(),
  syncedAt: z.number().int().nullable(),
});
export type DirectorySummary = z.infer<typeof directorySummarySchema>;

/** An entry of a list that the server keeps (roles): the value to write and its label. */
export const lookupItemSchema = z.strictObject({ value: z.string(), label: z.string() });
export type LookupItem = z.infer<typeof lookupItemSchema>;
