import { z } from 'zod';
import { collectionIdSchema } from '../catalog';
import { languages } from '../words/language';
import { workOrderIdSchema } from './change';
import { connectionIdSchema } from './connection';
import { comparedItemSchema } from './many';
import { remoteIdSchema } from './record';

/** Left out: the kind's first collection, as in what older versions saved. */
const ofRecords = { connectionId: connectionIdSchema, collection: collectionIdSchema.optional() };

/** A tab of the window: a directory, a record's editor, a plan, or one of the fixed pages. */
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
    /** The catalog tab that stands in front. */
    page: z.string().nullable(),
  }),
  z.strictObject({
    type: z.literal('plan'),
    /** The current work order where null, as in what older versions saved. */
    workOrderId: workOrderIdSchema.nullable().default(null),
    connectionId: connectionIdSchema.nullable(),
    changeId: z.string().nullable(),
    /** What the tab is about where it is about one change: that is gone once it is applied. */
    title: z.string().default(''),
  }),
  /** Many records of a connection, edited together. */
  z.strictObject({ type: z.literal('bulk'), ...ofRecords }),
  /** A spreadsheet that is being taken in. */
  z.strictObject({ type: z.literal('sheet'), ...ofRecords }),
  z.strictObject({ type: z.literal('templates') }),
  /** Records side by side. */
  z.strictObject({ type: z.literal('compare'), items: z.array(comparedItemSchema).min(1).max(12) }),
]);
export type OpenTab = z.infer<typeof openTabSchema>;

/** What stands open in the window; kept in the database so that a crash loses none of it. */
export const workspaceSchema = z.strictObject({
  tabs: z.array(openTabSchema).max(200),
  active: z.number().int(),
  /** Columns shown by connection, catalog names in order. */
  columns: z.record(z.string(), z.array(z.string())).default({}),
});
export type Workspace = z.infer<typeof workspaceSchema>;

export const preferencesSchema = z.strictObject({
  language: z.enum(languages),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['dense', 'comfortable']),
});
export type Preferences = z.infer<typeof preferencesSchema>;
