import { z } from 'zod';

/** The connection form's contents without credentials, for a window that is reloaded. */
export const formDraftSchema = z.strictObject({
  connectionId: z.string().max(80).nullable(),
  values: z.record(z.string().max(40), z.string().max(2_000).nullable()),
});
export type FormDraft = z.infer<typeof formDraftSchema>;
