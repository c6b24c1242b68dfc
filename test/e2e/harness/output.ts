import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { repository } from './repository';

/** Where a test leaves what a person may want to look at. Ignored by git. */
const outputDir = path.join(repository, 'test-output');

/** Leaves a picture of the window in test-output/. Returns its path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const file = path.join(outputDir, `${name.replace(/[^\p{L}\p{N}.-]+/gu, '-').slice(0, 120)}.png`);
  await mkdir(outputDir, { recursive: true });
  await page.screenshot({ path: file, animations: 'disabled' });
  return file;
}
