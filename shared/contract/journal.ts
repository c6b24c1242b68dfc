import { z } from 'zod';
import { chainReportSchema } from '../model/chain';
import { jobIdSchema } from '../model/job';
import { journalFilterSchema, journalItemSchema, momentsSchema } from '../model/journal';
import { fieldNameSchema } from '../model/record';
import { revertIntoSchema, revertPreviewSchema, revertReportSchema, revertWhatSchema } from '../model/revert';
import { onWorkOrder } from './inputs';
import { nothing, request } from './request';

const asJob = z.strictObject({ job: jobIdSchema.nullish() });

/** Requests about the history: search, comparison, reverting, checking. */
export const journalled = {
  journal: {
    page: request(
      journalFilterSchema.extend({
        before: z.number().int().nullable(),
        limit: z.number().int().min(1).max(200),
      }),
      z.strictObject({ items: z.array(journalItemSchema) }),
    ),
    /**
     * The number of entries that match a filter; separate, because counting a million takes longer than showing a page.
     */
    count: request(journalFilterSchema, z.number().int()),
    /** The sites in the history, including those of removed connections. */
    sites: request(nothing, z.array(z.string())),
    item: request(z.strictObject({ seq: z.number().int() }), journalItemSchema),
    /** Reverts an entry, or some of its fields, as a change in the current work order. Writes nothing to a server. */
    revert: request(
      z.strictObject({ seq: z.number().int(), fields: z.array(fieldNameSchema).max(200).nullable() }),
      revertReportSchema,
      { touches: ['changes', 'workOrders'] },
    ),
    /** Reverts everything that a work order wrote; into a new work order, unless the current one is named. */
    revertWorkOrder: request(onWorkOrder.extend({ into: revertIntoSchema.optional() }), revertReportSchema, {
      touches: ['changes', 'workOrders'],
    }),
    /** A preview of a revert, page by page. Prepares nothing. */
    revertPreview: request(
      z.strictObject({
        of: revertWhatSchema,
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(200),
      }),
      revertPreviewSchema,
    ),
    /** Prepares a change that restores a record to its state after (or before) an entry. */
    revertTo: request(
      z.strictObject({
        seq: z.number().int(),
        side: z.enum(['before', 'after']),
        into: revertIntoSchema.optional(),
      }),
      revertReportSchema,
      { touches: ['changes', 'workOrders'] },
    ),
    /** Compares a record's states after two entries; null: as last read. */
    compare: request(
      z.strictObject({ from: z.number().int(), to: z.number().int().nullable() }),
      momentsSchema,
    ),
    /** Checks every link of the chain, and its end against the keychain. A job. */
    verify: request(asJob, chainReportSchema),
    /** Accepts the history as the last check found it, although it cannot be proved. Journalled. */
    accept: request(nothing, nothing, { touches: ['journal'] }),
    /**
     * Asks for a path and writes the entries that match a filter; null where cancelled. A job; cancelling leaves no
     * file.
     */
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
