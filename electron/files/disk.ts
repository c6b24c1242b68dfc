import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail, ProblemError } from '../../shared/model/problem';
import { privateFile } from '../storage/private';

/**
 * Writes a file whole or not at all: into a temporary file beside it, flushed, then renamed. Until then the former file
 * stays. Streamed content is never whole in memory; if producing it throws a problem, nothing is left and that problem
 * is thrown.
 * @throws ProblemError `file-not-saved` with the reason
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array | AsyncIterable<string>,
): Promise<void> {
  const beside = join(
    dirname(path),
    `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`,
  );
  let made = false;
  try {
    // Private: it may hold secrets, and the folder may be open to all.
    const file = await open(beside, 'wx', privateFile);
    made = true;
    try {
      await writeFile(file, content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    await syncFolder(dirname(path));
  } catch (error) {
    if (made) await unlink(beside).catch(() => undefined);
    if (error instanceof ProblemError) throw error;
    fail('file-not-saved', { path, reason: reasonOf(error) });
  }
}

/** Reads a text file of at most `most` bytes. @throws ProblemError `file-too-large`, `file-unreadable` */
export async function readText(path: string, most: number): Promise<string> {
  return (await readBytes(path, most)).toString('utf8');
}

/** Reads a file of at most `most` bytes. @throws ProblemError `file-too-large`, `file-unreadable` */
export async function readBytes(path: string, most: number): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    // Checked before opening: opening a pipe waits for its writer.
    const { size, isFile } = await about(path);
    if (!isFile) return fail('file-unreadable', { path });
    if (size > most) return fail('file-too-large', { limit: sizeWords(most) });
    file = await open(path, 'r');
    // One byte more than its size: it may grow while it is read.
    const bytes = Buffer.alloc(size + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (bytesRead === 0 || length === bytes.length) break;
    }
    return bytes.subarray(0, length);
  } catch (error) {
    if (isSystemError(error)) return fail('file-unreadable', { path });
    throw error;
  } finally {
    await file?.close();
  }
}

async function about(path: string): Promise<{ size: number; isFile: boolean }> {
  const found = await stat(path);
  return { size: found.size, isFile: found.isFile() };
}

/** Flushes the folder, which makes the new name durable. Not every system allows it. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // The file is whole either way; only its name could be lost in a power cut.
  }
}

function reasonOf(error: unknown): string {
  const code = isSystemError(error) ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return 'disk-full';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'not-allowed';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'folder-gone';
  return 'file-failed';
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function sizeWords(bytes: number): string {
  return `${Math.floor(bytes / (1024 * 1024))} MB`;
}
