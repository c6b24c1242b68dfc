/** In a small window and at twice the size: what will be written where can be read, in plan, run and history. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bridge } from '../../shared/contract/contract';
import type { Connection } from '../../shared/model/connection';
import {
  applyTicked,
  atServer,
  cutOff,
  heightOf,
  type Office,
  openFromSide,
  openOffice,
  overlapping,
  planAll,
  prepare,
  readAgain,
  resize,
  runEnded,
  shown,
} from './harness';

declare const window: { readonly patchbay: Bridge };

const pbxName = 'سانترال بیمارستان کرج، ساختمان دوم، طبقهٔ همکف و پذیرش شبانه';
const panelName = 'Message panel of Behin Sanat Gostar, Tehran and Isfahan branches';
const longName = 'Front desk of the second building, evening shift, for Mrs. Mohammadi-Nezhad';
const persianName = 'پذیرش شبانهٔ ساختمان دوم، جانشین خانم محمدی‌نژاد از اول آذر تا پایان اسفند';
const longEmail = 'reception.second-building.evening@telephony.department-of-patients.behin-sanat.example';

const sizes = [
  { name: 'at 800×560', width: 800, height: 560, factor: 1 },
  { name: 'at 1024×640', width: 1024, height: 640, factor: 1 },
  { name: 'at 1280×800 and 200 %', width: 1280, height: 800, factor: 2 },
];
const usual = { width: 1280, height: 800, factor: 1 };

let office: Office;
let pbxIds: string[];
let panelIds: string[];

beforeAll(async () => {
  office = await openOffice({ pbx: { size: 12 }, panel: { size: 8 } });
  const { page, pbx, panel, pbxConnection, panelConnection } = office;
  await rename(page, pbxConnection, pbxName);
  await rename(page, panelConnection, panelName);
  pbxIds = pbx.records().map((record) => String(record._id));
  panelIds = panel.records().map((record) => String(record.user_id));
  pbxIds.forEach((id, at) => {
    pbx.patch(id, { name: at % 2 === 0 ? longName : persianName });
  });
  panelIds.forEach((id, at) => {
    panel.patch(id, { name: at % 2 === 0 ? persianName : longName });
  });
  for (const { id } of [pbxConnection, panelConnection]) {
    const read = await page.evaluate((connectionId) => window.patchbay.directory.sync({ connectionId }), id);
    expect(read.ok).toBe(true);
  }
  for (const [at, id] of pbxIds.entries()) {
    await prepare(page, pbxConnection.id, id, {
      name: at % 2 === 0 ? persianName.replace('دوم', 'سوم') : `${longName}, third floor`,
      email: `${at}.${longEmail}`,
    });
  }
  for (const id of panelIds) {
    await prepare(page, panelConnection.id, id, { company: `شرکت ${persianName}` });
  }
  // Not written: somebody else was quicker, the record is gone, the server says it already.
  pbx.patch(pbxIds[0] ?? '', { email: 'somebody@else.example' });
  pbx.patch(pbxIds[1] ?? '', { name: `${longName}, third floor`, email: `1.${longEmail}` });
});

afterAll(() => office.dispose());

describe.each(sizes)('$name', (size) => {
  it('every row of the plan shows record, id, server and new value whole, and no row lies over another', async () => {
    const { page } = office;
    await planned();
    await resize(office, size);
    await rowsAreRead(page);
    await resize(office, usual);
    await rowsAreRead(page);
  });

  it('the button names every server, and the question lists each with its count and what stays behind', async () => {
    const { page } = office;
    await planned();
    await resize(office, size);
    const apply = shown(page).getByRole('button', { name: /^Apply \d/ });
    for (const name of [pbxName, panelName]) expect(await apply.innerText()).toContain(name);
    expect(await cutOff(apply)).toEqual([]);
    expect(await apply.locator('[data-stripe]').count()).toBe(2);
    await inSight(page, '[data-plan]:visible button:has([data-stripe])');
    await apply.click();
    const dialog = page.getByRole('dialog');
    const lines = dialog.getByRole('listitem');
    expect(await lines.count()).toBe(2);
    expect(await lines.filter({ hasText: pbxName }).innerText()).toContain('10 changes');
    expect(await lines.filter({ hasText: panelName }).innerText()).toContain('8 changes');
    expect(await cutOff(dialog.locator('[data-connection-name]'))).toEqual([]);
    await dialog.getByText('1 conflict, 1 without change are not written.').waitFor();
    const confirm = dialog.getByRole('button', { name: /^Apply/ });
    for (const name of [pbxName, panelName]) expect(await confirm.innerText()).toContain(name);
    await inSight(page, '[role="dialog"] button:has([data-stripe])');
    await dialog.getByRole('button', { name: 'Cancel' }).last().click();
    await dialog.waitFor({ state: 'hidden' });
  });

  it('the frame leaves room for the tab, shows how much is prepared, and cuts no part of the status bar', async () => {
    const { page } = office;
    await openFromSide(page, panelName);
    await resize(office, size);
    const chip = page.getByRole('banner').getByRole('button', { name: /^WO-/ });
    expect(await chip.innerText()).toMatch(/\d+ changes/);
    expect(await cutOff(chip.locator('> *:not([data-order-name])').filter({ hasText: /\S/ }))).toEqual([]);
    for (const button of await page.getByRole('banner').getByRole('button').all())
      expect(await isOnTop(button)).toBe(true);
    const side = page.getByRole('navigation');
    const width = await side.evaluate((one) => one.getBoundingClientRect().width / innerWidth);
    expect(width).toBeLessThan(0.2);
    // Each page and connection keeps its name for those who do not see the mark.
    for (const name of ['History', 'Work orders', panelName])
      expect(await side.getByRole('button', { name, exact: false }).count()).toBeGreaterThan(0);
    expect(await halfSeen(page.getByRole('contentinfo'))).toEqual([]);
    expect(await page.getByRole('contentinfo').innerText()).toContain('not encrypted');
    await resize(office, usual);
  });

  it('the list of work orders shows each record and new value whole', async () => {
    const { page } = office;
    await openFromSide(page, 'Work orders');
    await resize(office, size);
    const rows = shown(page).locator('[data-record]');
    await expect.poll(() => rows.count()).toBeGreaterThan(2);
    await expect.poll(() => overlapping(rows)).toEqual([]);
    for (const part of ['[data-record-title]', '[data-next]'])
      expect(await cutOff(rows.locator(part)), part).toEqual([]);
    expect(await cutOff(shown(page).locator('[data-connection-name]'))).toEqual([]);
    expect(await cutOff(shown(page).getByRole('button').filter({ hasText: /\S/ }))).toEqual([]);
    await resize(office, usual);
  });

  it('the editor keeps the record’s and the server’s name in sight', async () => {
    const { page } = office;
    await planned();
    await resize(office, size);
    await shown(page).locator(`[data-record="${pbxIds[2]}"] [data-record-title]`).click();
    await shown(page).getByRole('tablist', { name: 'Groups of fields' }).waitFor();
    const head = shown(page).locator('header').first();
    expect(await head.innerText()).toContain(pbxName);
    expect((await head.getByRole('heading').innerText()).replace(/\s+/g, ' ')).toContain(longName);
    expect(await cutOff(head.getByRole('heading'))).toEqual([]);
    expect(await cutOff(head.locator('[data-connection-name]'))).toEqual([]);
    await inSight(page, 'main [role="tabpanel"]:visible header h2');
    await inSight(page, 'main [role="tabpanel"]:visible header [data-connection-name]');
  });
});

it('a long plan’s rows keep below each other while window and size change', async () => {
  const many = await openOffice({ pbx: { size: 130 }, panel: { size: 1 } });
  const { page, pbx, pbxConnection } = many;
  const ids = pbx.records().map((record) => String(record._id));
  for (const [at, id] of ids.entries()) {
    await prepare(page, pbxConnection.id, id, {
      email: at % 3 === 0 ? `${at}.${longEmail}` : `${at}@a.example`,
    });
  }
  await planAll(page);
  const list = shown(page).getByRole('region', { name: 'Planned changes' });
  await list.locator('[data-record]').first().waitFor();
  for (const size of [...sizes, usual]) {
    await resize(many, size);
    for (const part of [0.5, 1, 0.25, 0]) {
      await list.evaluate(
        (frame, of) => frame.scrollTo(0, (frame.scrollHeight - frame.clientHeight) * of),
        part,
      );
      // Measured rows take their places by and by.
      await expect.poll(() => overlapping(list.locator('[data-record]'))).toEqual([]);
      await expect.poll(() => cutOff(list.locator('[data-record] [data-next]'))).toEqual([]);
    }
  }
});

it('a run that is paused, its end and its history can be read at every size', async () => {
  const { page, pbx } = office;
  await resize(office, usual);
  await planned();
  const slow = pbx.failOn({ path: '/update' }, { kind: 'delay', beforeMs: 1_000 });
  await applyTicked(page);
  const broken = pbx.failOn({ path: '/search' }, 'resetBeforeBody');
  await atServer(page, pbxName, 'paused').waitFor();
  for (const size of sizes) {
    await resize(office, size);
    await rowsAreRead(page);
    const foot = shown(page).locator('[data-run]');
    expect(await cutOff(foot.locator('[data-connection-name]'))).toEqual([]);
    const tab = await heightOf(page, shown(page));
    expect(await heightOf(page, foot)).toBeLessThan(tab * 0.5);
    if (size.factor === 1) expect(await heightOf(page, foot)).toBeLessThan(200);
    expect(await shown(page).getByRole('button', { name: 'Try again' }).isVisible()).toBe(true);
  }
  await resize(office, usual);
  slow.clear();
  broken.clear();
  await shown(page).getByRole('button', { name: 'Try again' }).click();
  await runEnded(page);
  for (const size of [...sizes, usual]) {
    await resize(office, size);
    await rowsAreRead(page);
  }
  await openFromSide(page, 'History');
  await shown(page).locator('[data-seq]').nth(4).waitFor();
  for (const size of [...sizes, usual]) {
    await resize(office, size);
    await rowsAreRead(page);
  }
});

/** Brings the plan of all changes to the front, read anew. */
async function planned(): Promise<void> {
  const { page } = office;
  await resize(office, usual);
  await planAll(page);
  await shown(page).locator(`[data-record="${pbxIds[0]}"]`).waitFor();
  await readAgain(page);
  await shown(page).locator('[data-filter="conflict"]').waitFor();
}

/** What identifies each row in front and what is written is whole: below each other if not beside each other. */
async function rowsAreRead(page: Page): Promise<void> {
  const rows = shown(page).locator('[data-record]');
  expect(await rows.count()).toBeGreaterThan(2);
  await expect.poll(() => overlapping(rows)).toEqual([]);
  for (const part of ['[data-record-title]', '[data-record-id]', '[data-connection-name]', '[data-next]']) {
    const one = rows.locator(part);
    expect(await one.count(), part).toBeGreaterThan(2);
    expect(await cutOff(one), part).toEqual([]);
  }
  const lacking = await rows.evaluateAll((all) =>
    all.flatMap((row) =>
      ['[data-record-title]', '[data-record-id]', '[data-connection-name]'].flatMap((part) =>
        row.querySelector(part) ? [] : [`${row.getAttribute('data-record')} has no ${part}`],
      ),
    ),
  );
  expect(lacking).toEqual([]);
}

/** Whether a click in an element's middle reaches it. */
const isOnTop = (element: Locator): Promise<boolean> =>
  element.evaluate((one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return left >= 0 && right <= innerWidth + 0.5 && there !== null && one.contains(there);
  });

/** Which parts of the status bar are seen, but not wholly; only a long name may end in dots. */
const halfSeen = (bar: Locator): Promise<string[]> =>
  bar.evaluate((footer) => {
    const frame = footer.getBoundingClientRect();
    return [...footer.querySelectorAll('div > span, div > button, :scope > button')].flatMap((part) => {
      const box = part.getBoundingClientRect();
      const around = (part.parentElement ?? footer).getBoundingClientRect();
      if (box.top >= frame.bottom - 1) return [];
      const whole = box.left >= around.left - 0.5 && box.right <= around.right + 0.5;
      return whole ? [] : [part.textContent ?? ''];
    });
  });

/** Waits until an element is wholly in the window, without scrolling it there. */
async function inSight(page: Page, selector: string): Promise<void> {
  const outside = () =>
    page.evaluate((one) => {
      const boxes = [...document.querySelectorAll(one.replaceAll(':visible', ''))]
        .filter((element) => getComputedStyle(element).visibility === 'visible')
        .map((element) => element.getBoundingClientRect());
      if (boxes.length === 0) return ['not there'];
      return boxes
        .filter(
          ({ top, bottom, left, right }) =>
            top < 0 || left < 0 || bottom > innerHeight + 0.5 || right > innerWidth + 0.5,
        )
        .map((box) => JSON.stringify(box));
    }, selector);
  await expect.poll(outside).toEqual([]);
}

async function rename(page: Page, connection: Connection, name: string): Promise<void> {
  const { id, createdAt: _made, updatedAt: _changed, ...draft } = connection;
  const answer = await page.evaluate((input) => window.patchbay.connections.update(input), {
    connectionId: id,
    draft: { ...draft, name },
  });
  if (!answer.ok) throw new Error(`connections.update: ${answer.problem.code}`);
}
