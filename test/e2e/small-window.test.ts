/** In the smallest window and at twice the size, in both languages: no button and no name leaves the window. */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bridge } from '../../shared/contract/contract';
import {
  cutOff,
  type Office,
  openFromSide,
  openOffice,
  overlapping,
  planAll,
  prepare,
  resize,
  shown,
} from './harness';

declare const window: { readonly patchbay: Bridge };

const pbxName = 'سانترال بیمارستان کرج، ساختمان دوم، طبقهٔ همکف و پذیرش شبانه';
const longEmail = 'reception.second-building.evening@telephony.department-of-patients.behin-sanat.example';
const languages = ['en', 'fa'] as const;
const sizes = [
  { name: 'at 800×560', width: 800, height: 560, factor: 1 },
  { name: 'at 1280×800 and 200 %', width: 1280, height: 800, factor: 2 },
];
const usual = { width: 1280, height: 800, factor: 1 };

let office: Office;

beforeAll(async () => {
  office = await openOffice({ pbx: { size: 12 }, panel: { size: 4 } });
  const { page, pbx, panel, pbxConnection, panelConnection } = office;
  const { id, createdAt: _made, updatedAt: _changed, ...draft } = pbxConnection;
  const renamed = await page.evaluate((input) => window.patchbay.connections.update(input), {
    connectionId: id,
    draft: { ...draft, name: pbxName },
  });
  expect(renamed.ok).toBe(true);
  for (const [at, record] of pbx.records().slice(0, 4).entries())
    await prepare(page, id, String(record._id), { email: `${at}.${longEmail}` });
  for (const record of panel.records().slice(0, 2))
    await prepare(page, panelConnection.id, String(record.user_id), { company: 'شرکت بهین صنعت' });
});
afterAll(() => office.dispose());

it('the window can be made as small as 800×560', async () => {
  const least = await (await office.app.browserWindow(office.page)).evaluate(
    (own: { getMinimumSize(): number[] }) => own.getMinimumSize(),
  );
  expect(least).toEqual([800, 560]);
});

it('everything gets larger by Ctrl +, smaller by Ctrl −, usual by Ctrl 0, and the settings and the profile know it', async () => {
  const { page } = office;
  const ratio = () => page.evaluate(() => Math.round(devicePixelRatio * 100));
  const usually = await ratio();
  await page.keyboard.press('Control+Equal');
  await expect.poll(ratio).toBe(Math.round(usually * 1.1));
  await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click();
  const chosen = shown(page).locator('[data-field="size"] input:checked');
  expect(await chosen.inputValue()).toBe('110');
  await page.keyboard.press('Control+Minus');
  await page.keyboard.press('Control+Minus');
  await expect.poll(ratio).toBe(Math.round(usually * 0.9));
  const info = await page.evaluate(() => window.patchbay.app.info());
  expect(info.ok && info.value.preferences.size).toBe(90);
  await page.keyboard.press('Control+Digit0');
  await expect.poll(ratio).toBe(usually);
});

describe.each(languages.flatMap((language) => sizes.map((size) => ({ ...size, language }))))(
  '$name in $language',
  ({ language, ...size }) => {
    beforeAll(async () => {
      const { page } = office;
      await resize(office, usual);
      const button = page.getByRole('contentinfo').locator(`button[lang="${language}"]`);
      // The button names the other language.
      if ((await button.count()) > 0) await button.click();
      await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
      await resize(office, size);
    });

    it('the overview keeps each connection’s name and actions in sight', async () => {
      const { page } = office;
      await openFromSide(page, language === 'en' ? 'Overview' : 'نمای کلی');
      const rows = shown(page).locator('tr[data-connection]');
      await expect.poll(() => rows.count()).toBe(2);
      await expect.poll(() => outside(rows.getByRole('button'))).toEqual([]);
    });

    it('the directory’s toolbar and the bar of the selection keep every button in sight', async () => {
      const { page } = office;
      await openFromSide(page, pbxName);
      await shown(page).locator('[data-record]').first().waitFor();
      const tick = shown(page).locator('[data-record] [data-tick]');
      await tick.nth(0).click();
      await tick.nth(1).click();
      await shown(page).locator('[data-selection="2"]').waitFor();
      for (const bar of await shown(page).getByRole('toolbar').all()) {
        const parts = bar.locator('button, input[type="text"], label');
        await expect.poll(() => outside(parts)).toEqual([]);
        await expect.poll(() => sideBySide(parts)).toEqual([]);
      }
      await page.keyboard.press('Escape');
    });

    it('a row of the plan shows record, server and new value whole, and the button to apply covers none', async () => {
      const { page } = office;
      await planAll(page);
      const rows = shown(page).locator('[data-record]');
      await expect.poll(() => rows.count()).toBeGreaterThan(2);
      await expect.poll(() => overlapping(rows)).toEqual([]);
      for (const part of ['[data-record-title]', '[data-connection-name]', '[data-next]'])
        await expect.poll(() => cutOff(rows.locator(part))).toEqual([]);
      const apply = shown(page).locator('button:has([data-stripe])').last();
      await expect.poll(() => outside(apply)).toEqual([]);
      const list = rows.first().locator('xpath=ancestor::section[1]');
      // Where head and foot leave too little for the rows the whole tab scrolls; at its end all rows can be read.
      await list.evaluate((one) => one.parentElement?.scrollTo(0, one.parentElement.scrollHeight));
      expect(await bottomOf(list)).toBeLessThanOrEqual((await topOf(apply)) + 1);
    });

    it('the tab in front is wholly in sight', async () => {
      await expect
        .poll(() => outside(office.page.locator('[role="tab"][aria-selected="true"]').first()))
        .toEqual([]);
    });
  },
);

const topOf = (one: Locator): Promise<number> =>
  one.evaluate((element) => element.getBoundingClientRect().top);
const bottomOf = (one: Locator): Promise<number> =>
  one.evaluate((element) => element.getBoundingClientRect().bottom);

/** Which of some elements that are seen reach beyond the window. */
function outside(elements: Locator): Promise<string[]> {
  return elements.evaluateAll((all) =>
    all.flatMap((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      if (width === 0) return [];
      return left < -0.5 || right > innerWidth + 0.5
        ? [one.getAttribute('aria-label') ?? one.textContent ?? '']
        : [];
    }),
  );
}

/** Which of some elements lie over another. */
function sideBySide(elements: Locator): Promise<string[]> {
  return elements.evaluateAll((all) => {
    const boxes = all
      .filter((one) => !all.some((other) => other !== one && other.contains(one)))
      .map((one) => ({
        name: one.getAttribute('aria-label') ?? one.textContent ?? '',
        box: one.getBoundingClientRect(),
      }))
      .filter(({ box }) => box.width > 1)
      .sort((a, b) => a.box.left - b.box.left);
    return boxes.flatMap(({ name, box }, at) => {
      const before = boxes[at - 1];
      return before && box.left < before.box.right - 0.5 ? [`${name} lies over ${before.name}`] : [];
    });
  });
}
