import { z } from 'zod';
import { chainAcceptedSchema, chainBeforeSchema, chainRestoreSchema } from '../../shared/model/chain';
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
  /** Which journal the backup's is, and what its oldest entry links to. What an older version asked for has neither. */
  journal: z.string().optional(),
  anchor: headSchema.optional(),
  /** The database that is set aside had its own end cut off. */
  cut: z.boolean(),
  /** It goes on from the backup's end, link by link. */
  proven: z.boolean(),
});
export type Awaited = z.infer<typeof awaitedSchema>;

/** A restore that was carried out, and the note of it in the history. */
const restoredSchema = chainRestoreSchema.extend({ head: headSchema, note: headSchema });

/** What an older version remembered of a journal, under the journal's own id: its newest link, and restores. */
const formerSchema = headSchema.extend({
  awaited: awaitedSchema.optional(),
  restored: restoredSchema.optional(),
});
export type Former = z.infer<typeof formerSchema>;

/** What the keychain remembers of a profile's history. Never anything secret. */
const rememberedSchema = formerSchema.extend({
  /** The journal's own id. */
  journal: z.string(),
  /** What the oldest entry links to. */
  anchor: headSchema,
  /** Entries up to here are proved by this hash and not by keyed ones of their own. */
  before: headSchema.extend({ why: chainBeforeSchema.shape.why }),
  /** An archive takes entries up to here out of the history. */
  archiving: headSchema.optional(),
  /** What a person accepted last, although it could not be proved. */
  accepted: chainAcceptedSchema.optional(),
  /** All sealed values of the file are bound to their places: what is not was put there by somebody else. */
  bound: z.literal(true).optional(),
});
export type Remembered = z.infer<typeof rememberedSchema>;

/** What was remembered; null where that is nothing, or not to be read. */
export function readRemembered(text: string | null): Remembered | null {
  return parsed(rememberedSchema, text);
}

/** What an older version remembered; null where that is nothing, or not to be read. */
export function readFormer(text: string | null): Former | null {
  return parsed(formerSchema, text);
}

function parsed<S extends z.ZodType>(schema: S, text: string | null): z.infer<S> | null {
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
