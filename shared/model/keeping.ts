import { z } from 'zod';

export const backupSchema = z.strictObject({
  name: z.string().max(200),
  at: z.number().int(),
  bytes: z.number().int(),
  reason: z.enum(['daily', 'migration', 'hand']),
});
export type Backup = z.infer<typeof backupSchema>;

/** How long and how much is kept. */
export const keepingSchema = z.strictObject({
  backups: z.number().int().min(1).max(60),
  /** Days after which the journal forgets former values of secrets; null for never. */
  forgetSecretsAfterDays: z.number().int().min(1).max(3_650).nullable(),
  /** The name shown on entries in addition to the account's. */
  displayName: z.string().trim().max(80),
  /** Megabytes (10⁶ bytes) above which the user is told that the database is large; null for never. */
  warnAboveMegabytes: z.number().int().min(10).max(1_000_000).nullable(),
});
export type Keeping = z.infer<typeof keepingSchema>;

/** Disk space used by the database, in bytes. */
export const databaseSizeSchema = z.strictObject({
  /** The file with its side files. */
  whole: z.number().int(),
  /** Of it, the history with its search index. */
  history: z.number().int(),
  /** Of it, free pages that will be reused. */
  free: z.number().int(),
  entries: z.number().int(),
});
export type DatabaseSize = z.infer<typeof databaseSizeSchema>;

/** The result of asking for an archive. */
export const archivedSchema = z.discriminatedUnion('result', [
  /** No entry is that old; no file was asked for. */
  z.strictObject({ result: z.literal('none-that-old') }),
  /** The oldest entry of that age is a write without an outcome; no file was asked for. */
  z.strictObject({ result: z.literal('held-back') }),
  z.strictObject({ result: z.literal('no-file') }),
  /** The user stopped it before anything was moved. */
  z.strictObject({ result: z.literal('stopped') }),
  /** `room`: whether the space was freed now or will be at the next start. */
  z.strictObject({
    result: z.literal('archived'),
    saved: z.string(),
    entries: z.number().int(),
    room: z.enum(['given-back', 'at-next-start']),
  }),
]);
export type Archived = z.infer<typeof archivedSchema>;

/** An archive open for reading. */
export const openArchiveSchema = z.strictObject({
  token: z.uuid(),
  name: z.string(),
  entries: z.number().int(),
});
export type OpenArchive = z.infer<typeof openArchiveSchema>;
