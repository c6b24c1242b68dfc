import { z } from 'zod';
import { collectionIdSchema } from '../catalog';
import { workOrderIdSchema } from './change';
import { connectionIdSchema } from './connection';
import { secretLookSchema } from './plan';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from './record';

/*
 * A batch: many records' edits, looked at before any of them is prepared. A bulk edit makes one, and so does a
 * spreadsheet. Preparing it is one step, which can be taken back as one.
 */
export const batchIdSchema = z.uuid().brand('BatchId');
export type BatchId = z.infer<typeof batchIdSchema>;

export const stepIdSchema = z.uuid().brand('StepId');
export type StepId = z.infer<typeof stepIdSchema>;

/**
 * `differs`: would be prepared. `same`: nothing to do. `kept`: left alone because the record has prepared edits already
 * (policy `skip`). `invalid`: at least one value is wrong; none of the row is prepared. `missing`: no such record.
 * `doubled`: the same record stands in the file more than once.
 */
export const batchStatuses = ['differs', 'same', 'kept', 'invalid', 'missing', 'doubled'] as const;
export const batchStatusSchema = z.enum(batchStatuses);
export type BatchStatus = z.infer<typeof batchStatusSchema>;

/** Why a row or a value is not good, beside what a field's own check says (`field.<code>`); texts: `bulk.reason.<code>`. */
export const batchReasons = [
  /** No record with this key. `detail`: the key. */
  'not-found',
  /** A record is there with zeros in front of the key. `detail`: its key. */
  'zeros-lost-in-key',
  /** The cell is what a spreadsheet makes of the stored value: its leading zeros are gone. `detail`: the stored one. */
  'zeros-lost',
  /** `9.12E+09`: the digits are gone for good. */
  'scientific',
  /** `1,000`: thousands, or a fraction. `detail`: the cell. */
  'separators',
  /** `=VLOOKUP(…)`: what should have been worked out. */
  'formula',
  /** A secret in quotation marks: nobody knows whether they are part of it. */
  'quoted',
  /** More than one e-mail address. `detail`: the cell. */
  'two-addresses',
  'doubled-row',
  /** More than one record has this key. */
  'ambiguous-key',
  'empty-key',
  /** A cell that identifies a record is not of the one that the row was found by. `detail`: it; `other`: that record. */
  'other-record',
  /** The row's action is to remove the record. `detail`: as it is called there. */
  'row-removes',
  /** The row's action is to add a record, and it is there. */
  'row-adds',
  /** Nobody knows what the row's action means. */
  'unknown-action',
  /** More or fewer cells than the header has. */
  'cells-count',
  /** The file's quotes do not close. */
  'quotes',
  /** A text could not be read in the encoding. */
  'not-decodable',
  /** Placeholder of a field that does not exist, or that is a secret. `detail`: its name. */
  'no-such-placeholder',
  'bad-pattern',
  /** The pattern takes too long on this value. */
  'pattern-slow',
  /** Longer than any value may be. */
  'too-long',
  'not-a-number-to-count',
  /** The series would run below zero here. */
  'below-zero',
  /** Another record has the value already, or is to get it too. `detail`: the value. */
  'not-unique',
  /** An expiry that is over, or that nobody means: told, and no reason to hold the row back. `detail`: the day. */
  'day-over',
  'day-unlikely',
  /** A day cannot be counted on from nothing. */
  'no-date',
  /** The stored secret cannot be opened now. */
  'secret-closed',
  /** The record that the value is to be taken from is not there any more. */
  'source-gone',
  /** The record was read again, or edited, after the batch was looked at. */
  'changed-since',
] as const;
export const batchReasonSchema = z.enum(batchReasons);
export type BatchReason = z.infer<typeof batchReasonSchema>;

/** What is wrong: a field's own problem, or a reason of the row. Never a secret in `detail`. */
export const batchProblemSchema = z.strictObject({
  field: fieldNameSchema.nullable(),
  /** `reason.<code>` or `field.<code>`. */
  code: z.string().max(60),
  detail: z.string().max(400).optional(),
  /** What the detail is held against. */
  other: z.string().max(400).optional(),
});
export type BatchProblem = z.infer<typeof batchProblemSchema>;

export const batchFieldSchema = z.strictObject({
  field: fieldNameSchema,
  /** What it is now: as prepared, else as last read. */
  from: shownValueSchema,
  to: shownValueSchema,
  /** Of a secret: what it looks like, held against the other rows of the batch. */
  look: secretLookSchema.optional(),
});

export const batchRowSchema = z.strictObject({
  /** Its place in the batch, from 0. */
  index: z.number().int(),
  /** The line of the file that it begins on, where it came from one. */
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
  /** How many fields of how many rows would be prepared, by field in catalog order. */
  fields: z.array(z.strictObject({ field: fieldNameSchema, rows: z.number().int() })),
  /** Kinds of problems, the most frequent first. */
  problems: z.array(
    z.strictObject({ field: fieldNameSchema.nullable(), code: z.string(), rows: z.number().int() }),
  ),
});
export type BatchSummary = z.infer<typeof batchSummarySchema>;

/** A batch that was prepared. */
export const stepSchema = z.strictObject({
  id: stepIdSchema,
  workOrderId: workOrderIdSchema,
  connectionId: connectionIdSchema,
  collection: collectionIdSchema,
  at: z.number().int(),
  /** What made it; `name` is the template's or file's, or the record's that was copied from. */
  what: z.enum(['edit', 'template', 'copy', 'sheet']),
  name: z.string().max(300),
  records: z.number().int(),
  fields: z.array(fieldNameSchema),
  undone: z.boolean(),
});
export type Step = z.infer<typeof stepSchema>;
