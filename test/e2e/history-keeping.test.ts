/** The check of the chain, archives and the database's size in the running window, in both languages. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { ElectronApplication, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { Journal } from '../../electron/journal/journal';
import { openProfile } from '../../electron/keeping/open-profile';
import { type Keyring, startKeyring } from '../../scripts/lib/keyring.mjs';
import type { Bridge } from '../../shared/contract/contract';
import { connectionIdSchema } from '../../shared/model/connection';
import { tempFolder } from '../support/endings';
import { launchPatchbay, openFromSide, type Patchbay, screenshot, shown } from './harness';

declare const window: { readonly patchbay: Bridge };

const day = 24 * 60 * 60 * 1_000;

/** A profile with a history of so many writes, one a minute from 40 days ago on. */
function profileWith(writes: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'pb-profile-'));
  addWrites(folder, writes);
  return folder;
}

function addWrites(folder: string, writes: number): void {
  const { database } = openProfile(path.join(folder, 'patchbay.db'));
  let at = Date.now() - 40 * day;
  const journal = new Journal(database, { now: () => at });
  const connectionId = connectionIdSchema.parse(randomUUID());
  const result = { problem: null, notStored: [], sideEffects: [], unverifiable: [] };
  database.exec('BEGIN');
  for (let n = 0; n < writes; n += 1) {
    const subject = {
      connectionId,
      remoteId: `r${n % 20}`,
      title: `${100 + (n % 20)} سارا احمدی`,
      workOrderId: null,
    };
    const seq = journal.intent(subject, {
      connectionName: 'Tehran PBX',
      site: 'Behin Co',
      kind: 'simotel',
      workOrder: 'WO-1',
      actor: 'sara@office',
      runId: randomUUID(),
      changeId: randomUUID(),
      fields: [{ field: 'name', before: `Name ${n}`, after: `Name ${n + 1}` }],
      before: { _id: `r${n % 20}`, name: `Name ${n}` },
    });
    journal.outcome(seq, subject, 'applied', { result, after: null, by: 'run' });
    at += 60_000;
  }
  database.exec('COMMIT');
  while (journal.catchUp(1_000));
  database.close();
}

/** Does to the profile's file, while the program does not run, what only somebody with the file can do. */
function tamper(profileDir: string, sql: string): void {
  const database = new DatabaseSync(path.join(profileDir, 'patchbay.db'));
  database.exec(`PRAGMA foreign_keys = OFF;
    DROP TRIGGER IF EXISTS journal_is_not_rewritten; DROP TRIGGER IF EXISTS journal_is_not_shortened; ${sql}`);
  database.close();
}

/** Takes the newest entries away, and their rows in the tables beside the journal. */
function cutAfter(seq: number): string {
  const tables = ['journal', 'history', 'history_text', 'history_more_fields'];
  return tables.map((table) => `DELETE FROM ${table} WHERE seq > ${seq}`).join(';');
}

async function answerDialogs(app: ElectronApplication, file: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: chosen === null, filePath: chosen ?? '' });
    dialog.showOpenDialog = async () => ({
      canceled: chosen === null,
      filePaths: chosen === null ? [] : [chosen],
    });
  }, file);
}

/** Asks for the check by the menu, as a person does. @returns what came of it */
async function check(page: Page): Promise<string> {
  await shown(page).getByRole('button', { name: 'More actions for the history' }).click();
  await page.getByRole('menuitem', { name: 'Check the chain of entries' }).click();
  const came = shown(page).locator('[data-chain]');
  await came.waitFor();
  return (await came.getAttribute('data-chain')) ?? '';
}

/** Waits until the keychain has heard of the newest entry, or of what was done to it. */
async function remembered(page: Page, tail: string): Promise<void> {
  const verified = async () => {
    const answer = await page.evaluate(() => window.patchbay.journal.verify({}));
    return answer.ok ? answer.value.tail : answer.problem.code;
  };
  await expect.poll(verified, { interval: 300 }).toBe(tail);
}

/**
 * What stands in the window, as a picture in each language and theme, for people to look at: with PATCHBAY_PICTURES=1,
 * because it takes longer than the test. The settings are the tab behind.
 */
async function pictures(page: Page, name: string, of?: string): Promise<void> {
  if (!process.env.PATCHBAY_PICTURES) return;
  for (const language of ['فارسی', 'English']) {
    const front = page.getByRole('tab', { selected: true });
    const id = (await front.getAttribute('id')) ?? '';
    await page.getByRole('tab').last().click();
    await shown(page).locator('[data-field="language"]').getByText(language, { exact: true }).click();
    await page.locator(`[id="${id}"]`).click();
    if (of) await shown(page).locator(of).scrollIntoViewIfNeeded();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await screenshot(page, `keeping ${name} ${language === 'English' ? 'en' : 'fa'} ${colorScheme}`);
    }
  }
}

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click();
}

async function start(before: { profileDir: string; keyring: Keyring }): Promise<Patchbay> {
  const patchbay = await launchPatchbay({ locale: 'en', size: { width: 1200, height: 760 }, ...before });
  await patchbay.page.getByRole('navigation').waitFor();
  await openFromSide(patchbay.page, 'History');
  await openSettings(patchbay.page);
  await openFromSide(patchbay.page, 'History');
  return patchbay;
}

/** A keyring and a profile that outlive a start of the program; gone with the test. */
async function machine(writes: number): Promise<{ profileDir: string; keyring: Keyring }> {
  const keyring = await startKeyring('working');
  const profileDir = profileWith(writes);
  onTestFinished(async () => {
    await keyring.stop();
    rmSync(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return { profileDir, keyring };
}

it('a history that was cut or replaced is accepted by a person, who is asked first, and the history says that he did', async () => {
  const own = await machine(30);
  let { page, close } = await start(own);
  await remembered(page, 'whole');
  await close();

  // With all that the history is listed and searched by, as one would who wants it to be seen nowhere.
  tamper(own.profileDir, cutAfter(40));
  ({ page, close } = await start(own));
  await remembered(page, 'cut');
  expect(await check(page)).toBe('cut');
  const said = shown(page).locator('[data-chain]');
  const accept = said.getByRole('button', { name: 'Accept as it is…' });
  const question = page.getByRole('alertdialog');
  // Asked, and thought better of: nothing is accepted.
  await accept.click();
  await question.getByText('In doubt:').waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  expect(await check(page)).toBe('cut');
  await accept.click();
  await question.getByRole('button', { name: 'Accept it' }).click();
  await shown(page).getByText('History accepted without proof').first().waitFor();
  await remembered(page, 'whole');
  expect(await check(page)).toBe('whole');
  expect(await said.getAttribute('data-ok')).toBe('true');
  expect(await said.innerText()).toContain('accepted the history despite this doubt');
  await close();

  // The keychain knows of it at the next start, too; and what comes later is checked as ever.
  ({ page, close } = await start(own));
  await remembered(page, 'whole');
  expect(await check(page)).toBe('whole');
  await close();
  tamper(own.profileDir, cutAfter(30));
  ({ page, close } = await start(own));
  await remembered(page, 'cut');
  expect(await check(page)).toBe('cut');
});

it('the check tells a whole history, a restored one, one that was cut, one that is broken, and what nobody knows', async () => {
  const own = await machine(30);
  let { app, page, close } = await start(own);
  const said = () => shown(page).locator('[data-chain]');
  await remembered(page, 'whole');
  expect(await check(page)).toBe('whole');
  const made = await page.evaluate(() => window.patchbay.keeping.backUp());
  if (!made.ok) throw new Error(made.problem.code);
  await close();

  addWrites(own.profileDir, 5);
  ({ app, page, close } = await start(own));
  await remembered(page, 'whole');
  // What starts anew would not be ours to drive: the test starts it.
  await app.evaluate((electron) => {
    electron.app.relaunch = () => undefined;
  });
  await openSettings(page);
  await shown(page)
    .getByRole('button', { name: /^Restore the backup of/ })
    .first()
    .click();
  const gone = new Promise((resolve) => app.process().once('exit', resolve));
  await page.getByRole('button', { name: 'Restore and restart' }).click();
  await gone;

  ({ app, page, close } = await start(own));
  expect(await check(page)).toBe('restored');
  expect(await said().innerText()).toContain('10 later links are not in this file');
  await shown(page).locator('[data-outcome="restored"]').getByText('Backup restored').waitFor();
  await pictures(page, 'restored');
  await remembered(page, 'restored');
  await close();

  tamper(own.profileDir, 'DELETE FROM journal WHERE seq > 58');
  ({ app, page, close } = await start(own));
  await remembered(page, 'cut');
  expect(await check(page)).toBe('cut');
  await pictures(page, 'cut');
  await close();

  tamper(own.profileDir, `UPDATE journal SET body = replace(body, 'Name 10', 'Name 99') WHERE seq = 21`);
  ({ app, page, close } = await start(own));
  await remembered(page, 'cut');
  expect(await check(page)).toBe('broken');
  await pictures(page, 'broken');
  await shown(page).getByRole('button', { name: 'Go to that entry' }).click();
  await shown(page).locator('[data-seq="21"]').waitFor();
  await close();

  const keyring = await startKeyring('absent');
  onTestFinished(() => keyring.stop());
  const profileDir = profileWith(4);
  onTestFinished(() => rmSync(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  ({ page, close } = await start({ profileDir, keyring }));
  expect(await check(page)).toBe('unknown');
  await pictures(page, 'unknown');
  await close();
});

it('older moments are offered to compare, a check is stopped, an archive says what came of it, makes the file smaller and is opened as the history', async () => {
  const own = await machine(6_000);
  const { app, page } = await start(own);
  await remembered(page, 'whole');

  // Three hundred moments of one record: the older ones are offered when they are asked for.
  await shown(page).locator('[data-toggle]').first().click();
  await shown(page).getByRole('button', { name: 'Compare with…' }).click();
  const dialog = page.getByRole('dialog');
  const options = page.getByRole('option');
  const choose = () => dialog.locator('input').first().click();
  // What came of it is seen at once (the connection is gone), with no list over it, and one Escape closes.
  await dialog.getByText('It is no longer there').waitFor();
  expect(await options.count()).toBe(0);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await shown(page).getByRole('button', { name: 'Compare with…' }).click();
  await choose();
  await page.getByRole('option', { name: /^Older ones/ }).click();
  await choose();
  // All but the entry's own, and "now".
  await expect.poll(() => options.count()).toBe(300);
  await options.last().click();
  await dialog.locator('[data-difference="name"]').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await shown(page).locator('[data-toggle]').first().click();

  // On a fast machine nobody could press Stop in time: the main process is kept busy, and the button is pressed from
  // inside the window as soon as it is there.
  await app.evaluate(() => {
    const busy = setInterval(() => {
      const end = Date.now() + 100;
      while (Date.now() < end);
    }, 1);
    setTimeout(() => clearInterval(busy), 15_000);
  });
  await page.evaluate(() => {
    const press = new MutationObserver(() => {
      const stop = document.querySelector<HTMLButtonElement>('[data-work="verify"] button');
      stop?.click();
      if (stop) press.disconnect();
    });
    press.observe(document.body, { childList: true, subtree: true });
  });
  await shown(page).getByRole('button', { name: 'More actions for the history' }).click();
  await page.getByRole('menuitem', { name: 'Check the chain of entries' }).click();
  await shown(page).getByText('The check was stopped.').waitFor();

  await openSettings(page);
  const size = shown(page).locator('[data-database-size]');
  const before = Number(await size.getAttribute('data-database-size'));
  const archive = async (daysAgo: number, file: string | null): Promise<string> => {
    await answerDialogs(app, file);
    const typed = new Date(Date.now() - daysAgo * day).toISOString().slice(0, 10);
    await shown(page).getByRole('textbox', { name: 'Entries before' }).fill(typed);
    await shown(page).getByRole('button', { name: 'Archive…', exact: true }).click();
    await page.getByRole('button', { name: 'Choose the file' }).click();
    const came = shown(page).locator('[data-archived]');
    await came.waitFor();
    return came.innerText();
  };
  const file = path.join(tempFolder(), 'history.db');
  expect(await archive(100, file)).toContain('the history has no entry from before');
  expect(await archive(30, null)).toContain('no file was chosen');
  await pictures(page, 'no-file', '[data-archived]');
  await answerDialogs(app, file);
  await shown(page).getByRole('button', { name: 'Archive…', exact: true }).click();
  await page.getByRole('button', { name: 'Choose the file' }).click();
  const done = shown(page).locator('[data-archived="archived"]');
  await done.waitFor();
  expect(await done.innerText()).toContain('6,000 entries are moved to');
  await expect
    .poll(async () => Number(await size.getAttribute('data-database-size')))
    .toBeLessThan(before / 2);
  await pictures(page, 'archived', '[data-archived]');

  await shown(page).getByRole('button', { name: 'Open an archive…' }).click();
  await shown(page).locator('[data-archive="history.db"]').waitFor();
  await shown(page).locator('[data-count="6000"]').waitFor();
  expect(await check(page)).toBe('archive');
  await shown(page).locator('[data-toggle]').first().click();
  expect(await shown(page).getByRole('button', { name: 'Revert…' }).count()).toBe(0);
  await pictures(page, 'archive');
  await shown(page).getByRole('button', { name: 'Back to the history' }).click();
  await shown(page).locator('[data-count="0"]').waitFor();
  expect(readdirSync(path.dirname(file))).toEqual(['history.db']);
});
