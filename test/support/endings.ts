import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Runs something when the test is over; the last registered runs first. */
export function atEnd(end: () => unknown): void {
  endings.push(end);
}

/** A folder for one test, removed after it. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-test-'));
  atEnd(() => removeFolder(folder));
  return folder;
}

/**
 * Removes a folder into which processes of a killed program may still write: starts over as a whole, since Node's own
 * retries miss new files.
 */
export async function removeFolder(folder: string): Promise<void> {
  for (let left = 60; ; left -= 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
