import { z } from 'zod';

/** Idle minutes after which the window locks itself; 0: never. */
export const lockAfterSchema = z.union([z.literal(0), z.literal(5), z.literal(15), z.literal(60)]);
export type LockAfter = z.infer<typeof lockAfterSchema>;

export const lockSettingsSchema = z.strictObject({
  /** Whether there is a passphrase: without one nothing locks. */
  set: z.boolean(),
  afterMinutes: lockAfterSchema,
});
export type LockSettings = z.infer<typeof lockSettingsSchema>;

export const shortestLockPassphrase = 8;
