/** A private Secret Service for one test or command: see keyring.mjs. */
export type KeyringState = 'working' | 'locked' | 'absent';

export interface Keyring {
  /** The environment of a program that is to use the keyring. */
  env: Record<string, string>;
  /** The private folder that holds its files. */
  dir: string;
  /** Locks it, as the screen lock of some desktops does. */
  lock(): Promise<void>;
  /** Starts it again, unlocked, with the same entries, like a new login. */
  unlock(): Promise<void>;
  /** Ends its processes and removes its files. */
  stop(): Promise<void>;
}

export function startKeyring(
  state?: KeyringState,
  options?: { display?: Record<string, string>; user?: { uid: number; gid: number } },
): Promise<Keyring>;
