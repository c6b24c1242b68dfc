import { createHash } from 'node:crypto';

/** Where a credential is stored. `session` ones are gone when the program ends. */
export type Kept = 'keychain' | 'session';

export interface SealingKey {
  /** 32 bytes. Never leaves the main process. */
  key: Uint8Array;
  /** Short and not secret: stored beside sealed values, to find their key again. */
  id: string;
  kept: Kept;
}

/** What a profile knows of the key that its secrets were sealed with. Not secret. */
export interface KeyMark {
  /** Whether something was sealed with a key that should be in the keychain. */
  readonly expects: () => boolean;
  readonly fits: (key: Uint8Array) => boolean;
  readonly keep: (key: Uint8Array) => void;
}

/** Returns a sealing key with its id, which is derived from it. */
export function toKey(key: Uint8Array, kept: Kept): SealingKey {
  return { key, kept, id: createHash('sha256').update(key).digest('hex').slice(0, 12) };
}
