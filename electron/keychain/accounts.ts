/** One secret of one connection: each has its own keychain entry. */
export interface CredentialRef {
  connectionId: string;
  /** password, apiKey, token … */
  part: string;
}

/** What is remembered of a profile outside its database. */
export type RememberedAccount = `journal-head/${string}` | `authorities/${string}`;

export const SEALING_ACCOUNT = 'sealing-key';
/** A non-secret entry. Reading it proves that the keychain is open, and so makes "there is none" trustworthy. */
export const PROBE_ACCOUNT = 'probe';

/** The keychain entry of a credential. */
export function accountOf({ connectionId, part }: CredentialRef): string {
  return `connection/${connectionId}/${part}`;
}
