import type { Page } from 'playwright-core';
import { fullProfile, size } from './full-profile';
import { type Figure, percentile } from './measure';
import { bare, freshProfile, root, startProgram } from './program';

const rounds = Number(process.env.PATCHBAY_BENCH_ROUNDS ?? 7);
/** What a window settles in, before its memory is looked at. */
const calmMs = 3_000;
const editors = 10;

const states = ['bare', 'grid', 'filtered', 'editors'] as const;
type Round = Readonly<Record<(typeof states)[number], number>>;

/*
 * Memory (PSS, Linux) of all processes: a bare window of the same Electron, and in turn the program with a large directory
 * in front, after it was filtered, and with ten editors besides. Needs the built program, a display and a keyring.
 */
export async function benchMemory(): Promise<Figure[]> {
  const full = await fullProfile();
  const found: Round[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) found.push(await measureRound(full.dir));
  } finally {
    await full.remove();
  }
  const of = (state: (typeof states)[number]) => found.map((round) => round[state]);
  const bareMb = percentile(of('bare'), 50);
  const figure = (what: string, state: (typeof states)[number]): Figure => {
    const all = of(state);
    const ms = percentile(all, 50);
    const spread = `${Math.min(...all).toFixed(0)}–${Math.max(...all).toFixed(0)} MB over ${all.length}`;
    const more = `${(ms - bareMb).toFixed(0)} MB above it, ${spread}`;
    return { what, baseline: 'a bare window', unit: 'MB', ms, baselineMs: bareMb, more };
  };
  return [
    figure(`memory (PSS) with ${size} records in the grid`, 'grid'),
    figure('the same after they were filtered', 'filtered'),
    figure(`the same with ${editors} editors besides`, 'editors'),
  ];
}

async function measureRound(full: string): Promise<Round> {
  const empty = await freshProfile();
  try {
    const one = await startProgram(bare, empty.dir);
    const bareMb = await calm(one.page, one.pss);
    await one.stop();
    const { page, pss, stop } = await startProgram(root, full);
    const rows = page.locator('[data-record]:visible');
    await rows.first().waitFor();
    const grid = await calm(page, pss);
    const filter = page.getByRole('textbox', { name: /filter/i }).first();
    const all = await page.getByRole('grid').getAttribute('aria-rowcount');
    await filter.fill('10');
    await page.waitForFunction(
      (before) => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') !== before,
      all,
    );
    await filter.fill('');
    await page.locator(`[role=grid][aria-rowcount="${all}"]`).waitFor();
    const filtered = await calm(page, pss);
    await openEditors(page);
    const withEditors = await calm(page, pss);
    await closeEditors(page);
    await stop();
    return { bare: bareMb, grid, filtered, editors: withEditors };
  } finally {
    await empty.remove();
  }
}

async function calm(page: Page, pss: () => Promise<number>): Promise<number> {
  await page.waitForTimeout(calmMs);
  return pss();
}

async function openEditors(page: Page): Promise<void> {
  for (let at = 0; at < editors; at += 1) {
    const row = page.locator('[data-record]:visible').nth(at);
    const id = await row.getAttribute('data-record');
    await row.dblclick();
    await page.locator(`[data-editor="${id}"] input:visible`).first().waitFor();
    await page
      .getByRole('tab', { name: /Tehran PBX$/ })
      .first()
      .click();
    await page.locator('[data-record]:visible').first().waitFor();
  }
}

/** The next start shall show the grid alone again. */
async function closeEditors(page: Page): Promise<void> {
  for (let left = editors; left > 0; left -= 1)
    await page.getByRole('tablist').first().getByRole('button').last().click();
  await page.waitForTimeout(1_000);
}
