import { z } from 'zod';
import { collectionIdSchema, kindSchema } from '../catalog';
import { workOrderDraftSchema, workOrderIdSchema, workOrderSchema } from './change';
import { connectionIdSchema } from './connection';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from './record';

/** What is to be taken back: an entry or some of its fields, all that a work order wrote, a record to a moment. */
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

/** Which work order takes what is taken back: the current one, or one of its own, by this name. */
export const revertIntoSchema = z.union([
  z.literal('current'),
  z.strictObject({ own: workOrderDraftSchema.shape.name }),
]);
export type RevertInto = z.infer<typeof revertIntoSchema>;

/** One field that would be taken back. */
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
        why: z.enum(['never-readable', 'unreadable', 'read-only', 'not-written']),
      }),
      /** `not-read-back`: what the record was after the entry could not be read then. */
      z.strictObject({
        what: z.literal('record'),
        title: z.string(),
        why: z.enum(['connection-gone', 'record-gone', 'not-written', 'not-read-back']),
      }),
    ]),
  ),
  /** The work order that it was prepared in, where that was made for it. */
  into: workOrderSchema.optional(),
});
export type RevertReport = z.infer<typeof revertReportSchema>;

/** What would be taken back, before anything is prepared: some lines of it, and what cannot be. */
export const revertPreviewSchema = z.strictObject({
  records: z.number().int(),
  total: z.number().int(),
  lines: z.array(revertLineSchema),
  left: revertReportSchema.shape.left,
  /** What would take it if it went into the current work order; a new one where all of that has been applied. */
  current: z.strictObject({ number: z.number().int(), name: z.string(), isNew: z.boolean() }),
});
export type RevertPreview = z.infer<typeof revertPreviewSchema>;
