import { z } from 'zod';

/** What stood in the connection form, without credentials; for a window that is started again. */
export const formDraftSchema = z.strictObject({
  /** The connection that is edited; null for a new one. */
  connectionId: z.string().max(80).nullable(),
  values: z.record(z.string().max(40), z.string().max(2_000).nullable()),
});
export type FormDraft = z.infer<typeof formDraftSchema>;
