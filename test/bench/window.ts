import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { Bridge } from '../../shared/contract/contract';
import type { ConnectionId } from '../../shared/model/connection';
import { connect, demoPbx } from '../demo/connect';
import { demoSimotelAccount, startSimotel } from '../simulators';
import type { Figure } from './measure';
import { freshProfile, root, startProgram } from './program';

/*
 * The real window over a directory of 50,000: which tasks on its thread last longer than 50 ms (the browser's own count),
 * and how long a letter takes from the key to the disk meanwhile. Needs the built program, a display and a keyring:
 * `node scripts/headless.mjs -- npm run bench window`.
 */
const size = Number(process.env.PATCHBAY_BENCH_SIZE ?? 50_000);

declare const window: { readonly patchbay: Bridge } & Watched;

interface Watched {
  longTasks: number[];
  letters: number[];
  typing: boolean;
}

/** Opens the program on a fresh profile and does what a person does with a large directory. */
export async function benchWindow(): Promise<Figure[]> {
  const pbx = await startSimotel({ size });
  const profile = await freshProfile();
  const { page, stop } = await startProgram(root, profile.dir);
  try {
    const { id } = await connect(page, demoPbx(pbx.url, demoSimotelAccount));
    return await walk(page, id, String(pbx.records()[0]?._id));
  } finally {
    await stop();
    await pbx.stop();
    await profile.remove();
  }
}

async function walk(page: Page, connectionId: ConnectionId, remoteId: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  await watch(page, connectionId, remoteId);
  const measure = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    await page.evaluate(() => {
      window.longTasks.length = 0;
      window.letters.length = 0;
    });
    const began = performance.now();
    await work();
    const ms = performance.now() - began;
    // The observer is told of a task a little after its end.
    await page.waitForTimeout(300);
    const seen = await page.evaluate(() => ({ tasks: [...window.longTasks], letters: [...window.letters] }));
    const most = (list: readonly number[]) => Math.max(0, ...list).toFixed(0);
    figures.push({
      what,
      baseline: 'itself',
      ms,
      baselineMs: ms,
      more: `${seen.tasks.length} tasks over 50 ms in the window, longest ${most(seen.tasks)} ms; slowest letter ${most(seen.letters)} ms`,
    });
  };
  const filter = page.getByRole('textbox', { name: /filter/i }).first();
  const rows = page.locator('[data-record]:visible');

  await typeLetters(page, true);
  await measure(`sync ${size}`, () => sync(page, connectionId));
  await measure('sync again, all the same', () => sync(page, connectionId));
  await measure('open the directory', async () => {
    await page.getByRole('navigation').getByRole('button', { name: 'Tehran PBX' }).first().click();
    await rows.first().waitFor();
  });
  await typeLetters(page, false);
  await measure('filter, six keystrokes', async () => {
    await filter.pressSequentially('علی 10', { delay: 120 });
    await page.waitForTimeout(1_000);
  });
  await filter.fill('');
  await rows.nth(3).waitFor();
  await measure('scroll through', async () => {
    await rows.first().hover();
    for (let turn = 0; turn < 60; turn += 1) {
      await page.mouse.wheel(0, 20_000);
      await page.waitForTimeout(30);
    }
    await rows.first().waitFor();
  });
  await measure('sort by name', async () => {
    await page.locator('[role="columnheader"][data-column="name"]').first().click();
    await page.waitForTimeout(2_000);
  });
  await measure('select all', () =>
    page.evaluate(
      (id) =>
        window.patchbay.selection.change({
          connectionId: id,
          query: { text: '', sort: null, onlyChanged: false },
          action: { do: 'all' },
        }),
      connectionId,
    ),
  );
  await typeLetters(page, true);
  await measure(`prepare ${size} changes in one bulk edit`, () => bulkEdit(page, connectionId));
  await measure('the work orders', async () => {
    await page.getByRole('navigation').getByRole('button', { name: 'Work orders' }).first().click();
    await rows.nth(3).waitFor();
    await page.waitForTimeout(1_000);
  });
  await measure('the plan of all of them', async () => {
    await page
      .locator('button', { hasText: /^Review/ })
      .locator('visible=true')
      .first()
      .click();
    await page.locator('[data-plan] [data-record]').first().waitFor();
    await page.waitForTimeout(1_000);
  });
  return figures;
}

/** Records long tasks from now on; letters are typed when `typeLetters` says so. */
async function watch(page: Page, connectionId: ConnectionId, remoteId: string): Promise<void> {
  await page.evaluate(
    ({ connectionId, remoteId }) => {
      window.longTasks = [];
      window.letters = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longTasks.push(duration);
      }).observe({ type: 'longtask' });
      let turn = 0;
      setInterval(() => {
        if (!window.typing) return;
        const began = performance.now();
        turn += 1;
        void window.patchbay.changes
          .setField({ connectionId, remoteId, field: 'description', next: `typed ${turn}` })
          .then(() => window.letters.push(performance.now() - began));
      }, 200);
    },
    { connectionId, remoteId },
  );
}

/** Types a letter five times a second, or no more. */
async function typeLetters(page: Page, on: boolean): Promise<void> {
  await page.evaluate((typing) => {
    window.typing = typing;
  }, on);
}

async function sync(page: Page, connectionId: ConnectionId): Promise<void> {
  const answer = await page.evaluate(
    (id) => window.patchbay.directory.sync({ connectionId: id }),
    connectionId,
  );
  if (!answer.ok) throw new Error(`directory.sync: ${answer.problem.code}`);
}

async function bulkEdit(page: Page, connectionId: ConnectionId): Promise<void> {
  const said = await page.evaluate(
    async ({ id, jobs: [first = '', second = ''] }) => {
      const { bulk, batches } = window.patchbay;
      const opened = await bulk.open({ connectionId: id, records: 'all', sort: null, rules: { none: true } });
      if (!opened.ok) return opened.problem.code;
      const ruled = await bulk.setRule({
        connectionId: id,
        field: 'description',
        rule: { rule: 'set', value: 'prepared for all' },
      });
      if (!ruled.ok) return ruled.problem.code;
      const preview = await bulk.preview({ connectionId: id, job: first });
      if (!preview.ok) return preview.problem.code;
      const prepared = await batches.prepare({ batchId: preview.value.id, job: second });
      return prepared.ok ? 'done' : prepared.problem.code;
    },
    { id: connectionId, jobs: [randomUUID(), randomUUID()] },
  );
  if (said !== 'done') throw new Error(`bulk edit: ${said}`);
}
