import { z } from 'zod';
import { chainReportSchema } from '../model/chain';
import { jobIdSchema } from '../model/job';
import { journalFilterSchema, journalItemSchema, momentsSchema } from '../model/journal';
import { fieldNameSchema } from '../model/record';
import { revertIntoSchema, revertPreviewSchema, revertReportSchema, revertWhatSchema } from '../model/revert';
import { onWorkOrder } from './inputs';
import { nothing, request } from './request';

const asJob = z.strictObject({ job: jobIdSchema.nullish() });

/** Requests about the history: searched, compared, taken back, checked. */
export const journalled = {
  journal: {
    page: request(
      journalFilterSchema.extend({
        before: z.number().int().nullable(),
        limit: z.number().int().min(1).max(200),
      }),
      z.strictObject({ items: z.array(journalItemSchema) }),
    ),
    /** How many entries a filter leaves; asked apart, because counting a million takes longer than showing a page. */
    count: request(journalFilterSchema, z.number().int()),
    /** The sites that occur in the history, those of connections that are gone too. */
    sites: request(nothing, z.array(z.string())),
    item: request(z.strictObject({ seq: z.number().int() }), journalItemSchema),
    /** Takes an entry back, or some of its fields, as a change in the current work order. Writes nothing. */
    revert: request(
      z.strictObject({ seq: z.number().int(), fields: z.array(fieldNameSchema).max(200).nullable() }),
      revertReportSchema,
      { touches: ['changes', 'workOrders'] },
    ),
    /** Takes back all that a work order wrote; into a work order of its own, unless the current one is named. */
    revertWorkOrder: request(onWorkOrder.extend({ into: revertIntoSchema.optional() }), revertReportSchema, {
      touches: ['changes', 'workOrders'],
    }),
    /** What would be taken back, some lines at a time. Prepares nothing. */
    revertPreview: request(
      z.strictObject({
        of: revertWhatSchema,
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(200),
      }),
      revertPreviewSchema,
    ),
    /** Makes a change that puts a record back to what it was after (or before) an entry. */
    revertTo: request(
      z.strictObject({
        seq: z.number().int(),
        side: z.enum(['before', 'after']),
        into: revertIntoSchema.optional(),
      }),
      revertReportSchema,
      { touches: ['changes', 'workOrders'] },
    ),
    /** Compares a record after one entry with the same record after a later one, or as last read where null. */
    compare: request(
      z.strictObject({ from: z.number().int(), to: z.number().int().nullable() }),
      momentsSchema,
    ),
    /** Checks every link of the chain, and its end against the keychain. A job. */
    verify: request(asJob, chainReportSchema),
    /** Accepts the history as the last check found it, although it could not be proved. Journalled. */
    accept: request(nothing, nothing, { touches: ['journal'] }),
    /** Writes what a filter leaves to a file that the person chooses; null where he chose none. A job; cancelled, it leaves no file. */
    export: request(
      asJob.extend({
        filter: journalFilterSchema,
        format: z.enum(['csv', 'jsonl', 'html']),
        language: z.enum(['en', 'fa']),
      }),
      z.strictObject({ saved: z.string().nullable(), entries: z.number().int() }),
    ),
  },
} as const;
