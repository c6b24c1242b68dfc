import { z } from 'zod';
import { chainRestoreSchema } from '../../shared/model/journal';
import { headSchema } from './links';

/** A restore that was asked for: what the file must look like where it was carried out. */
const awaitedSchema = z.object({
  /** Stands in the note that the restored history goes on with. */
  token: z.uuid(),
  /** Milliseconds since 1970: when it was asked for, and when the backup was made. */
  at: z.number().int(),
  backupAt: z.number().int(),
  /** Where the backup's history ends. */
  head: headSchema,
  /** The database that is set aside had its own end cut off. */
  cut: z.boolean(),
  /** It goes on from the backup's end, link by link. */
  proven: z.boolean(),
});
export type Awaited = z.infer<typeof awaitedSchema>;

/** A restore that was carried out, and the note of it in the history. */
const restoredSchema = chainRestoreSchema.extend({ head: headSchema, note: headSchema });

/** What the keychain remembers of a journal: its newest link, and restores. Never anything secret. */
const rememberedSchema = headSchema.extend({
  awaited: awaitedSchema.optional(),
  restored: restoredSchema.optional(),
});
export type Remembered = z.infer<typeof rememberedSchema>;

/** What was remembered; null where that is nothing, or not to be read. */
export function readRemembered(text: string | null): Remembered | null {
  if (text === null) return null;
  try {
    return rememberedSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
