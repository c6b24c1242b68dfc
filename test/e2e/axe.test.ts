/**
 * Axe finds nothing. Every view and the dialogs of connections: in both languages. Views: light, dark, and in the system's
 * own colours; dialogs: light and dark; menus: light. All other dialogs and menus in English only: they are the same
 * elements and colours in Persian, with other words. Of what opens only itself is looked at, not again what is under it.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as en from '../../shared/words/en';
import * as fa from '../../shared/words/fa';
import { launchPatchbay, type Office, openOffice, shown } from './harness';
import { axeFindings, type Look, looks, menuButtons } from './harness/axe';
import { everythingPrepared } from './harness/everything';

const words = { en, fa } as const;
const allLooks = Object.keys(looks) as Look[];
/** What opens over a view is made of its colours: the dark look and the light one tell. */
const partLooks = ['light', 'dark'] as const;

describe.each(['en', 'fa'] as const)('in %s', (language) => {
  const say = words[language];
  let office: Office;
  let page: Page;

  beforeAll(async () => {
    office = await openOffice({
      pbx: { size: 12 },
      panel: { size: 8 },
      launch: { locale: language, size: { width: 1280, height: 800 } },
    });
    ({ page } = office);
    await everythingPrepared(office);
  });
  afterAll(() => office.dispose());

  it('in every view, light, dark and in forced colours', async () => {
    for (const [id] of await tabsOf(page)) {
      await front(page, id);
      await clean(page, id);
    }
  });

  it('in the dialogs of connections, light and dark', async () => {
    const side = page.getByRole('navigation').first();
    await side.getByRole('button', { name: say.shell.side.add }).click();
    await dialogClean(page, 'add');
    await side.getByRole('button', { name: say.shell.side.add }).click();
    await page.getByRole('dialog').locator('[data-field="name"]').fill('Half typed');
    await page.getByRole('dialog').locator('[data-field="baseUrl"]').fill('nonsense host::');
    await page.keyboard.press('Enter');
    await partClean(page.getByRole('dialog').last(), 'add with faults', partLooks);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').getByRole('alert').last().waitFor();
    await partClean(page.getByRole('dialog').last(), 'leave question', partLooks);
    await page.getByRole('button', { name: say.connections.leave.discard }).click();
    for (const entry of ['edit', 'duplicate', 'remove'] as const) {
      await side.locator('[data-connection]').first().click({ button: 'right' });
      await page.getByRole('menuitem', { name: say.connections.menu[entry] }).click();
      await dialogClean(page, entry);
    }
  });

  if (language === 'fa') return;

  it('in every menu of every view, light', async () => {
    for (const [id] of await tabsOf(page)) {
      await front(page, id);
      await menusClean(page, shown(page), id);
    }
    await menusClean(page, page.getByRole('banner'), 'banner');
    await menusClean(page, page.getByRole('navigation').first(), 'navigation');
  });

  it('in the grid with a selection, its row’s menu, its columns, light and (but for the menu) dark', async () => {
    await front(page, 'directory');
    const grid = shown(page).getByRole('grid');
    await grid.locator('[data-record]').first().waitFor();
    await grid.focus();
    await page.keyboard.press('Control+a');
    await shown(page).locator('[data-selection]').waitFor();
    await partClean(shown(page), 'selection', partLooks);
    await menusClean(page, shown(page).locator('[data-selection]'), 'selection');
    await page.keyboard.press('Escape');
    await grid.focus();
    await page.keyboard.press('Shift+F10');
    await openMenu(page).waitFor();
    await partClean(openMenu(page), 'row menu', ['light']);
    await page.keyboard.press('Escape');
    await openMenu(page).waitFor({ state: 'detached' });
    await shown(page).getByRole('button', { name: say.directory.columns, exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await partClean(page.getByRole('dialog').last(), 'columns', partLooks);
    await page.keyboard.press('Escape');
    await grid.focus();
    await page.keyboard.press('Escape');
  });

  it('in the editor’s pages, with the words of a field, a secret, a calendar, light and dark', async () => {
    await front(page, 'editor');
    for (const of of await shown(page).locator('[data-page]').all()) {
      await of.click();
      await partClean(shown(page), `editor ${await of.getAttribute('data-page')}`, partLooks);
    }
    await shown(page).locator('[data-page]').first().click();
    await shown(page).locator('[data-row="name"] button').first().click();
    await page.getByRole('dialog').waitFor();
    await partClean(page.getByRole('dialog').last(), 'words of a field', partLooks);
    await page.keyboard.press('Escape');
    await front(page, 'editor', 1);
    await shown(page).locator('[data-page="access"]').click();
    await shown(page).locator('[data-pick-day]').click();
    await page.getByRole('dialog').waitFor();
    await partClean(page.getByRole('dialog').last(), 'calendar', partLooks);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('in the palette, with what it finds and with nothing found, light and dark', async () => {
    for (const typed of ['', '1', 'زززز']) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').last().fill(typed);
      await page.getByRole('option').first().or(page.getByText(say.shell.palette.nothing)).waitFor();
      await dialogClean(page, `palette "${typed}"`);
    }
  });

  it('in the dialogs of work orders and of applying, light and dark', async () => {
    await front(page, 'work-orders');
    await shown(page).getByRole('button', { name: say.workorders.page.create }).click();
    await dialogClean(page, 'new work order');
    await menuThen(page, shown(page).locator('[data-order]:has([aria-haspopup])').first(), 0, 0);
    await dialogClean(page, 'file of a work order');
    await menuThen(page, shown(page).locator('[data-order]:has([aria-haspopup])').first(), 1, 0);
    await dialogClean(page, 'edit work order');
    await menuThen(page, shown(page).locator('[data-order]:has([aria-haspopup])').first(), 1, -1);
    await dialogClean(page, 'close work order');
    await front(page, 'plan');
    await shown(page).getByRole('button', { name: say.workorders.plan.dryRun }).click();
    await partClean(shown(page), 'plan with requests', partLooks);
    await shown(page).locator('footer button').last().click();
    await dialogClean(page, 'confirm');
  });

  it('in the dialogs of the history, light and dark', async () => {
    await front(page, 'history');
    await shown(page).locator('[data-toggle]').first().click();
    const actions = shown(page).getByRole('group', { name: say.journal.action.label });
    await partClean(shown(page), 'entry', partLooks);
    for (const name of ['revert', 'revertOrder', 'revertTo', 'compare'] as const) {
      await actions.getByRole('button', { name: say.journal.action[name], exact: true }).click();
      await dialogClean(page, name);
    }
    await actions.getByRole('button', { name: say.journal.action.revert, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: say.journal.revert.prepare }).click();
    await page.getByRole('dialog').locator('[data-report]').waitFor();
    await dialogClean(page, 'reverted');
  });

  it('in the dialogs of templates, spreadsheets and settings, light and dark', async () => {
    await front(page, 'editor');
    await menuThen(page, shown(page).locator('header'), 0, 1);
    await dialogClean(page, 'save as a template');
    await menuThen(page, shown(page).locator('header'), 0, 0);
    await dialogClean(page, 'copy settings');
    await front(page, 'templates');
    for (const name of [say.templates.apply, say.templates.drift, say.templates.create.menu]) {
      await shown(page).getByRole('button', { name }).click();
      await dialogClean(page, name);
    }
    await menuThen(page, shown(page).locator('[data-template]'), 0, -1);
    await dialogClean(page, 'remove template');
    await front(page, 'directory');
    await shown(page).getByRole('button', { name: say.sheets.menu, exact: true }).click();
    await page.getByRole('menuitem', { name: say.sheets.writeOut }).click();
    await dialogClean(page, 'export');
    await front(page, 'settings');
    for (const name of [say.settings.aboutBox.licences, say.settings.support.readLog]) {
      await shown(page).getByRole('button', { name }).click();
      await dialogClean(page, name);
    }
  });
});

it.each(['en', 'fa'] as const)(
  'in the first window, in %s, light, dark and in forced colours',
  async (language) => {
    const { page } = await launchPatchbay({ locale: language });
    await page.getByRole('navigation').waitFor();
    await clean(page, 'first window');
  },
);

/** The open tabs: kind, and which of its kind. */
async function tabsOf(page: Page): Promise<readonly (readonly [string, Locator])[]> {
  const all = await page.locator('[role="tab"][id^="tab-"]').all();
  return Promise.all(
    all.map(async (tab) => [(await tab.getAttribute('id'))?.replace('tab-', '') ?? '', tab] as const),
  );
}

/** Brings a tab to the front, and waits until what loads has loaded. */
async function front(page: Page, id: string, at = 0): Promise<void> {
  await page.locator(`[role="tab"][id^="tab-${id}"]`).nth(at).click();
  await shown(page).waitFor();
  await expect.poll(async () => (await shown(page).innerText()).trim().length).toBeGreaterThan(5);
  await expect.poll(() => shown(page).locator('.mantine-Loader-root').count()).toBe(0);
}

/** Nothing is found in the window as it stands, in each of the looks. */
async function clean(page: Page, where: string): Promise<void> {
  await partClean(page.locator(':root'), where);
}

/** Nothing is found in what has just opened: what stands under it has been looked at with its view. */
async function partClean(part: Locator, where: string, inLooks: readonly Look[] = allLooks): Promise<void> {
  for (const look of inLooks) {
    expect.soft(await axeFindings(part, look), `${where}, ${look}`).toEqual([]);
  }
}

/** Nothing is found in the dialog that stands open; it is closed then. */
async function dialogClean(page: Page, where: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await partClean(dialog, where, partLooks);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

const openMenu = (page: Page): Locator => page.locator('[role="menu"]:visible');

async function menusClean(page: Page, within: Locator, where: string): Promise<void> {
  const buttons = await menuButtons(within);
  for (const [at, button] of buttons.slice(0, 4).entries()) {
    if (await button.isDisabled()) continue;
    await button.click();
    await openMenu(page).waitFor();
    await partClean(openMenu(page), `${where}, menu ${at}`, ['light']);
    await page.keyboard.press('Escape');
    await openMenu(page).waitFor({ state: 'detached' });
  }
}

/** Chooses an entry of one of the menus of a part. */
async function menuThen(page: Page, within: Locator, menu: number, entry: number): Promise<void> {
  await within.locator('[aria-haspopup="menu"]').nth(menu).click();
  const items = openMenu(page).getByRole('menuitem');
  await (entry < 0 ? items.last() : items.nth(entry)).click();
}
