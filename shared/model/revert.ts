import { z } from 'zod';
import { collectionIdSchema, kindSchema } from '../catalog';
import { workOrderDraftSchema, workOrderIdSchema, workOrderSchema } from './change';
import { connectionIdSchema } from './connection';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from './record';

/** What to revert: an entry or some of its fields, everything that a work order wrote, a record to a moment. */
export const revertWhatSchema = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('entry'),
    seq: z.number().int(),
    fields: z.array(fieldNameSchema).max(200).nullable(),
  }),
  z.strictObject({ what: z.literal('order'), workOrderId: workOrderIdSchema }),
  z.strictObject({ what: z.literal('moment'), seq: z.number().int(), side: z.enum(['before', 'after']) }),
]);
export type RevertWhat = z.infer<typeof revertWhatSchema>;

/** The work order for the reverts: the current one, or a new one of this name. */
export const revertIntoSchema = z.union([
  z.literal('current'),
  z.strictObject({ own: workOrderDraftSchema.shape.name }),
]);
export type RevertInto = z.infer<typeof revertIntoSchema>;

/** One field that would be reverted. */
export const revertLineSchema = z.strictObject({
  connectionId: connectionIdSchema,
  kind: kindSchema,
  collection: collectionIdSchema,
  remoteId: remoteIdSchema,
  title: z.string(),
  field: fieldNameSchema,
  from: shownValueSchema,
  to: shownValueSchema,
});
export type RevertLine = z.infer<typeof revertLineSchema>;

/** The result of a revert: changes are prepared, nothing is written. */
export const revertReportSchema = z.strictObject({
  /** How many records have a prepared change now, and how many fields in all. */
  changes: z.number().int(),
  fields: z.number().int(),
  left: z.array(
    z.discriminatedUnion('what', [
      /** `unreadable`: the kept value was forgotten, or is sealed with a lost key. */
      z.strictObject({
        what: z.literal('field'),
        title: z.string(),
        field: fieldNameSchema,
        why: z.enum(['never-readable', 'unreadable', 'read-only', 'not-written']),
      }),
      /** `not-read-back`: the record could not be read after the entry's write. */
      z.strictObject({
        what: z.literal('record'),
        title: z.string(),
        why: z.enum(['connection-gone', 'record-gone', 'not-written', 'not-read-back']),
      }),
    ]),
  ),
  /** The work order created for it, if any. */
  into: workOrderSchema.optional(),
});
export type RevertReport = z.infer<typeof revertReportSchema>;

/** A preview of a revert: some of its lines, and what cannot be reverted. */
export const revertPreviewSchema = z.strictObject({
  records: z.number().int(),
  total: z.number().int(),
  lines: z.array(revertLineSchema),
  left: revertReportSchema.shape.left,
  /**
   * The work order that would take it if it went into the current one; a new one where that has been applied entirely.
   */
  current: z.strictObject({ number: z.number().int(), name: z.string(), isNew: z.boolean() }),
});
export type RevertPreview = z.infer<typeof revertPreviewSchema>;
