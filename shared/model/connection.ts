import { z } from 'zod';
import { kindSchema } from '../catalog';

export const connectionIdSchema = z.uuid().brand('ConnectionId');
export type ConnectionId = z.infer<typeof connectionIdSchema>;

/** Stands where an entry of the history is about no connection. */
export const noConnection: ConnectionId = connectionIdSchema.parse('00000000-0000-0000-0000-000000000000');

/** Colours that tell connections apart at a glance; names of the theme's palettes. */
export const connectionColours = [
  'blue',
  'teal',
  'green',
  'lime',
  'yellow',
  'orange',
  'red',
  'pink',
  'grape',
  'violet',
] as const;

/** A SHA-256 fingerprint of a server's certificate, as OpenSSL prints it. */
export const fingerprintSchema = z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);

/** What a person fills in about a connection. No secret in it. */
export const connectionDraftSchema = z.strictObject({
  kind: kindSchema,
  name: z.string().trim().min(1).max(80),
  site: z.string().trim().max(80),
  baseUrl: z.string().trim().min(1).max(300),
  authMode: z.string().max(20),
  timeoutMs: z.number().int().min(1_000).max(120_000),
  /** How many writes may be under way at once on this server. */
  parallel: z.number().int().min(1).max(16).default(4),
  writeMode: z.enum(['full', 'changed']),
  colour: z.enum(connectionColours),
  tag: z.string().trim().max(12),
  /** The one certificate that the technician chose to trust for this server: then no other is accepted. */
  certificate: fingerprintSchema.nullable(),
});
export type ConnectionDraft = z.infer<typeof connectionDraftSchema>;

export const connectionSchema = connectionDraftSchema.extend({
  id: connectionIdSchema,
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
});
export type Connection = z.infer<typeof connectionSchema>;

/** What is known of a server's being there. `locked-out`: it answers, but does not let this account in. */
export const reachSchema = z.enum(['unasked', 'reachable', 'unreachable', 'locked-out']);
export type Reach = z.infer<typeof reachSchema>;

/** Where a credential part is kept; `unknown` while the keychain does not answer. */
export const credentialStatusSchema = z.strictObject({
  part: z.string(),
  where: z.enum(['keychain', 'session', 'nowhere', 'unknown']),
});
export type CredentialStatus = z.infer<typeof credentialStatusSchema>;

export const keychainStateSchema = z.enum([
  'unknown',
  'ready',
  'waiting',
  'locked',
  'absent',
  'denied',
  'timed-out',
  'session-only',
]);
export type KeychainState = z.infer<typeof keychainStateSchema>;
