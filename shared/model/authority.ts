import { z } from 'zod';
import { fingerprintSchema } from './connection';

/** The most CA certificates that a user can add, and that one file may contain. */
export const mostAuthorities = 40;
export const mostAuthoritiesInFile = 10;

/**
 * A CA certificate that the user added to the system's. Public data. `used`: the keychain knows it; `not-proved`: only
 * the database has it, and it is not used; `unknown`: the keychain cannot be asked.
 */
export const authoritySchema = z.strictObject({
  fingerprint: fingerprintSchema,
  subject: z.string(),
  issuer: z.string(),
  /** Null where the certificate does not say. */
  validFrom: z.number().int().nullable(),
  validTo: z.number().int().nullable(),
  state: z.enum(['used', 'not-proved', 'unknown']),
});
export type Authority = z.infer<typeof authoritySchema>;

/** What the user compares before trusting an authority. */
export type AuthorityFacts = Omit<Authority, 'state'>;

export const authorityListSchema = z.strictObject({
  authorities: z.array(authoritySchema),
  /** How many the keychain knows that the database has lost. */
  missing: z.number().int(),
});
export type AuthorityList = z.infer<typeof authorityListSchema>;

export const authorityLeftSchema = z.strictObject({
  subject: z.string(),
  fingerprint: fingerprintSchema,
  why: z.enum(['duplicate', 'no-authority', 'declined']),
});

/** The result of adding a file's certificates. */
export const authoritiesAddedSchema = z.strictObject({
  added: z.array(authoritySchema),
  left: z.array(authorityLeftSchema),
});
export type AuthoritiesAdded = z.infer<typeof authoritiesAddedSchema>;
