import { z } from 'zod';
import { collectionIdSchema } from '../catalog';
import { languages } from '../words/language';
import { workOrderIdSchema } from './change';
import { connectionIdSchema } from './connection';
import { comparedItemSchema } from './many';
import { remoteIdSchema } from './record';

/** Left out: the kind's first collection, as in what older versions saved. */
const ofRecords = { connectionId: connectionIdSchema, collection: collectionIdSchema.optional() };

export const openTabSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('overview') }),
  z.strictObject({ type: z.literal('work-orders') }),
  z.strictObject({ type: z.literal('history') }),
  z.strictObject({ type: z.literal('settings') }),
  z.strictObject({ type: z.literal('directory'), ...ofRecords }),
  z.strictObject({
    type: z.literal('editor'),
    ...ofRecords,
    remoteId: remoteIdSchema,
    title: z.string(),
    /** The editor tab in front. */
    page: z.string().nullable(),
  }),
  z.strictObject({
    type: z.literal('plan'),
    /** Null: the current work order, as older versions saved it. */
    workOrderId: workOrderIdSchema.nullable().default(null),
    connectionId: connectionIdSchema.nullable(),
    changeId: z.string().nullable(),
    /** The tab's subject where it concerns one change, which is gone once applied. */
    title: z.string().default(''),
  }),
  z.strictObject({ type: z.literal('bulk'), ...ofRecords }),
  z.strictObject({ type: z.literal('sheet'), ...ofRecords }),
  z.strictObject({ type: z.literal('templates') }),
  z.strictObject({ type: z.literal('compare'), items: z.array(comparedItemSchema).min(1).max(12) }),
]);
export type OpenTab = z.infer<typeof openTabSchema>;

/** The window's open tabs and settings, kept in the database so that a crash loses none of it. */
export const workspaceSchema = z.strictObject({
  tabs: z.array(openTabSchema).max(200),
  active: z.number().int(),
  /** Visible columns by connection: catalog names in order. */
  columns: z.record(z.string(), z.array(z.string())).default({}),
});
export type Workspace = z.infer<typeof workspaceSchema>;

/** How large the window shows everything, in percent of its usual size. */
export const windowSizes = [90, 100, 110, 125, 150, 175, 200] as const;

export const preferencesSchema = z.strictObject({
  language: z.enum(languages),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['dense', 'comfortable']),
  size: z.literal(windowSizes),
  /** Keys that a person has chosen, by what they stand for: "Ctrl+Shift+KeyT"; empty where none shall. */
  shortcuts: z.record(z.string().max(40), z.string().max(60)),
});
export type Preferences = z.infer<typeof preferencesSchema>;
