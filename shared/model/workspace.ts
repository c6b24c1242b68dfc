import { z } from 'zod';
import { languages } from '../words/language';
import { workOrderIdSchema } from './change';
import { connectionIdSchema } from './connection';
import { comparedItemSchema } from './many';
import { remoteIdSchema } from './record';

/** A tab of the window: a directory, a record's editor, a plan, or one of the fixed pages. */
export const openTabSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('overview') }),
  z.strictObject({ type: z.literal('work-orders') }),
  z.strictObject({ type: z.literal('history') }),
  z.strictObject({ type: z.literal('settings') }),
  z.strictObject({ type: z.literal('directory'), connectionId: connectionIdSchema }),
  z.strictObject({
    type: z.literal('editor'),
    connectionId: connectionIdSchema,
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
  z.strictObject({ type: z.literal('bulk'), connectionId: connectionIdSchema }),
  /** A spreadsheet that is being taken in. */
  z.strictObject({ type: z.literal('sheet'), connectionId: connectionIdSchema }),
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

/** How large the window shows everything, in percent of its usual size. */
export const windowSizes = [90, 100, 110, 125, 150, 175, 200] as const;

export const preferencesSchema = z.strictObject({
  language: z.enum(languages),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['dense', 'comfortable']),
  size: z.literal(windowSizes),
});
export type Preferences = z.infer<typeof preferencesSchema>;
