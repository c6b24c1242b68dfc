/** A Secret Service of its own, for one test or one command: see keyring.mjs. */
export type KeyringState = 'working' | 'locked' | 'absent';

export interface Keyring {
  /** Add this to the environment of what is to use the keyring. */
  env: Record<string, string>;
  /** The private folder that holds its files. */
  dir: string;
  /** Locks it, as the screen lock of some desktops does. */
  lock(): Promise<void>;
  /** Starts it again, unlocked, with the same entries: a new login. */
  unlock(): Promise<void>;
  /** Ends its processes and removes its files. */
  stop(): Promise<void>;
}

export function startKeyring(
  state?: KeyringState,
  options?: { display?: Record<string, string>; user?: { uid: number; gid: number } },
): Promise<Keyring>;
