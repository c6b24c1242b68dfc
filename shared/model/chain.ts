import { z } from 'zod';

/** What the user can accept although it cannot be proved. */
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

/** A restored backup, as the keychain remembers it. */
export const chainRestoreSchema = z.strictObject({
  /** Milliseconds since 1970: the restore, and the backup itself. */
  at: z.number().int(),
  backupAt: z.number().int(),
  /** How many links known to the keychain the backup lacks. */
  missing: z.number().int(),
  /** The database that was set aside had already lost its end. */
  cutBefore: z.boolean(),
  /** The history set aside continues the backup's link by link: the backup is a prefix of it. */
  proven: z.boolean(),
});
export type ChainRestore = z.infer<typeof chainRestoreSchema>;

/** Entries that need no keyed hashes, because the keychain remembers the hash at their end. */
export const chainBeforeSchema = z.strictObject({
  seq: z.number().int(),
  /** They existed at the first start with keyed hashes, the user accepted them, or a backup brought them. */
  why: z.enum(['first-start', 'accepted', 'restored']),
});

/** When the user accepted the history as it was, and what was in doubt. */
export const chainAcceptedSchema = z.strictObject({
  at: z.number().int(),
  doubts: z.array(chainDoubtSchema),
});
export type ChainAccepted = z.infer<typeof chainAcceptedSchema>;

/** The result of checking the chain. */
export const chainReportSchema = z.strictObject({
  /**
   * Everything is proved. Also false where this cannot be decided: then nothing is broken, and `doubts` or `tail` say
   * why.
   */
  ok: z.boolean(),
  checked: z.number().int(),
  /** The first entry that fails the check. */
  brokenAt: z.number().int().nullable(),
  /** What failed: its link, a replaced sealed value, or a keyed hash that is missing or was made without the key. */
  brokenBy: z.enum(['link', 'sealed', 'key']).nullable(),
  /**
   * Whether the newest link that the keychain remembers is there. `unknown`: the keychain is closed. `archive`: an
   * archive's, which the keychain does not track. `restored`: it is there, and the keychain remembers a restore that
   * lost later links. `replaced`: the keychain knows another journal. `forgotten`: a keychain once knew the history,
   * this one does not.
   */
  tail: z.enum(['whole', 'restored', 'cut', 'unknown', 'archive', 'replaced', 'forgotten']),
  /** Whether the oldest entry is the one that the keychain remembers. */
  beginning: z.enum(['whole', 'cut', 'unknown', 'archive']),
  /** The last restore that lost links, as the keychain remembers it. */
  restore: chainRestoreSchema.nullable(),
  before: chainBeforeSchema.nullable(),
  /** Entries added while the keychain was closed and keyed at a later start, and the first of them. */
  later: z.strictObject({ count: z.number().int(), from: z.number().int() }).nullable(),
  /** The search index, derived again from the entries: the first entry that it does not match. */
  index: z.strictObject({ ok: z.boolean(), at: z.number().int().nullable() }),
  accepted: chainAcceptedSchema.nullable(),
  /** What the user may accept; empty where there is nothing, or where accepting would not help. */
  doubts: z.array(chainDoubtSchema),
});
export type ChainReport = z.infer<typeof chainReportSchema>;
