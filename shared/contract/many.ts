import { z } from 'zod';
import { typedRuleSchema } from '../bulk/rule';
import { collectionIdSchema, kindSchema } from '../catalog';
import {
  batchIdSchema,
  batchProblemSchema,
  batchRowSchema,
  batchStatusSchema,
  batchSummarySchema,
  stepIdSchema,
  stepSchema,
} from '../model/batch';
import { connectionIdSchema } from '../model/connection';
import { jobIdSchema, jobProgressSchema } from '../model/job';
import {
  bulkDraftSchema,
  bulkFieldSchema,
  comparedItemSchema,
  comparisonSchema,
  gridQuerySchema,
  numberedSchema,
  selectActionSchema,
  selectionSchema,
  templateIdSchema,
  templateImportSchema,
  templateSchema,
} from '../model/many';
import { fieldNameSchema, remoteIdSchema } from '../model/record';
import { sheetExportSchema, sheetIdSchema, sheetSettingsSchema, sheetViewSchema } from '../model/sheet';
import { onRecords, onWorkOrder } from './inputs';
import { nothing, request } from './request';

const onBatch = z.strictObject({ batchId: batchIdSchema });
const onSheet = z.strictObject({ sheetId: sheetIdSchema });
const onTemplate = z.strictObject({ templateId: templateIdSchema });
const job = z.strictObject({ job: jobIdSchema });
const fieldRule = z.strictObject({ field: fieldNameSchema, rule: typedRuleSchema.nullable() });

/** Requests about many records at once. Long ones name a `job`, which reports progress and can be cancelled. */
export const many = {
  jobs: {
    /** Stops a job at its next turn; it leaves nothing behind. Unknown and ended jobs are no error. */
    cancel: request(job, nothing),
    /** The running jobs with their last reported progress, for a window that was not there to receive it. */
    list: request(nothing, z.array(jobProgressSchema)),
  },
  selection: {
    /**
     * Changes which records of a directory are selected. The main process keeps the selection: 50,000 ids never cross.
     */
    change: request(
      onRecords.extend({ query: gridQuerySchema, action: selectActionSchema }),
      selectionSchema,
      { touches: ['bulk'] },
    ),
    count: request(onRecords.extend({ query: gridQuerySchema }), selectionSchema),
  },
  bulk: {
    /**
     * Starts a bulk edit of the selection, the whole directory, or the records named, and replaces the connection's
     * earlier draft. Its rules are kept where `rules` is null.
     */
    open: request(
      onRecords.extend({
        records: z.union([z.enum(['selected', 'all']), z.array(remoteIdSchema).min(1).max(1_000)]),
        /** The grid's order, by which records are counted; null: the server's. Named records keep their own order. */
        sort: gridQuerySchema.shape.sort,
        rules: z
          .union([
            z.strictObject({ templateId: templateIdSchema }),
            /** The same values as one other record in these fields. */
            z.strictObject({ like: comparedItemSchema, fields: z.array(fieldNameSchema).min(1).max(200) }),
            z.strictObject({ none: z.literal(true) }),
          ])
          .nullable(),
      }),
      bulkDraftSchema,
      { touches: ['bulk'] },
    ),
    draft: request(onRecords, bulkDraftSchema.nullable()),
    /** Summarises each field over all records of the draft. */
    fields: request(onRecords.extend({ job: jobIdSchema }), z.array(bulkFieldSchema)),
    /** Sets a field's rule and stores it at once; null removes it. */
    setRule: request(onRecords.extend(fieldRule.shape), bulkDraftSchema, { touches: ['bulk'] }),
    /** Computes the rules for all records. A later call for the same connection ends an earlier one (`cancelled`). */
    preview: request(onRecords.extend({ job: jobIdSchema }), batchSummarySchema),
    discard: request(onRecords, nothing, { touches: ['bulk'] }),
  },
  batches: {
    rows: request(
      onBatch.extend({
        status: batchStatusSchema.nullable(),
        /** Only rows with this problem, in any status. */
        problem: batchProblemSchema.omit({ detail: true }).optional(),
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(500),
      }),
      z.strictObject({ total: z.number().int(), rows: z.array(batchRowSchema) }),
    ),
    /** Prepares the differences as changes in the current work order, all or none, as one step. */
    prepare: request(
      onBatch.extend({ job: jobIdSchema }),
      z.strictObject({
        /** Null where there was nothing to prepare. */
        step: stepSchema.nullable(),
        /** Rows left out because their record was read or edited since the batch was made. */
        left: z.number().int(),
      }),
    ),
  },
  steps: {
    /** The steps prepared in a work order, newest first. */
    list: request(onWorkOrder, z.array(stepSchema)),
    /** Takes a step back as one. What was edited or applied since is kept and counted. */
    undo: request(
      z.strictObject({ stepId: stepIdSchema, job: jobIdSchema }),
      z.strictObject({ fields: z.number().int(), left: z.number().int() }),
    ),
  },
  sheets: {
    /** Asks for a file and reads it. Null: cancelled. */
    open: request(onRecords.extend({ job: jobIdSchema }), sheetViewSchema.nullable()),
    /** Takes the cells on the clipboard, which the main process reads itself. */
    paste: request(onRecords.extend({ job: jobIdSchema }), sheetViewSchema),
    view: request(onSheet, sheetViewSchema.nullable()),
    configure: request(onSheet.extend({ settings: sheetSettingsSchema, job: jobIdSchema }), sheetViewSchema),
    preview: request(onSheet.extend({ job: jobIdSchema }), batchSummarySchema),
    /** Asks for a path and writes the rows that have problems as a CSV with a column of reasons. */
    problems: request(
      onBatch.extend({ secrets: z.boolean(), language: z.enum(['en', 'fa']), job: jobIdSchema }),
      z.strictObject({ saved: z.string().nullable(), rows: z.number().int() }),
    ),
    close: request(onSheet, nothing),
    /** Asks for a path and writes records as a CSV that can be imported again. */
    export: request(
      sheetExportSchema.extend({ query: gridQuerySchema, job: jobIdSchema }),
      z.strictObject({ saved: z.string().nullable(), rows: z.number().int() }),
      { touches: ['journal'], cancelled: ({ saved }) => saved === null },
    ),
  },
  templates: {
    list: request(nothing, z.array(templateSchema)),
    /** Creates one: empty, from fields of a record (without secrets), or from a bulk edit's rules. */
    create: request(
      z.strictObject({
        kind: kindSchema,
        collection: collectionIdSchema.optional(),
        name: templateSchema.shape.name,
        from: z.union([
          z.null(),
          comparedItemSchema.extend({ fields: z.array(fieldNameSchema).min(1).max(200) }),
          z.strictObject({ draftOf: connectionIdSchema }),
        ]),
      }),
      templateSchema,
      { touches: ['templates'] },
    ),
    update: request(
      onTemplate.extend({ name: templateSchema.shape.name, note: templateSchema.shape.note }),
      templateSchema,
      { touches: ['templates'] },
    ),
    setRule: request(onTemplate.extend(fieldRule.shape), templateSchema, { touches: ['templates'] }),
    duplicate: request(onTemplate, templateSchema, { touches: ['templates'] }),
    remove: request(onTemplate, nothing, { touches: ['templates'] }),
    /** Asks for a path and writes them. Secret values are left out; `left` counts them. */
    export: request(
      z.strictObject({ templateIds: z.array(templateIdSchema).min(1).max(500) }),
      z.strictObject({ saved: z.string().nullable(), left: z.number().int() }),
    ),
    /** Asks for a file and imports its templates under names not in use. Null: cancelled. */
    import: request(nothing, templateImportSchema.nullable(), {
      touches: ['templates'],
      cancelled: (taken) => taken === null,
    }),
  },
  compare: {
    records: request(z.strictObject({ items: z.array(comparedItemSchema).min(1).max(12) }), comparisonSchema),
    /** The records on other servers of the kind that have the same number (the unique fields). */
    alike: request(comparedItemSchema, z.array(comparedItemSchema.extend({ title: z.string() }))),
    /** The records meant by numbers as typed: `1200-1240, 1301`. */
    numbered: request(onRecords.extend({ text: z.string().max(20_000) }), numberedSchema),
  },
} as const;
