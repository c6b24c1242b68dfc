import { z } from 'zod';
import { type CollectionId, firstCollection, hasCollection, kindSchema } from '../catalog';
import { longestBaseUrl } from '../lib/base-url';
import { fail } from './problem';

export const connectionIdSchema = z.uuid().brand('ConnectionId');
export type ConnectionId = z.infer<typeof connectionIdSchema>;

/** Used by entries of the history that concern no connection. */
export const noConnection: ConnectionId = connectionIdSchema.parse('00000000-0000-0000-0000-000000000000');

/** Colours that tell connections apart; names of the theme's palettes. */
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

/** A server certificate's SHA-256 fingerprint, as OpenSSL prints it. */
export const fingerprintSchema = z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);

/** Where a credential may go: scheme, host and port, under which certificate (null: one that the system trusts). */
export const placeSchema = z.strictObject({
  origin: z.string().min(1).max(400),
  certificate: fingerprintSchema.nullable(),
  /** The proxy that can read it, where the server uses plain http. */
  proxy: z.string().min(1).max(400).optional(),
});
export type Place = z.infer<typeof placeSchema>;

/** A credential kept for one place that would go to another. */
export const moveSchema = z.strictObject({ from: placeSchema, to: placeSchema });
export type Move = z.infer<typeof moveSchema>;

/** What the user enters about a connection. No secret in it. */
export const connectionDraftSchema = z.strictObject({
  kind: kindSchema,
  name: z.string().trim().min(1).max(80),
  site: z.string().trim().max(80),
  baseUrl: z.string().trim().min(1).max(longestBaseUrl),
  authMode: z.string().max(20),
  timeoutMs: z.number().int().min(1_000).max(120_000),
  /** How many writes may run at once on this server. */
  parallel: z.number().int().min(1).max(16).default(4),
  writeMode: z.enum(['full', 'changed']),
  colour: z.enum(connectionColours),
  tag: z.string().trim().max(12),
  /** The one certificate that the technician chose to trust for this server; no other is then accepted. */
  certificate: fingerprintSchema.nullable(),
  /** The fingerprint of that certificate where the user accepts it although it has expired. */
  expiredCertificate: fingerprintSchema.nullable().optional(),
  /** The proxy to this server: scheme, host and port. No other is ever used. */
  proxy: z.string().trim().max(300).nullable().optional(),
});
export type ConnectionDraft = z.infer<typeof connectionDraftSchema>;

export const connectionSchema = connectionDraftSchema.extend({
  id: connectionIdSchema,
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
});
export type Connection = z.infer<typeof connectionSchema>;

/** A connection seen as one of its collections: what a directory, a sheet and a change are about. */
export type RecordsOf = Connection & { readonly collection: CollectionId };

/**
 * Returns a connection seen as one of its collections; the kind's first where none is named.
 * @throws ProblemError `invalid-input` where its kind has no such collection
 */
export function recordsOf(
  connection: Connection,
  collection: CollectionId = firstCollection(connection.kind),
): RecordsOf {
  if (!hasCollection(connection.kind, collection)) fail('invalid-input', { field: 'collection' });
  return { ...connection, collection };
}

/** What the user compares a certificate by. Public data, as the server shows it. */
export const certificateSchema = z.strictObject({
  fingerprint: fingerprintSchema,
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()),
  /** Null where the certificate does not say. */
  validFrom: z.number().int().nullable(),
  validTo: z.number().int().nullable(),
});
export type Certificate = z.infer<typeof certificateSchema>;

/** Whether a server can be reached. `locked-out`: it answers, but refuses this account. */
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
  'other',
  'session-only',
]);
export type KeychainState = z.infer<typeof keychainStateSchema>;

/** What must work before a server can be managed. Only some of it can be tried without changing anything there. */
export const testSteps = ['reach', 'login', 'read', 'write'] as const;
export type TestStep = (typeof testSteps)[number];
