import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { privateFile } from '../storage/private';

/**
 * Creates an empty temporary file beside its target, for renaming once it is complete. The name is unpredictable and
 * must be new, so that a file or link planted there is never written to. Private to its owner.
 */
export function newPart(target: string): string {
  const random = randomBytes(9).toString('hex');
  const path = join(dirname(target), `.${basename(target).slice(0, 100)}.${random}.part`);
  closeSync(openSync(path, 'wx', privateFile));
  return path;
}
