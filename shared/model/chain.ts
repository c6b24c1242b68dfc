import { z } from 'zod';

/** What a person can accept although it cannot be proved. */
export const chainDoubtSchema = z.enum([
  'replaced',
  'forgotten',
  'cut',
  'beginning-cut',
  'later',
  'key',
  'restored',
]);
export type ChainDoubt = z.infer<typeof chainDoubtSchema>;

/** Going back to a backup, as the keychain remembers it. */
export const chainRestoreSchema = z.strictObject({
  /** Milliseconds since 1970: when it was restored, and when the backup was made. */
  at: z.number().int(),
  backupAt: z.number().int(),
  /** How many links the keychain knew of that the backup does not have. */
  missing: z.number().int(),
  /** The database that was set aside had its own end cut off before. */
  cutBefore: z.boolean(),
  /** The history that was set aside went on from the backup's end, link by link: the backup is a beginning of it. */
  proven: z.boolean(),
});
export type ChainRestore = z.infer<typeof chainRestoreSchema>;

/** Entries that need no keyed hashes of their own, because the keychain remembers the hash that they end with. */
export const chainBeforeSchema = z.strictObject({
  /** The last of them. */
  seq: z.number().int(),
  /** They were there at the first start with keyed hashes, a person accepted them, or a backup brought them. */
  why: z.enum(['first-start', 'accepted', 'restored']),
});

/** When a person accepted the history as it was, and what was in doubt. */
export const chainAcceptedSchema = z.strictObject({
  /** Milliseconds since 1970. */
  at: z.number().int(),
  doubts: z.array(chainDoubtSchema),
});
export type ChainAccepted = z.infer<typeof chainAcceptedSchema>;

/** What a check of the chain found. */
export const chainReportSchema = z.strictObject({
  /** Everything is proved. False also where nobody can say: then nothing is broken, but `doubts` or `tail` say what. */
  ok: z.boolean(),
  checked: z.number().int(),
  /** The first entry that does not hold. */
  brokenAt: z.number().int().nullable(),
  /** Why not: its link, a sealed value that was exchanged, or a keyed hash that is missing or was made without the key. */
  brokenBy: z.enum(['link', 'sealed', 'key']).nullable(),
  /**
   * Whether the newest link that the keychain remembers is there; `unknown` where it is closed. `archive`: it is an
   * archive's, of which the keychain knows nothing. `restored`: it is, and the keychain also remembers that a backup was
   * restored, without which later links went. `replaced`: the keychain knows another journal. `forgotten`: the history
   * was known to a keychain, and this one remembers nothing.
   */
  tail: z.enum(['whole', 'restored', 'cut', 'unknown', 'archive', 'replaced', 'forgotten']),
  /** Whether the oldest entry is the one that the keychain remembers as such. */
  beginning: z.enum(['whole', 'cut', 'unknown', 'archive']),
  /** What the keychain remembers of the last restore that left links behind. */
  restore: chainRestoreSchema.nullable(),
  before: chainBeforeSchema.nullable(),
  /** Entries that were added while the keychain was closed and keyed at a later start, and the first of them. */
  later: z.strictObject({ count: z.number().int(), from: z.number().int() }).nullable(),
  /** What the history is searched by, derived again from the entries: the first that it does not show as it is. */
  index: z.strictObject({ ok: z.boolean(), at: z.number().int().nullable() }),
  accepted: chainAcceptedSchema.nullable(),
  /** What a person may accept; empty where there is nothing, or where accepting would not make it good. */
  doubts: z.array(chainDoubtSchema),
});
export type ChainReport = z.infer<typeof chainReportSchema>;
