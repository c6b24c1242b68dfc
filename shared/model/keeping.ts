import { z } from 'zod';

export const backupSchema = z.strictObject({
  /** The file's name in the profile's backup folder. */
  name: z.string().max(200),
  at: z.number().int(),
  bytes: z.number().int(),
  reason: z.enum(['daily', 'migration', 'hand']),
});
export type Backup = z.infer<typeof backupSchema>;

/** How long and how much is kept. */
export const keepingSchema = z.strictObject({
  /** Backups kept; older ones are removed. */
  backups: z.number().int().min(1).max(60),
  /** Days after which the journal forgets the sealed former values of secrets; null for never. */
  forgetSecretsAfterDays: z.number().int().min(1).max(3_650).nullable(),
  /** The name that stands on entries beside the account's. */
  displayName: z.string().trim().max(80),
  /** Megabytes (10⁶ bytes) on the disk above which a person is told that the database is large; null for never. */
  warnAboveMegabytes: z.number().int().min(10).max(1_000_000).nullable(),
});
export type Keeping = z.infer<typeof keepingSchema>;

/** How much of the disk the database takes. Bytes. */
export const databaseSizeSchema = z.strictObject({
  /** The file with its side files. */
  whole: z.number().int(),
  /** Of it, what the history with all that it is searched by takes. */
  history: z.number().int(),
  /** Of it, room that is free and will be used again. */
  free: z.number().int(),
  /** Entries of the history. */
  entries: z.number().int(),
});
export type DatabaseSize = z.infer<typeof databaseSizeSchema>;

/** What became of asking for an archive. */
export const archivedSchema = z.discriminatedUnion('result', [
  /** No entry is that old. Nobody was asked for a file. */
  z.strictObject({ result: z.literal('none-that-old') }),
  /** There are, but the oldest of them is a write whose outcome is still open. Nobody was asked for a file. */
  z.strictObject({ result: z.literal('held-back') }),
  /** The person chose no file. */
  z.strictObject({ result: z.literal('no-file') }),
  /** The person stopped it before anything was taken out. */
  z.strictObject({ result: z.literal('stopped') }),
  /** `room`: what became of the room on the disk: given back now, or at the next start. */
  z.strictObject({
    result: z.literal('archived'),
    saved: z.string(),
    entries: z.number().int(),
    room: z.enum(['given-back', 'at-next-start']),
  }),
]);
export type Archived = z.infer<typeof archivedSchema>;

/** An archive that is open for reading. */
export const openArchiveSchema = z.strictObject({
  token: z.uuid(),
  /** The file's name. */
  name: z.string(),
  entries: z.number().int(),
});
export type OpenArchive = z.infer<typeof openArchiveSchema>;
