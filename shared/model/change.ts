import { z } from 'zod';
import { collectionIdSchema } from '../catalog';
import { fieldProblemCodes } from '../catalog/validate';
import { connectionIdSchema } from './connection';
import { fieldNameSchema, remoteIdSchema, shownValueSchema } from './record';

export const changeIdSchema = z.uuid().brand('ChangeId');
export type ChangeId = z.infer<typeof changeIdSchema>;

export const workOrderIdSchema = z.uuid().brand('WorkOrderId');
export type WorkOrderId = z.infer<typeof workOrderIdSchema>;

export const workOrderDraftSchema = z.strictObject({
  name: z.string().trim().max(120),
  customer: z.string().trim().max(120),
  ticket: z.string().trim().max(120),
  note: z.string().trim().max(4_000),
});
export type WorkOrderDraft = z.infer<typeof workOrderDraftSchema>;

/** `problems`: applied, but not every row succeeded. */
export const workOrderStateSchema = z.enum(['preparing', 'applying', 'applied', 'problems', 'closed']);
export type WorkOrderState = z.infer<typeof workOrderStateSchema>;

export const workOrderSchema = workOrderDraftSchema.extend({
  id: workOrderIdSchema,
  /** The number that users say: WO-12. */
  number: z.number().int(),
  changes: z.number().int(),
  /** The work order that takes new edits. */
  current: z.boolean(),
  state: workOrderStateSchema,
  createdAt: z.number().int(),
});
export type WorkOrder = z.infer<typeof workOrderSchema>;

/** One field of a change: its value when the edit was prepared, and its new value as typed. */
export const changeFieldSchema = z.strictObject({
  field: fieldNameSchema,
  base: shownValueSchema,
  next: shownValueSchema,
  /** The code of the problem with `next`, null where it is valid (`field.<code>` in `shared/words`). */
  problem: z.strictObject({ code: z.enum(fieldProblemCodes), detail: z.string().optional() }).nullable(),
  /** `next` is a former value of the server, by the history: today's checks do not apply. */
  returned: z.literal(true).optional(),
});
export type ChangeField = z.infer<typeof changeFieldSchema>;

export const changeSchema = z.strictObject({
  id: changeIdSchema,
  workOrderId: workOrderIdSchema,
  connectionId: connectionIdSchema,
  collection: collectionIdSchema,
  remoteId: remoteIdSchema,
  title: z.string(),
  fields: z.array(changeFieldSchema),
  updatedAt: z.number().int(),
});
export type Change = z.infer<typeof changeSchema>;

/** Selected changes: whole connections of work orders, and single ones. */
export const pickedChangesSchema = z.strictObject({
  groups: z
    .array(z.strictObject({ workOrderId: workOrderIdSchema, connectionId: connectionIdSchema }))
    .max(5_000),
  changeIds: z.array(changeIdSchema).max(20_000),
});
export type PickedChanges = z.infer<typeof pickedChangesSchema>;
