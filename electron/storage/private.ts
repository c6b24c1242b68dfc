import { chmodSync, closeSync, existsSync, lstatSync, openSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Problem, problem } from '../../shared/model/problem';

/*
 * Other accounts of the computer read nothing of ours. On Windows the profile's folder inherits the account's own
 * access list; modes mean nothing there.
 */

const posix = process.platform !== 'win32';

/** The folders of a profile that hold what is ours; the engine's own caches are closed by the folder around them. */
const ourFolders = ['logs', 'backups'] as const;

export const privateFile = 0o600;
export const privateFolder = 0o700;

/** Takes every right of others away from a file or folder that exists; a link is left as it is. @throws system errors */
export function onlyMine(path: string, change: typeof chmodSync = chmodSync): void {
  if (!posix) return;
  const found = lstatSync(path);
  if (found.isSymbolicLink() || (found.mode & 0o077) === 0) return;
  change(path, found.mode & 0o700);
}

/** Has a file exist that only its own account may read, so that nothing is in it before that is so. */
export function makePrivately(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', privateFile));
  onlyMineWherePossible(path);
}

/** As `onlyMine`, for what has already been refused or told elsewhere where it fails. */
export function onlyMineWherePossible(path: string): void {
  try {
    onlyMine(path);
  } catch {
    // A file system without modes, or another account's file: the profile's check reports it.
  }
}

/**
 * Closes a profile to other accounts: its folder, and what is ours in it, however it was made.
 * @returns what a person must be told where it stays open to others
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
  // Files of folders inside too: a folder that others could enter may have been opened by them before.
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

/** Its owner can open it again at any moment. */
function belongsToAnother(path: string): boolean {
  try {
    return lstatSync(path).uid !== process.getuid?.();
  } catch {
    return false;
  }
}
