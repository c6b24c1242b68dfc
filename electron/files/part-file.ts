import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { privateFile } from '../storage/private';

/**
 * A new empty file beside its place, for what gets its name when it is whole. Under a name that nobody can know before,
 * and made here: one that somebody has put there, or a link to another, is not written to. It is its owner's alone.
 */
export function newPart(target: string): string {
  const random = randomBytes(9).toString('hex');
  const path = join(dirname(target), `.${basename(target).slice(0, 100)}.${random}.part`);
  closeSync(openSync(path, 'wx', privateFile));
  return path;
}
