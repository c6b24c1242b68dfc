import { chmodSync, closeSync, existsSync, lstatSync, openSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Problem, problem } from '../../shared/model/problem';

/*
 * Other accounts of the computer cannot read our files. On Windows the profile's folder inherits the account's own
 * access list; modes mean nothing there.
 */

const posix = process.platform !== 'win32';

/** The profile's folders with our files; the engine's caches are protected by the profile's folder. */
const ourFolders = ['logs', 'backups'] as const;

export const privateFile = 0o600;
export const privateFolder = 0o700;

/** Removes all rights of others from an existing file or folder; a link is left as it is. @throws system errors */
export function onlyMine(path: string, change: typeof chmodSync = chmodSync): void {
  if (!posix) return;
  const found = lstatSync(path);
  if (found.isSymbolicLink() || (found.mode & 0o077) === 0) return;
  change(path, found.mode & 0o700);
}

/** Creates a file that only its own account may read, before anything is in it. */
export function makePrivately(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', privateFile));
  onlyMineWherePossible(path);
}

/** Like `onlyMine`, but ignores failures, for what is refused or reported elsewhere. */
export function onlyMineWherePossible(path: string): void {
  try {
    onlyMine(path);
  } catch {
    // A file system without modes, or another account's file: the profile's check reports it.
  }
}

/**
 * Closes a profile to other accounts: its folder and our files in it, however they were made.
 * @returns a notice for the user if it stays open to others
 */
export function closeProfile(profile: string, change: typeof chmodSync = chmodSync): Problem | null {
  if (!posix) return null;
  const open: string[] = [];
  const close = (path: string): void => {
    try {
      onlyMine(path, change);
      if (isOpen(path)) open.push(path);
    } catch {
      if (isOpen(path)) open.push(path);
    }
  };
  close(profile);
  if (belongsToAnother(profile)) open.push(profile);
  // Files in subfolders too: others may have opened them while they could enter the folder.
  for (const folder of [profile, ...ourFolders.map((name) => join(profile, name))]) {
    if (folder !== profile) close(folder);
    for (const entry of entriesOf(folder)) if (entry.isFile()) close(join(folder, entry.name));
  }
  const [first] = open;
  if (first === undefined) return null;
  // Everything in a folder closed to others is closed, whatever its own mode.
  return isOpen(profile) || belongsToAnother(profile)
    ? problem('profile-open', { path: first === profile ? profile : dirname(first) })
    : null;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isOpen(path: string): boolean {
  try {
    const found = lstatSync(path);
    return !found.isSymbolicLink() && (found.mode & 0o077) !== 0;
  } catch {
    return false;
  }
}

/** Returns whether another account owns it, which could open it again at any time. */
function belongsToAnother(path: string): boolean {
  try {
    return lstatSync(path).uid !== process.getuid?.();
  } catch {
    return false;
  }
}
