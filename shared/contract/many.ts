import { z } from 'zod';
import { typedRuleSchema } from '../bulk/rule';
import { kindSchema } from '../catalog';
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
import { onConnection, onWorkOrder } from './inputs';
import { nothing, request } from './request';

const onBatch = z.strictObject({ batchId: batchIdSchema });
const onSheet = z.strictObject({ sheetId: sheetIdSchema });
const onTemplate = z.strictObject({ templateId: templateIdSchema });
const job = z.strictObject({ job: jobIdSchema });
const fieldRule = z.strictObject({ field: fieldNameSchema, rule: typedRuleSchema.nullable() });

/** Requests about many records at once. Whatever takes long names a `job`: it tells how far it is and can be cancelled. */
export const many = {
  jobs: {
    /** Ends a piece of work at its next turn; it leaves nothing behind. Unknown and ended ones are no error. */
    cancel: request(job, nothing),
    /** What goes on now, as far as anything was told of it: for a window that was not there to hear it. */
    list: request(nothing, z.array(jobProgressSchema)),
  },
  selection: {
    /** Changes which records of a directory are selected. Kept by the main process: 50,000 ids never cross. */
    change: request(
      onConnection.extend({ query: gridQuerySchema, action: selectActionSchema }),
      selectionSchema,
      { touches: ['bulk'] },
    ),
    count: request(onConnection.extend({ query: gridQuerySchema }), selectionSchema),
  },
  bulk: {
    /**
     * Begins a bulk edit of what is selected, of the whole directory, or of the records named; in the place of the
     * connection's earlier draft. Rules already typed stay where `rules` is null.
     */
    open: request(
      onConnection.extend({
        records: z.union([z.enum(['selected', 'all']), z.array(remoteIdSchema).min(1).max(1_000)]),
        /** The grid's order, in which the records are counted; null: the server's. Records named keep their own. */
        sort: gridQuerySchema.shape.sort,
        rules: z
          .union([
            z.strictObject({ templateId: templateIdSchema }),
            /** The same as one other record in these fields. */
            z.strictObject({ like: comparedItemSchema, fields: z.array(fieldNameSchema).min(1).max(200) }),
            /** None: an empty draft. */
            z.strictObject({ none: z.literal(true) }),
          ])
          .nullable(),
      }),
      bulkDraftSchema,
      { touches: ['bulk'] },
    ),
    draft: request(onConnection, bulkDraftSchema.nullable()),
    /** What each field is over all records of the draft. */
    fields: request(onConnection.extend({ job: jobIdSchema }), z.array(bulkFieldSchema)),
    /** Sets what becomes of a field, stored at once; null keeps it as it is. */
    setRule: request(onConnection.extend(fieldRule.shape), bulkDraftSchema, { touches: ['bulk'] }),
    /** Works the rules out over all records. A later call for the same connection ends an earlier one (`cancelled`). */
    preview: request(onConnection.extend({ job: jobIdSchema }), batchSummarySchema),
    discard: request(onConnection, nothing, { touches: ['bulk'] }),
  },
  batches: {
    rows: request(
      onBatch.extend({
        /** Only rows of this status. */
        status: batchStatusSchema.nullable(),
        /** Only rows with this problem, whatever their status. */
        problem: batchProblemSchema.omit({ detail: true }).optional(),
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(500),
      }),
      z.strictObject({ total: z.number().int(), rows: z.array(batchRowSchema) }),
    ),
    /** Prepares what differs as changes in the current work order, whole or not at all, as one step. */
    prepare: request(
      onBatch.extend({ job: jobIdSchema }),
      z.strictObject({
        /** Null where nothing was left to prepare. */
        step: stepSchema.nullable(),
        /** Rows whose record was read or edited since the batch was made; they were left alone. */
        left: z.number().int(),
      }),
    ),
  },
  steps: {
    /** The batches that were prepared in a work order, newest first. */
    list: request(onWorkOrder, z.array(stepSchema)),
    /** Takes a step back as one. What was edited or applied since stays, and is counted. */
    undo: request(
      z.strictObject({ stepId: stepIdSchema, job: jobIdSchema }),
      z.strictObject({ fields: z.number().int(), left: z.number().int() }),
    ),
  },
  sheets: {
    /** Asks which file, and reads it. Null: the person chose none. */
    open: request(onConnection.extend({ job: jobIdSchema }), sheetViewSchema.nullable()),
    /** Takes the cells that are on the clipboard, which the main process reads itself. */
    paste: request(onConnection.extend({ job: jobIdSchema }), sheetViewSchema),
    view: request(onSheet, sheetViewSchema.nullable()),
    configure: request(onSheet.extend({ settings: sheetSettingsSchema, job: jobIdSchema }), sheetViewSchema),
    /** Compares every row with its record. */
    preview: request(onSheet.extend({ job: jobIdSchema }), batchSummarySchema),
    /** Asks where, and writes the rows that have problems as a CSV with a column of reasons. */
    problems: request(
      onBatch.extend({ secrets: z.boolean(), language: z.enum(['en', 'fa']), job: jobIdSchema }),
      z.strictObject({ saved: z.string().nullable(), rows: z.number().int() }),
    ),
    close: request(onSheet, nothing),
    /** Asks where, and writes records as a CSV that can be taken in again. */
    export: request(
      sheetExportSchema.extend({ query: gridQuerySchema, job: jobIdSchema }),
      z.strictObject({ saved: z.string().nullable(), rows: z.number().int() }),
      { touches: ['journal'], cancelled: ({ saved }) => saved === null },
    ),
  },
  templates: {
    list: request(nothing, z.array(templateSchema)),
    /** A new one: empty, from fields of a record (secrets are left out), or from a bulk edit's rules. */
    create: request(
      z.strictObject({
        kind: kindSchema,
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
    /** Asks where, and writes them. Secret values are left out; `left` counts them. */
    export: request(
      z.strictObject({ templateIds: z.array(templateIdSchema).min(1).max(500) }),
      z.strictObject({ saved: z.string().nullable(), left: z.number().int() }),
    ),
    /** Asks which file, and takes its templates in under names that are not taken yet. Null: the person chose none. */
    import: request(nothing, templateImportSchema.nullable(), {
      touches: ['templates'],
      cancelled: (taken) => taken === null,
    }),
  },
  compare: {
    records: request(z.strictObject({ items: z.array(comparedItemSchema).min(1).max(12) }), comparisonSchema),
    /** The records on other servers of the kind that have the same number (the fields that no two records share). */
    alike: request(comparedItemSchema, z.array(comparedItemSchema.extend({ title: z.string() }))),
    /** The records that are meant by numbers as a person types them: `1200-1240, 1301`. */
    numbered: request(onConnection.extend({ text: z.string().max(20_000) }), numberedSchema),
  },
} as const;
