import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readText, writeWhole } from '../../electron/files/disk';
import { ProblemError } from '../../shared/model/problem';
import { atEnd, tempFolder } from '../support/endings';

async function problemOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (found: unknown) => found,
  );
  if (error instanceof ProblemError) return error.problem;
  throw error ?? new Error('it ended well');
}

function canMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('a file that is written', () => {
  it('takes the place of the one before in one step, and leaves nothing beside it', async () => {
    const folder = tempFolder();
    const path = join(folder, 'WO-12 پذیرش.patchbay.json');
    await writeWhole(path, 'before');
    await writeWhole(path, 'after, در فارسی هم');
    expect(readFileSync(path, 'utf8')).toBe('after, در فارسی هم');
    expect(readdirSync(folder)).toEqual(['WO-12 پذیرش.patchbay.json']);
  });

  it('into a folder that is not there says so', async () => {
    const path = join(tempFolder(), 'gone', 'x.json');
    expect(await problemOf(writeWhole(path, 'x'))).toEqual({
      code: 'file-not-saved',
      params: { path, reason: 'folder-gone' },
    });
  });

  it('over a folder of that name leaves the folder and no half file', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'x.json'));
    expect((await problemOf(writeWhole(join(folder, 'x.json'), 'x'))).code).toBe('file-not-saved');
    expect(readdirSync(folder)).toEqual(['x.json']);
  });

  it.runIf(canMount())('on a full disk leaves the older file whole, no half one, and says so', async () => {
    const folder = tempFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
    atEnd(() => execFileSync('umount', ['-l', folder]));
    const path = join(folder, 'x.json');
    await writeWhole(path, 'before');
    expect(await problemOf(writeWhole(path, 'y'.repeat(200_000)))).toEqual({
      code: 'file-not-saved',
      params: { path, reason: 'disk-full' },
    });
    expect(readdirSync(folder)).toEqual(['x.json']);
    expect(readFileSync(path, 'utf8')).toBe('before');
  });

  it.runIf(canMount())('on a read-only disk says so', async () => {
    const folder = tempFolder();
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]);
    atEnd(() => execFileSync('umount', ['-l', folder]));
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    const problem = await problemOf(writeWhole(join(folder, 'x.json'), 'x'));
    expect(problem.params.reason).toBe('not-allowed');
  });

  it.runIf(process.getuid?.() !== 0)('into a folder that may not be written to says so', async () => {
    const folder = tempFolder();
    chmodSync(folder, 0o500);
    atEnd(() => chmodSync(folder, 0o700));
    expect((await problemOf(writeWhole(join(folder, 'x.json'), 'x'))).params.reason).toBe('not-allowed');
  });
});

describe('a file that is read', () => {
  it('comes whole, empty ones too', async () => {
    const path = join(tempFolder(), 'x.json');
    writeFileSync(path, 'متن');
    expect(await readText(path, 100)).toBe('متن');
    writeFileSync(path, '');
    expect(await readText(path, 100)).toBe('');
  });

  it('and is larger than allowed is refused unread', async () => {
    const path = join(tempFolder(), 'x.json');
    writeFileSync(path, 'x'.repeat(2 * 1024 * 1024 + 1));
    expect(await problemOf(readText(path, 2 * 1024 * 1024))).toEqual({
      code: 'file-too-large',
      params: { limit: '2 MB' },
    });
  });

  it('that is not there, or a folder, says so', async () => {
    const folder = tempFolder();
    for (const path of [join(folder, 'none'), folder])
      expect(await problemOf(readText(path, 100))).toEqual({ code: 'file-unreadable', params: { path } });
  });

  it.runIf(process.platform !== 'win32')('that never ends is not read at all', async () => {
    const path = join(tempFolder(), 'endless');
    symlinkSync('/dev/zero', path);
    expect(await problemOf(readText(path, 100))).toEqual({ code: 'file-unreadable', params: { path } });
  });
});
