import { z } from 'zod';
import { envelopeSchema, publicKeySchema } from '../lib/envelope';
import {
  changeIdSchema,
  changeSchema,
  workOrderDraftSchema,
  workOrderIdSchema,
  workOrderSchema,
} from '../model/change';
import {
  connectionDraftSchema,
  connectionIdSchema,
  connectionSchema,
  credentialStatusSchema,
  fingerprintSchema,
  keychainStateSchema,
  reachSchema,
} from '../model/connection';
import {
  archivedSchema,
  backupSchema,
  chainReportSchema,
  databaseSizeSchema,
  journalFilterSchema,
  journalItemSchema,
  keepingSchema,
  momentsSchema,
  openArchiveSchema,
  revertReportSchema,
} from '../model/journal';
import { planSchema, runHeadSchema, runRowSchema, runSchema } from '../model/plan';
import { problemSchema } from '../model/problem';
import {
  directorySummarySchema,
  fieldNameSchema,
  lookupItemSchema,
  recordRowSchema,
  recordViewSchema,
  remoteIdSchema,
} from '../model/record';
import { preferencesSchema, workspaceSchema } from '../model/workspace';
import { transferMappingSchema, transferPreviewSchema } from '../transfer';

/*
 * The only list of what the renderer may ask. Preload, main and renderer are typed from it, and every message is
 * parsed with it on arrival, both ways. To add a request: one line here, one handler in `electron/ipc/handlers`.
 */

const nothing = z.void();
const onConnection = z.strictObject({ connectionId: connectionIdSchema });
const onRecord = onConnection.extend({ remoteId: remoteIdSchema });
const onWorkOrder = z.strictObject({ workOrderId: workOrderIdSchema });
const onRun = z.strictObject({ runId: z.uuid(), connectionId: connectionIdSchema.nullable() });
const onField = onRecord.extend({ field: fieldNameSchema });

function request<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output } as const;
}

/** A new value as typed: text, or a secret in an envelope. */
const typedValueSchema = z.union([z.string().max(60_000), z.strictObject({ envelope: envelopeSchema })]);

const testReportSchema = z.strictObject({
  ok: z.boolean(),
  problem: problemSchema.nullable(),
  /** What the server said of itself: account, whether a reseller, how long it took. */
  facts: z.array(
    z.strictObject({ name: z.enum(['account', 'reseller', 'milliseconds']), value: z.string() }),
  ),
  /** The certificate shown, where it is not one that the system trusts. */
  certificate: z
    .strictObject({
      fingerprint: fingerprintSchema,
      subject: z.string(),
      issuer: z.string(),
      /** Milliseconds since 1970; null where the certificate does not tell. */
      validTo: z.number().int().nullable(),
    })
    .nullable(),
});

const appInfoSchema = z.strictObject({
  version: z.string(),
  electron: z.string(),
  platform: z.string(),
  /** The runtime is the older build for tests and demos, not the one that ships. */
  testRuntime: z.boolean(),
  /** The key to which the renderer seals what a person types into a secret field. */
  envelopeKey: publicKeySchema,
  preferences: preferencesSchema,
  keychain: keychainStateSchema,
  notices: z.array(problemSchema),
  /** Why the program cannot work with this profile at all (a newer database); only the page that says so is shown. */
  refused: problemSchema.nullable(),
});

export const contract = {
  app: {
    info: request(nothing, appInfoSchema),
    setPreferences: request(preferencesSchema.partial(), preferencesSchema),
    workspace: request(nothing, workspaceSchema),
    saveWorkspace: request(workspaceSchema, nothing),
    /** The answer to the `closing` event: all that was typed is stored, the window may go. */
    readyToClose: request(nothing, nothing),
    /** The other answer to `closing`: the person wants the window to stay, because a run goes on. */
    stay: request(nothing, nothing),
  },
  keychain: {
    /** Ask the keychain again, after the person unlocked or installed it. */
    retry: request(nothing, keychainStateSchema),
    /** Keep credentials and the sealing key for this session only, in memory. */
    useSession: request(nothing, keychainStateSchema),
  },
  connections: {
    list: request(nothing, z.array(connectionSchema)),
    reach: request(
      nothing,
      z.array(z.strictObject({ connectionId: connectionIdSchema, reach: reachSchema })),
    ),
    create: request(connectionDraftSchema, connectionSchema),
    update: request(onConnection.extend({ draft: connectionDraftSchema }), connectionSchema),
    duplicate: request(onConnection.extend({ name: z.string().trim().min(1).max(80) }), connectionSchema),
    removal: request(
      onConnection,
      z.strictObject({ changes: z.number().int(), records: z.number().int(), history: z.number().int() }),
    ),
    remove: request(onConnection, nothing),
    /** Tests what stands in the form; parts that were not typed come from the keychain of the connection named. */
    test: request(
      z.strictObject({
        draft: connectionDraftSchema,
        connectionId: connectionIdSchema.nullable(),
        credentials: z.record(z.string(), envelopeSchema),
      }),
      testReportSchema,
    ),
    credentials: request(onConnection, z.array(credentialStatusSchema)),
    setCredential: request(
      onConnection.extend({ part: z.string().max(40), secret: envelopeSchema }),
      credentialStatusSchema,
    ),
    clearCredential: request(onConnection.extend({ part: z.string().max(40) }), credentialStatusSchema),
  },
  directory: {
    summaries: request(nothing, z.array(directorySummarySchema)),
    sync: request(onConnection, directorySummarySchema),
    cancelSync: request(onConnection, nothing),
    page: request(
      onConnection.extend({
        text: z.string().max(200),
        sort: z.strictObject({ field: fieldNameSchema, descending: z.boolean() }).nullable(),
        onlyChanged: z.boolean(),
        columns: z.array(fieldNameSchema).max(100),
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(500),
      }),
      z.strictObject({ total: z.number().int(), rows: z.array(recordRowSchema) }),
    ),
    record: request(onRecord, recordViewSchema),
    distinct: request(
      onConnection.extend({ field: fieldNameSchema }),
      z.array(z.strictObject({ value: z.string(), count: z.number().int() })),
    ),
    lookup: request(onConnection.extend({ field: fieldNameSchema }), z.array(lookupItemSchema)),
    /** The one way to see a secret: journalled, and sealed to the window that asked. */
    reveal: request(
      onField.extend({ source: z.enum(['record', 'change']), to: publicKeySchema }),
      z.strictObject({ secret: envelopeSchema }),
    ),
    /** Puts a secret on the clipboard, from which it is cleared again. Journalled. */
    copySecret: request(
      onField.extend({ source: z.enum(['record', 'change']) }),
      z.strictObject({ clearedAfterSeconds: z.number().int() }),
    ),
  },
  changes: {
    /** All changes of a work order (the current one where none is named), or of one connection in it. */
    list: request(
      z.strictObject({
        connectionId: connectionIdSchema.nullable(),
        workOrderId: workOrderIdSchema.nullish(),
      }),
      z.array(changeSchema),
    ),
    get: request(onRecord, changeSchema.nullable()),
    setField: request(onField.extend({ next: typedValueSchema }), changeSchema.nullable()),
    undoField: request(onField, changeSchema.nullable()),
    undoRecord: request(onRecord, nothing),
    /** Takes changes out of their work order, whichever that is. Nothing is sent to a server. */
    drop: request(z.strictObject({ changeIds: z.array(changeIdSchema).min(1).max(20_000) }), nothing),
    /** Settles a conflict: `mine` takes what the server has now as the new base, `theirs` drops the edit. */
    settle: request(
      z.strictObject({
        planId: z.uuid(),
        changeId: changeIdSchema,
        field: fieldNameSchema,
        keep: z.enum(['mine', 'theirs']),
      }),
      changeSchema.nullable(),
    ),
  },
  workOrders: {
    list: request(nothing, z.array(workOrderSchema)),
    current: request(nothing, workOrderSchema),
    create: request(workOrderDraftSchema, workOrderSchema),
    update: request(onWorkOrder.extend({ draft: workOrderDraftSchema }), workOrderSchema),
    /** Makes it the one that takes new edits; a closed one is opened again. */
    makeCurrent: request(onWorkOrder, workOrderSchema),
    close: request(onWorkOrder, workOrderSchema),
    /** Moves prepared changes to another work order. */
    move: request(
      z.strictObject({ changeIds: z.array(changeIdSchema).min(1).max(20_000), to: workOrderIdSchema }),
      nothing,
    ),
    /** Puts what is still prepared after a run (failed, conflicting, skipped) into a new work order. */
    splitOff: request(onWorkOrder, workOrderSchema.nullable()),
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
      }),
      planSchema,
    ),
  },
  apply: {
    /** Starts writing the ready rows named; progress comes as `apply.progress`. */
    start: request(
      z.strictObject({ planId: z.uuid(), changeIds: z.array(changeIdSchema).min(1) }),
      runSchema,
    ),
    /** Holds rows back that have not begun; on one server, or on all where none is named. */
    pause: request(onRun, nothing),
    /** Goes on after a pause, a question or a wait; takes up a run that the program's end had cut off. */
    resume: request(onRun, nothing),
    /** Ends between rows: what has begun is finished and read back, the rest is `cancelled`. */
    cancel: request(onRun, nothing),
    run: request(z.strictObject({ runId: z.uuid() }), runSchema.nullable()),
    /** The newest run of a work order. */
    newest: request(onWorkOrder, runSchema.nullable()),
    /** Runs that have not come to their end: going on, or cut off. */
    unfinished: request(nothing, z.array(runSchema)),
    /** Reads an `unknown` row again and decides it. */
    resolve: request(z.strictObject({ seq: z.number().int() }), journalItemSchema),
  },
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
    ),
    revertWorkOrder: request(onWorkOrder, revertReportSchema),
    /** Makes a change that puts a record back to what it was after (or before) an entry. */
    revertTo: request(
      z.strictObject({ seq: z.number().int(), side: z.enum(['before', 'after']) }),
      revertReportSchema,
    ),
    /** Compares a record after one entry with the same record after a later one, or as last read where null. */
    compare: request(
      z.strictObject({ from: z.number().int(), to: z.number().int().nullable() }),
      momentsSchema,
    ),
    /** Checks every link of the chain, and its end against the keychain. Progress as `journalProgress`. */
    verify: request(nothing, chainReportSchema),
    /** Writes what a filter leaves to a file that the person chooses; null where he chose none. */
    export: request(
      z.strictObject({
        filter: journalFilterSchema,
        format: z.enum(['csv', 'jsonl', 'html']),
        language: z.enum(['en', 'fa']),
      }),
      z.strictObject({ saved: z.string().nullable(), entries: z.number().int() }),
    ),
    /** Stops a verify or export that goes on; the export leaves no file. */
    stop: request(nothing, nothing),
  },
  keeping: {
    get: request(nothing, keepingSchema),
    set: request(keepingSchema, keepingSchema),
    backups: request(nothing, z.array(backupSchema)),
    backUp: request(nothing, backupSchema),
    /** Sets the present database aside and starts anew with the backup. The program restarts. */
    restore: request(z.strictObject({ name: z.string().max(200) }), nothing),
    /** SQLite's own check of every page. */
    check: request(nothing, z.strictObject({ ok: z.boolean(), detail: z.string().max(500) })),
    /** How much of the disk the database takes. Reads the whole file, in a thread of its own. */
    size: request(nothing, databaseSizeSchema),
    /** Moves entries older than a moment into a file that the person chooses, and gives their room back. */
    archive: request(z.strictObject({ before: z.number().int() }), archivedSchema),
    /** Asks which archive, and opens it for reading instead of the one before; null where the person chose none. */
    openArchive: request(nothing, openArchiveSchema.nullable()),
    closeArchive: request(nothing, nothing),
    /** Checks every link of the archive that is open. Progress as `journalProgress`. */
    verifyArchive: request(z.strictObject({ archive: z.uuid() }), chainReportSchema),
  },
} as const;

/** What the main process tells the renderer without being asked. */
export const events = {
  /** Something stored changed; the renderer asks again for what it shows of these topics. */
  changed: z.strictObject({
    topics: z.array(z.enum(['connections', 'credentials', 'directory', 'changes', 'journal', 'workOrders'])),
    connectionId: connectionIdSchema.nullable(),
  }),
  syncProgress: z.strictObject({
    connectionId: connectionIdSchema,
    phase: z.enum(['reading', 'storing', 'done', 'failed', 'cancelled']),
    done: z.number().int(),
    /** Null while the server has not said how many there are. */
    total: z.number().int().nullable(),
  }),
  /** A run's head and the rows that changed since the last one; gathered, some ten times a second at most. */
  applyProgress: z.strictObject({ head: runHeadSchema, rows: z.array(runRowSchema) }),
  reach: z.strictObject({ connectionId: connectionIdSchema, reach: reachSchema }),
  keychain: z.strictObject({ state: keychainStateSchema }),
  notice: problemSchema,
  journalProgress: z.strictObject({
    what: z.enum(['verify', 'export', 'archive', 'room']),
    done: z.number().int(),
    total: z.number().int().nullable(),
  }),
  /**
   * The window is about to close; answer with `app.readyToClose` when nothing typed is unsaved. Where a run goes on, ask
   * first; closing pauses it and waits for the rows that have begun. `app.stay` keeps the window.
   */
  closing: z.strictObject({ applying: z.boolean() }),
} as const;

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

/** The IPC channel of a request. */
export function channelOf(group: string, name: string): string {
  return `patchbay:${group}.${name}`;
}

/** The IPC channel of an event. */
export function eventChannelOf(name: string): string {
  return `patchbay:on.${name}`;
}
