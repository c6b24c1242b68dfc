/** In both languages: what is typed runs by its first letter, icons stay on their side, names are cut at their end. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bridge } from '../../shared/contract/contract';
import { field, type Office, openFromSide, openOffice, shown } from './harness';

declare const window: { readonly patchbay: Bridge };

const persianName = 'سانترال بیمارستان کرج، ساختمان دوم، طبقهٔ همکف و پذیرش شبانه';
const languages = ['en', 'fa'] as const;

let office: Office;
let record: string;

beforeAll(async () => {
  office = await openOffice({ pbx: { size: 6 }, panel: { size: 2 } });
  const { page, pbx, pbxConnection } = office;
  record = String(pbx.records()[0]?._id);
  pbx.patch(record, { name: 'محمد ژاله‌پور' });
  const { id, createdAt: _made, updatedAt: _changed, ...draft } = pbxConnection;
  const renamed = await page.evaluate((input) => window.patchbay.connections.update(input), {
    connectionId: id,
    draft: { ...draft, name: persianName },
  });
  expect(renamed.ok).toBe(true);
  const read = await page.evaluate((connectionId) => window.patchbay.directory.sync({ connectionId }), id);
  expect(read.ok).toBe(true);
});
afterAll(() => office.dispose());

describe.each(languages)('in a window in %s', (language) => {
  const page = () => office.page;
  const along = language === 'en' ? 'ltr' : 'rtl';

  beforeAll(async () => {
    // The button names the other language.
    if (language === 'fa') await page().getByRole('contentinfo').locator('button[lang="fa"]').click();
    await page().locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
    await openFromSide(page(), persianName);
  });

  it('the filter runs by its first letter, and its icon stays where it is', async () => {
    const filter = filterIn(page());
    const icon = shown(page())
      .getByRole('toolbar')
      .first()
      .locator('.mantine-TextInput-section[data-position="left"]');
    const at = await leftOf(icon);
    for (const [text, direction] of [
      ['', along],
      ['کریمی', 'rtl'],
      ['karimi', 'ltr'],
      ['105', along],
    ] as const) {
      await filter.fill(text);
      await expect.poll(() => filter.getAttribute('dir')).toBe(direction);
      expect(await leftOf(icon)).toBe(at);
      expect(await clearOf(filter, icon)).toBe(true);
    }
    await filter.fill('');
  });

  it('what is technical is left to right, other fields follow their value, and nothing around them has a direction', async () => {
    await page().evaluate(() => document.fonts.ready.then(() => undefined));
    await filterIn(page()).fill('ژاله');
    await shown(page()).locator(`[data-record="${record}"]`).dblclick();
    await field(page(), 'name').waitFor();
    expect(await field(page(), 'name').getAttribute('dir')).toBe('rtl');
    expect(await field(page(), 'number').getAttribute('dir')).toBe('ltr');
    await field(page(), 'name').fill('Front desk');
    expect(await field(page(), 'name').getAttribute('dir')).toBe('ltr');
    await field(page(), 'name').fill('');
    expect(await field(page(), 'name').getAttribute('dir')).toBe(along);
    await field(page(), 'name').fill('محمد ژاله‌پور');
    expect(await page().locator('.mantine-Input-wrapper[dir], .mantine-InputWrapper-root[dir]').count()).toBe(
      0,
    );
    const sides = await shown(page())
      .locator('.mantine-Input-wrapper:has(.mantine-Select-input) [data-position="right"]')
      .evaluateAll((all) =>
        all.map((one) => {
          const around = one.parentElement?.getBoundingClientRect();
          const { left, right } = one.getBoundingClientRect();
          return around && left - around.left < around.right - right ? 'left' : 'right';
        }),
      );
    expect(new Set(sides)).toEqual(
      sides.length === 0 ? new Set() : new Set([along === 'ltr' ? 'right' : 'left']),
    );
  });

  it('a name that is too long is cut at its end', async () => {
    const names = page()
      .locator('nav [data-cut-text], [role="tab"] [data-cut-text]')
      .filter({ hasText: 'سانترال' });
    expect(await names.count()).toBeGreaterThan(1);
    expect(await names.evaluateAll((all) => all.map((one) => one.scrollWidth > one.clientWidth))).toContain(
      true,
    );
    // The first word is seen: it begins where the box does, on the side of its own direction.
    expect(
      await names.evaluateAll((all) =>
        all.map((one) => {
          const words = document.createRange();
          const text = one.firstChild;
          if (!text) return 'nothing';
          words.setStart(text, 0);
          words.setEnd(text, 3);
          const { left, right } = words.getBoundingClientRect();
          const box = one.getBoundingClientRect();
          return left >= box.left - 0.5 && right <= box.right + 0.5 ? 'seen' : 'cut';
        }),
      ),
    ).not.toContain('cut');
  });
});

const filterIn = (page: Page): Locator => shown(page).getByRole('toolbar').first().getByRole('textbox');

const leftOf = (element: Locator): Promise<number> =>
  element.evaluate((one) => Math.round(one.getBoundingClientRect().left));

/** Whether what is typed keeps clear of the icon. */
const clearOf = (input: Locator, icon: Locator): Promise<boolean> =>
  icon.elementHandle().then((other) =>
    input.evaluate((one, beside) => {
      const style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      const { left, right } = (beside as Element).getBoundingClientRect();
      const from = box.left + Number.parseFloat(style.paddingLeft);
      const to = box.right - Number.parseFloat(style.paddingRight);
      return right <= from + 1 || left >= to - 1;
    }, other),
  );
