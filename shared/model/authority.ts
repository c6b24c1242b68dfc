import { z } from 'zod';
import { fingerprintSchema } from './connection';

/** The most certificates of authorities that a person can add, and the most that one file may bring. */
export const mostAuthorities = 40;
export const mostAuthoritiesInFile = 10;

/**
 * The certificate of an authority that a person added to those that the system trusts. Public data. `used`: the keychain
 * knows it; `not-proved`: it stands in the database only, and is not used; `unknown`: the keychain cannot be asked.
 */
export const authoritySchema = z.strictObject({
  fingerprint: fingerprintSchema,
  subject: z.string(),
  issuer: z.string(),
  /** Milliseconds since 1970; null where the certificate does not tell. */
  validFrom: z.number().int().nullable(),
  validTo: z.number().int().nullable(),
  state: z.enum(['used', 'not-proved', 'unknown']),
});
export type Authority = z.infer<typeof authoritySchema>;

/** What a person compares before they trust an authority. */
export type AuthorityFacts = Omit<Authority, 'state'>;

export const authorityListSchema = z.strictObject({
  authorities: z.array(authoritySchema),
  /** How many the keychain knows that the database has no more. */
  missing: z.number().int(),
});
export type AuthorityList = z.infer<typeof authorityListSchema>;

/** Why a certificate of a file was not added. */
export const authorityLeftSchema = z.strictObject({
  subject: z.string(),
  fingerprint: fingerprintSchema,
  why: z.enum(['duplicate', 'no-authority', 'declined']),
});

/** What came of a file. */
export const authoritiesAddedSchema = z.strictObject({
  added: z.array(authoritySchema),
  left: z.array(authorityLeftSchema),
});
export type AuthoritiesAdded = z.infer<typeof authoritiesAddedSchema>;
