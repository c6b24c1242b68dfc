import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { atEnd, tempFolder } from './endings';

/** A private file system for one test, which can be full without filling the machine's. */
export interface SmallDisk {
  readonly folder: string;
  /** Fills it, except for a number of bytes. */
  readonly fill: (leave?: number) => void;
  readonly free: () => void;
  readonly readOnly: (on: boolean) => void;
}

/** Whether this machine lets us mount one: as root on Linux. The tests that need it are skipped elsewhere. */
export const canMount: boolean = tryMount();

export function smallDisk(megabytes: number): SmallDisk {
  const folder = tempFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  // Lazily: a killed process may still hold a file in it.
  atEnd(() => execFileSync('umount', ['-l', folder]));
  const filler = join(folder, 'filler');
  const free = (): void => rmSync(filler, { force: true });
  return {
    folder,
    free,
    fill: (leave = 0) => {
      const { bavail, bsize } = statfsSync(folder);
      const bytes = Math.max(0, bavail * bsize - leave);
      const file = openSync(filler, 'a');
      try {
        writeSync(file, Buffer.alloc(bytes));
      } finally {
        closeSync(file);
      }
    },
    readOnly: (on) => execFileSync('mount', ['-o', `remount,${on ? 'ro' : 'rw'}`, folder]),
  };
}

function tryMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = '/tmp/patchbay-mount-probe';
  try {
    execFileSync('mkdir', ['-p', folder]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
