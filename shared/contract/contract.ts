import { z } from 'zod';
import { envelopeSchema } from '../lib/envelope';
import {
  changeIdSchema,
  changeSchema,
  pickedChangesSchema,
  workOrderDraftSchema,
  workOrderIdSchema,
  workOrderSchema,
} from '../model/change';
import { connectionIdSchema } from '../model/connection';
import { jobIdSchema } from '../model/job';
import { journalItemSchema } from '../model/journal';
import {
  applySettingsSchema,
  planRowSchema,
  planSchema,
  runLeftRowSchema,
  runLeftSchema,
  runRowSchema,
  runSchema,
} from '../model/plan';
import type { problemSchema } from '../model/problem';
import { fieldNameSchema } from '../model/record';
import { preferencesSchema } from '../model/workspace';
import { transferMappingSchema, transferPreviewSchema } from '../transfer';
import { connecting } from './connections';
import { events } from './events';
import { onField, onRecord, onWorkOrder } from './inputs';
import { journalled } from './journal';
import { kept } from './keeping';
import { many } from './many';
import { program } from './program';
import { nothing, request } from './request';

/*
 * The only list of what the renderer may ask. Preload, main process and renderer are typed from it, and every message
 * is parsed with it on arrival, in both directions. To add a request: one line in its group, here or in the file that
 * holds the group, and one handler in `electron/ipc/handlers`.
 */

const onRun = z.strictObject({ runId: z.uuid(), connectionId: connectionIdSchema.nullable() });
const changesOf = onWorkOrder.extend({
  connectionId: connectionIdSchema,
  offset: z.number().int().min(0),
});

/** A value as typed: text, or a secret in an envelope. */
const typedValueSchema = z.union([z.string().max(60_000), z.strictObject({ envelope: envelopeSchema })]);

export const contract = {
  ...program,
  ...connecting,
  changes: {
    /** How many changes each connection has in a work order; null: the current one. */
    counts: request(
      z.strictObject({ workOrderId: workOrderIdSchema.nullable() }),
      z.array(z.strictObject({ connectionId: connectionIdSchema, changes: z.number().int() })),
    ),
    /** A page of one connection's changes, by title. */
    page: request(changesOf.extend({ limit: z.number().int().min(1).max(200) }), z.array(changeSchema)),
    /** The ids of a range of them, for selecting many. */
    ids: request(changesOf.extend({ limit: z.number().int().min(1).max(20_000) }), z.array(changeIdSchema)),
    /** Which of these records have prepared edits in the current work order. */
    edited: request(z.strictObject({ records: z.array(onRecord).max(200) }), z.array(onRecord)),
    /** Whether any change was edited after a moment (milliseconds since 1970), which makes a plan out of date. */
    editedSince: request(
      onWorkOrder.extend({
        connectionId: connectionIdSchema.nullable(),
        changeId: z.string().max(200).nullable(),
        moment: z.number().int(),
      }),
      z.boolean(),
    ),
    secrets: request(onWorkOrder, z.number().int()),
    get: request(onRecord, changeSchema.nullable()),
    setField: request(onField.extend({ next: typedValueSchema }), changeSchema.nullable(), {
      touches: ['changes', 'workOrders'],
    }),
    undoField: request(onField, changeSchema.nullable(), { touches: ['changes', 'workOrders'] }),
    undoRecord: request(onRecord, nothing, { touches: ['changes', 'workOrders'] }),
    /** Removes changes from their work orders. Nothing is sent to a server. */
    drop: request(z.strictObject({ changeIds: z.array(changeIdSchema).min(1).max(20_000) }), nothing, {
      touches: ['changes', 'workOrders'],
    }),
    /**
     * Settles the conflicts of a plan, all or none: `mine` takes the server's present value as the new base, `theirs`
     * drops the edits. Limited to one change or one field where not null.
     */
    settle: request(
      z.strictObject({
        planId: z.uuid(),
        changeId: changeIdSchema.nullable(),
        field: fieldNameSchema.nullable(),
        keep: z.enum(['mine', 'theirs']),
      }),
      nothing,
      { touches: ['changes', 'workOrders'] },
    ),
  },
  workOrders: {
    list: request(nothing, z.array(workOrderSchema)),
    current: request(nothing, workOrderSchema),
    /** The new one becomes current, unless it is created to take over changes. */
    create: request(workOrderDraftSchema.extend({ takes: pickedChangesSchema.optional() }), workOrderSchema, {
      touches: ['changes', 'workOrders'],
    }),
    update: request(onWorkOrder.extend({ draft: workOrderDraftSchema }), workOrderSchema, {
      touches: ['changes', 'workOrders'],
    }),
    /** Makes it take new edits; a closed one is reopened. */
    makeCurrent: request(onWorkOrder, workOrderSchema, { touches: ['changes', 'workOrders'] }),
    close: request(onWorkOrder, workOrderSchema, { touches: ['changes', 'workOrders'] }),
    /** Moves prepared changes to another work order, all or none. */
    move: request(z.strictObject({ picked: pickedChangesSchema, to: workOrderIdSchema }), nothing, {
      touches: ['changes', 'workOrders'],
    }),
    /** Moves what is still prepared after a run (failed, conflicting, skipped) into a new work order. */
    splitOff: request(onWorkOrder, workOrderSchema.nullable(), { touches: ['changes', 'workOrders'] }),
    /**
     * Asks for a path and writes the work order to a file. Secrets are left out, or sealed under the passphrase. `left`
     * counts the secret fields left out; `saved` is null where the user cancelled.
     */
    export: request(
      onWorkOrder.extend({
        secrets: z.enum(['omit', 'include']),
        passphrase: envelopeSchema.nullable(),
      }),
      z.strictObject({ saved: z.string().nullable(), left: z.number().int() }),
      { touches: ['journal'], cancelled: ({ saved }) => saved === null },
    ),
    /** Asks for a file, reads it and keeps it under a token; nothing is imported yet. Null: cancelled. */
    openFile: request(nothing, transferPreviewSchema.nullable()),
    /** What the opened file would import with this mapping of connections. */
    previewFile: request(
      z.strictObject({ token: z.uuid(), mapping: transferMappingSchema }),
      transferPreviewSchema,
    ),
    /** Imports the file, all or nothing. Without a passphrase its sealed secrets are left out. */
    takeIn: request(
      z.strictObject({
        token: z.uuid(),
        mapping: transferMappingSchema,
        passphrase: envelopeSchema.nullable(),
        /** Replaces what the work order of the same origin still has prepared. */
        replace: z.boolean(),
      }),
      workOrderSchema,
      { touches: ['changes', 'workOrders', 'directory'] },
    ),
    /** Asks for a path and writes a report of what will change and what happened; no secret is in it. */
    summary: request(
      onWorkOrder.extend({ what: z.enum(['html', 'pdf']), language: preferencesSchema.shape.language }),
      z.strictObject({ saved: z.string().nullable() }),
    ),
  },
  plan: {
    make: request(
      z.strictObject({
        workOrderId: workOrderIdSchema.nullable(),
        connectionId: connectionIdSchema.nullable(),
        changeId: changeIdSchema.nullable(),
        job: jobIdSchema.nullish(),
      }),
      planSchema,
      { needsKeys: true },
    ),
    rows: request(
      z.strictObject({
        planId: z.uuid(),
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(200),
      }),
      z.array(planRowSchema),
    ),
    /** Records that a person has reviewed the findings that hold these rows back. */
    confirm: request(
      z.strictObject({ planId: z.uuid(), changeIds: z.array(changeIdSchema).min(1).max(500) }),
      z.array(planRowSchema),
    ),
  },
  apply: {
    /** Starts writing the ready rows named, or all `except` some; progress is sent as `apply.progress`. */
    start: request(
      z.strictObject({
        planId: z.uuid(),
        changeIds: z.array(changeIdSchema).min(1).max(20_000).optional(),
        except: z.array(changeIdSchema).max(20_000).optional(),
      }),
      runSchema,
      { needsKeys: true },
    ),
    /** Pauses rows that have not begun, on one server or on all. */
    pause: request(onRun, nothing),
    /** Continues after a pause, a question or a wait; also resumes a run that was cut off. */
    resume: request(onRun, nothing, { needsKeys: true }),
    /** Stops between rows: rows that have begun are finished and read back, the rest become `cancelled`. */
    cancel: request(onRun, nothing),
    run: request(z.strictObject({ runId: z.uuid() }), runSchema.nullable()),
    /** Rows of a run in the form of a plan, with the edits still prepared; for a run whose plan is no longer kept. */
    rows: request(
      z.strictObject({ runId: z.uuid(), changeIds: z.array(changeIdSchema).max(200) }),
      z.array(planRowSchema),
    ),
    newest: request(onWorkOrder, runSchema.nullable()),
    /** Runs that have not ended: in progress, or cut off. */
    unfinished: request(nothing, z.array(runSchema)),
    /** What resuming a cut-off run would write now. Reads the servers, writes nothing. */
    left: request(z.strictObject({ runId: z.uuid(), job: jobIdSchema.nullish() }), runLeftSchema, {
      needsKeys: true,
    }),
    /** More rows of the newest such preview. */
    leftRows: request(
      z.strictObject({
        runId: z.uuid(),
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(200),
      }),
      z.array(runLeftRowSchema),
    ),
    settings: request(nothing, applySettingsSchema),
    setSettings: request(applySettingsSchema, applySettingsSchema),
    /** Reads an `unknown` row's record again and decides its outcome. @returns the row with its new outcome */
    resolveRow: request(z.strictObject({ runId: z.uuid(), changeId: changeIdSchema }), runRowSchema, {
      needsKeys: true,
      touches: ['journal', 'changes', 'workOrders'],
    }),
    /** Reads an `unknown` entry's record again and decides its outcome. */
    resolve: request(z.strictObject({ seq: z.number().int() }), journalItemSchema, {
      needsKeys: true,
      touches: ['journal', 'changes', 'workOrders'],
    }),
  },
  ...journalled,
  ...kept,
  ...many,
} as const;

export { channelOf, eventChannelOf } from './channels';
export { events };
export type Contract = typeof contract;
export type Group = keyof Contract;
export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>;

/** The answer to every request: the value, or a problem with a code that the renderer translates. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: z.infer<typeof problemSchema> };

type RequestOf<R> = R extends { input: infer I extends z.ZodType; output: infer O extends z.ZodType }
  ? undefined extends z.input<I>
    ? () => Promise<Answer<z.infer<O>>>
    : (input: z.input<I>) => Promise<Answer<z.infer<O>>>
  : never;

/** The bridge as the renderer sees it: `patchbay.connections.list()`. */
export type Bridge = {
  readonly [G in Group]: { readonly [R in keyof Contract[G]]: RequestOf<Contract[G][R]> };
} & {
  readonly on: { readonly [N in EventName]: (listener: (payload: EventPayload<N>) => void) => () => void };
};

type HandlerOf<R> = R extends { input: infer I extends z.ZodType; output: infer O extends z.ZodType }
  ? (input: z.infer<I>) => z.input<O> | Promise<z.input<O>>
  : never;

/** The handlers that the main process must provide: exactly one for each request. */
export type Handlers = {
  readonly [G in Group]: { readonly [R in keyof Contract[G]]: HandlerOf<Contract[G][R]> };
};
