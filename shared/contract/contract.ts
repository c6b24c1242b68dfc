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
import { fieldNameSchema, remoteIdSchema } from '../model/record';
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
 * The only list of what the renderer may ask. Preload, main and renderer are typed from it, and every message is
 * parsed with it on arrival, both ways. To add a request: one line in its group, here or in the file that the
 * group stands in, and one handler in `electron/ipc/handlers`.
 */

const onRun = z.strictObject({ runId: z.uuid(), connectionId: connectionIdSchema.nullable() });
const changesOf = onWorkOrder.extend({
  connectionId: connectionIdSchema,
  offset: z.number().int().min(0),
});

/** A new value as typed: text, or a secret in an envelope. */
const typedValueSchema = z.union([z.string().max(60_000), z.strictObject({ envelope: envelopeSchema })]);

export const contract = {
  ...program,
  ...connecting,
  changes: {
    /** How many changes each connection has in a work order (the current one where null). */
    counts: request(
      z.strictObject({ workOrderId: workOrderIdSchema.nullable() }),
      z.array(z.strictObject({ connectionId: connectionIdSchema, changes: z.number().int() })),
    ),
    /** A window of one connection's changes, by title. */
    page: request(changesOf.extend({ limit: z.number().int().min(1).max(200) }), z.array(changeSchema)),
    /** The ids of a stretch of them, for choosing many. */
    ids: request(changesOf.extend({ limit: z.number().int().min(1).max(20_000) }), z.array(changeIdSchema)),
    /** Which of these records have prepared edits in the current work order. */
    edited: request(
      z.strictObject({ records: z.array(onRecord).max(200) }),
      z.array(z.strictObject({ connectionId: connectionIdSchema, remoteId: remoteIdSchema })),
    ),
    /** Whether any change was edited after a moment (milliseconds since 1970): a plan of then is out of date. */
    editedSince: request(
      onWorkOrder.extend({
        connectionId: connectionIdSchema.nullable(),
        changeId: z.string().max(200).nullable(),
        moment: z.number().int(),
      }),
      z.boolean(),
    ),
    /** How many of a work order's prepared fields are secrets. */
    secrets: request(onWorkOrder, z.number().int()),
    get: request(onRecord, changeSchema.nullable()),
    setField: request(onField.extend({ next: typedValueSchema }), changeSchema.nullable(), {
      touches: ['changes', 'workOrders'],
    }),
    undoField: request(onField, changeSchema.nullable(), { touches: ['changes', 'workOrders'] }),
    undoRecord: request(onRecord, nothing, { touches: ['changes', 'workOrders'] }),
    /** Takes changes out of their work order, whichever that is. Nothing is sent to a server. */
    drop: request(z.strictObject({ changeIds: z.array(changeIdSchema).min(1).max(20_000) }), nothing, {
      touches: ['changes', 'workOrders'],
    }),
    /**
     * Settles the conflicts of a plan, all or none: `mine` takes what the server has now as the new base, `theirs` drops the
     * edits. Of one change, or one field, where not null.
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
    /** Becomes the one that takes new edits, unless it is made to take changes over. */
    create: request(workOrderDraftSchema.extend({ takes: pickedChangesSchema.optional() }), workOrderSchema, {
      touches: ['changes', 'workOrders'],
    }),
    update: request(onWorkOrder.extend({ draft: workOrderDraftSchema }), workOrderSchema, {
      touches: ['changes', 'workOrders'],
    }),
    /** Makes it the one that takes new edits; a closed one is opened again. */
    makeCurrent: request(onWorkOrder, workOrderSchema, { touches: ['changes', 'workOrders'] }),
    close: request(onWorkOrder, workOrderSchema, { touches: ['changes', 'workOrders'] }),
    /** Moves prepared changes to another work order, whole or not at all. */
    move: request(z.strictObject({ picked: pickedChangesSchema, to: workOrderIdSchema }), nothing, {
      touches: ['changes', 'workOrders'],
    }),
    /** Puts what is still prepared after a run (failed, conflicting, skipped) into a new work order. */
    splitOff: request(onWorkOrder, workOrderSchema.nullable(), { touches: ['changes', 'workOrders'] }),
    /**
     * Asks where, and writes the work order to a file. Secrets are left out, or sealed under the passphrase.
     * `left`: how many secret fields were left out. A null path: the person did not want to after all.
     */
    export: request(
      onWorkOrder.extend({
        secrets: z.enum(['omit', 'include']),
        passphrase: envelopeSchema.nullable(),
      }),
      z.strictObject({ saved: z.string().nullable(), left: z.number().int() }),
      { touches: ['journal'] },
    ),
    /** Asks which file, reads it, and keeps it under a token. Nothing is taken in. Null: the person chose none. */
    openFile: request(nothing, transferPreviewSchema.nullable()),
    /** What the file opened would bring in with these connections. */
    previewFile: request(
      z.strictObject({ token: z.uuid(), mapping: transferMappingSchema }),
      transferPreviewSchema,
    ),
    /** Takes the file in, whole or not at all. Without a passphrase the sealed secrets stay out. */
    takeIn: request(
      z.strictObject({
        token: z.uuid(),
        mapping: transferMappingSchema,
        passphrase: envelopeSchema.nullable(),
        /** Puts the file's changes in the place of what the work order of the same origin still has prepared. */
        replace: z.boolean(),
      }),
      workOrderSchema,
      { touches: ['changes', 'workOrders', 'directory'] },
    ),
    /** Asks where, and writes what will change and what happened for people to read; no secret is in it. */
    summary: request(
      onWorkOrder.extend({ what: z.enum(['html', 'pdf']), language: preferencesSchema.shape.language }),
      z.strictObject({ saved: z.string().nullable() }),
    ),
  },
  plan: {
    make: request(
      z.strictObject({
        /** The current work order where null. */
        workOrderId: workOrderIdSchema.nullable(),
        connectionId: connectionIdSchema.nullable(),
        changeId: changeIdSchema.nullable(),
        /** The name under which it tells how far it is and can be cancelled. */
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
    /** A person has looked at what holds these rows back and says that it is meant; for findings that ask for it. */
    confirm: request(
      z.strictObject({ planId: z.uuid(), changeIds: z.array(changeIdSchema).min(1).max(500) }),
      z.array(planRowSchema),
    ),
  },
  apply: {
    /** Starts writing the ready rows named, or all `except` some; progress comes as `apply.progress`. */
    start: request(
      z.strictObject({
        planId: z.uuid(),
        changeIds: z.array(changeIdSchema).min(1).max(20_000).optional(),
        except: z.array(changeIdSchema).max(20_000).optional(),
      }),
      runSchema,
      { needsKeys: true },
    ),
    /** Holds rows back that have not begun; on one server, or on all where none is named. */
    pause: request(onRun, nothing),
    /** Goes on after a pause, a question or a wait; takes up a run that the program's end had cut off. */
    resume: request(onRun, nothing, { needsKeys: true }),
    /** Ends between rows: what has begun is finished and read back, the rest is `cancelled`. */
    cancel: request(onRun, nothing),
    run: request(z.strictObject({ runId: z.uuid() }), runSchema.nullable()),
    /** Rows of a run as a plan has them, with the edits that are still prepared; for a run whose plan is kept no more. */
    rows: request(
      z.strictObject({ runId: z.uuid(), changeIds: z.array(changeIdSchema).max(200) }),
      z.array(planRowSchema),
    ),
    /** The newest run of a work order. */
    newest: request(onWorkOrder, runSchema.nullable()),
    /** Runs that have not come to their end: going on, or cut off. */
    unfinished: request(nothing, z.array(runSchema)),
    /** What would be written if a run that was cut off were resumed now. Reads the servers, writes nothing. */
    left: request(z.strictObject({ runId: z.uuid(), job: jobIdSchema.nullish() }), runLeftSchema, {
      needsKeys: true,
    }),
    /** More rows of the newest such look. */
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
    /** Reads an `unknown` row of a run again and decides it. @returns the row as it is then */
    resolveRow: request(z.strictObject({ runId: z.uuid(), changeId: changeIdSchema }), runRowSchema, {
      needsKeys: true,
      touches: ['journal', 'changes', 'workOrders'],
    }),
    /** Reads an `unknown` entry of the history again and decides it. */
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

/** What every request answers: the value, or a problem with a code that the renderer translates. */
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

/** The handlers that the main process must have: one for every request, no more. */
export type Handlers = {
  readonly [G in Group]: { readonly [R in keyof Contract[G]]: HandlerOf<Contract[G][R]> };
};
