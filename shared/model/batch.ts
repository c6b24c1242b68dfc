import { z } from 'zod';
import { collectionIdSchema } from '../catalog';
import { workOrderIdSchema } from './change';
import { connectionIdSchema } from './connection';
import { secretLookSchema } from './plan';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from './record';

/*
 * A batch: edits of many records, previewed before any is prepared. Bulk edits and spreadsheets make one. Preparing it
 * is one step, which can be taken back as one.
 */
export const batchIdSchema = z.uuid().brand('BatchId');
export type BatchId = z.infer<typeof batchIdSchema>;

export const stepIdSchema = z.uuid().brand('StepId');
export type StepId = z.infer<typeof stepIdSchema>;

/**
 * `differs`: would be prepared. `same`: nothing to do. `kept`: left alone because the record has prepared edits (policy
 * `skip`). `invalid`: at least one value is wrong; nothing of the row is prepared. `missing`: no such record.
 * `doubled`: the record occurs more than once in the file.
 */
export const batchStatuses = ['differs', 'same', 'kept', 'invalid', 'missing', 'doubled'] as const;
export const batchStatusSchema = z.enum(batchStatuses);
export type BatchStatus = z.infer<typeof batchStatusSchema>;

/** Problems of a row or value beyond its field's own check (`field.<code>`); texts: `bulk.reason.<code>`. */
export const batchReasons = [
  'not-found',
  /** A record has this key with leading zeros. `detail`: its key. */
  'zeros-lost-in-key',
  /**
   * The cell is the stored value without its leading zeros, which a spreadsheet removed. `detail`: the stored value.
   */
  'zeros-lost',
  /** `9.12E+09`: the digits are lost. */
  'scientific',
  /** `1,000`: thousands or a decimal fraction. `detail`: the cell. */
  'separators',
  /** `=VLOOKUP(…)`: a formula instead of its result. */
  'formula',
  /** A secret in quotation marks, which may or may not belong to it. */
  'quoted',
  'two-addresses',
  'doubled-row',
  'ambiguous-key',
  'empty-key',
  /**
   * A cell identifies another record than the one that the row's key found. `detail`: its value; `other`: that record.
   */
  'other-record',
  /** The row's action is to remove the record. `detail`: the action as written. */
  'row-removes',
  'row-adds',
  'unknown-action',
  /** More or fewer cells than the header. */
  'cells-count',
  'quotes',
  /** A text is not valid in the encoding. */
  'not-decodable',
  /** The placeholder's field does not exist or is a secret. `detail`: its name. */
  'no-such-placeholder',
  'bad-pattern',
  'pattern-slow',
  'too-long',
  'not-a-number-to-count',
  'below-zero',
  /** Another record has the value, or is to get it. `detail`: the value. */
  'not-unique',
  /** An expiry that is past or implausible: a warning that does not hold the row back. `detail`: the day. */
  'day-over',
  'day-unlikely',
  'no-date',
  'secret-closed',
  /** The record to take the value from no longer exists. */
  'source-gone',
  /** The record was read again or edited after the preview. */
  'changed-since',
] as const;
export const batchReasonSchema = z.enum(batchReasons);
export type BatchReason = z.infer<typeof batchReasonSchema>;

/** The field's own problem, or a reason of the row. `detail` never holds a secret. */
export const batchProblemSchema = z.strictObject({
  field: fieldNameSchema.nullable(),
  code: z.string().max(60),
  detail: z.string().max(400).optional(),
  /** What `detail` is compared with. */
  other: z.string().max(400).optional(),
});
export type BatchProblem = z.infer<typeof batchProblemSchema>;

export const batchFieldSchema = z.strictObject({
  field: fieldNameSchema,
  /** The current value: as prepared, else as last read. */
  from: shownValueSchema,
  to: shownValueSchema,
  /** Of a secret: its appearance, compared with the other rows of the batch. */
  look: secretLookSchema.optional(),
});

export const batchRowSchema = z.strictObject({
  index: z.number().int(),
  /** The line of the file on which it begins. */
  line: z.number().int().nullable(),
  remoteId: remoteIdSchema.nullable(),
  title: z.string(),
  status: batchStatusSchema,
  fields: z.array(batchFieldSchema),
  problems: z.array(batchProblemSchema),
});
export type BatchRow = z.infer<typeof batchRowSchema>;

export const batchSummarySchema = z.strictObject({
  id: batchIdSchema,
  connectionId: connectionIdSchema,
  collection: collectionIdSchema,
  total: z.number().int(),
  counts: z.record(batchStatusSchema, z.number().int()),
  /** How many rows would change each field, in catalog order. */
  fields: z.array(z.strictObject({ field: fieldNameSchema, rows: z.number().int() })),
  /** Kinds of problems, the most frequent first. */
  problems: z.array(
    z.strictObject({ field: fieldNameSchema.nullable(), code: z.string(), rows: z.number().int() }),
  ),
});
export type BatchSummary = z.infer<typeof batchSummarySchema>;

/** A prepared batch. */
export const stepSchema = z.strictObject({
  id: stepIdSchema,
  workOrderId: workOrderIdSchema,
  connectionId: connectionIdSchema,
  collection: collectionIdSchema,
  at: z.number().int(),
  /** Its origin; `name` is that of the template, the file, or the record copied from. */
  what: z.enum(['edit', 'template', 'copy', 'sheet']),
  name: z.string().max(300),
  records: z.number().int(),
  fields: z.array(fieldNameSchema),
  undone: z.boolean(),
});
export type Step = z.infer<typeof stepSchema>;
