import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Has something closed when the test is over, the last first. */
export function atEnd(end: () => unknown): void {
  endings.push(end);
}

/** A folder for one test, removed after it. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-test-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
