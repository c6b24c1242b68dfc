/** Spreadsheets: taken in, looked at, corrected, prepared as one step and taken back; written out and taken in again. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Papa from 'papaparse';
import type { Locator, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { answerDialogs, history, openFromSide, openOffice, shown, storedChange, storedNext } from './harness';

it('takes in a file of Excel in Persian, writes its problems, takes them in corrected, and undoes that as one', async () => {
  const { app, page, pbx, pbxConnection } = await openOffice();
  const [first, second, third, fourth, fifth, sixth] = pbx.records();
  const number = (record: typeof first) => String(record?.number);
  const id = (record: typeof first) => String(record?._id);
  const folder = await tempFolder();
  const file = path.join(folder, 'reception.csv');
  // The letters that Windows-1256 has: an Arabic yeh in the headings, as old exports have it.
  const lines = [
    'شماره داخلي;نام;email',
    `${number(first)};رضا کاشان;`,
    `${number(second)};سارا پوران;`,
    `${number(third)};;`,
    '99999;گلنار ژاله;',
    `${number(fifth)};;not an address`,
    `${number(sixth)};چمن آرا;`,
    `${number(sixth)};چمن دوم;`,
  ];
  await writeFile(file, windows1256(lines.join('\r\n')));

  await openSheetTab(page);
  await shown(page).getByText('An empty cell keeps what is there.').waitFor();
  await openCsv(app, page, file);
  await counts(page, { all: 7, differs: 2, same: 1, invalid: 1, missing: 1, doubled: 2 });
  const settings = shown(page).locator('[data-settings]');
  for (const words of ['Windows-1256', 'semicolon', '3 of 3 columns', 'found by \u2068Number'])
    expect(await settings.innerText()).toContain(words);

  // Each problem is found by its kind, and says what is wrong and what to do.
  await shown(page).locator('[data-problem="reason.not-found"]').click();
  const rows = shown(page).locator('[data-batch] [data-row]');
  await expect.poll(() => rows.count()).toBe(1);
  expect(await rows.innerText()).toMatch(/5[\s\S]*99999[\s\S]*not on server[\s\S]*There is no record.*99999/);
  await chip(page, 'invalid').click();
  await expect.poll(() => rows.innerText()).toMatch(/E-mail: Not an e-mail address/);
  await chip(page, 'differs').click();
  await expect.poll(() => rows.count()).toBe(2);
  expect(await rows.first().locator('[data-diff="name"]').innerText()).toContain('رضا کاشان');

  // The good rows are prepared; the others go to a file with a column of reasons.
  await unfold(page);
  await shown(page).getByRole('radio', { name: 'Skip them' }).check();
  await expect.poll(() => settings.innerText()).toContain('Skip them');
  const problems = path.join(folder, 'problems.csv');
  await answerDialogs(app, problems);
  await settled(page);
  await shown(page).locator('[data-problems="4"]').click();
  await page.getByText('4 rows are in').waitFor();
  await prepare(page, 2);
  expect(await storedNext(page, pbxConnection.id, id(first), 'name')).toBe('رضا کاشان');

  const wrong = Papa.parse<string[]>((await readFile(problems, 'utf8')).replace(/^\ufeff/, '').trim(), {
    delimiter: ';',
  }).data;
  expect(wrong.map((row) => row[0])).toEqual([
    'شماره داخلي',
    '99999',
    number(fifth),
    number(sixth),
    number(sixth),
  ]);
  expect(wrong[2]?.at(-1)).toContain('Not an e-mail address');
  const corrected = wrong
    .filter((row) => row[1] !== 'چمن دوم')
    .map(([key, name, email, ...others]) => [
      key === '99999' ? number(fourth) : key,
      name,
      email === 'not an address' ? 'reception@example.com' : email,
      ...others,
    ]);
  await writeFile(problems, `\ufeff${Papa.unparse(corrected, { delimiter: ';' })}`);

  await openCsv(app, page, problems);
  await counts(page, { all: 3, differs: 3 });
  expect(await settings.innerText()).toContain('Skip them');
  await prepare(page, 3);
  expect(await storedNext(page, pbxConnection.id, id(fourth), 'name')).toBe('گلنار ژاله');
  expect(await storedNext(page, pbxConnection.id, id(fifth), 'email')).toBe('reception@example.com');
  expect(await storedNext(page, pbxConnection.id, id(sixth), 'name')).toBe('چمن آرا');

  await shown(page).locator('[data-prepared]').getByRole('button', { name: 'Undo this step' }).click();
  await shown(page).getByRole('button', { name: 'Back to the spreadsheet' }).waitFor();
  await expect.poll(() => storedChange(page, pbxConnection.id, id(fifth))).toBeNull();
  expect(await storedNext(page, pbxConnection.id, id(second), 'name')).toBe('سارا پوران');
  await shown(page).getByRole('button', { name: 'Back to the spreadsheet' }).click();
  await counts(page, { all: 3, differs: 3 });
});

it('writes a directory out, secrets only when asked, and finds no difference when it is taken in untouched', async () => {
  const { app, page } = await openOffice();
  const folder = await tempFolder();
  await openFromSide(page, 'Tehran PBX');
  const plain = await writeOut(app, page, path.join(folder, 'plain.csv'), false);
  const open = await writeOut(app, page, path.join(folder, 'open.csv'), true);
  expect(plain).not.toContain('SIP secret');
  expect(open).toContain('SIP secret');
  expect((await history(page)).map(({ type }) => type)).toEqual(['secrets-to-sheet']);

  await openSheetTab(page);
  await openCsv(app, page, path.join(folder, 'open.csv'));
  await counts(page, { all: 12, same: 12 });
  expect(await shown(page).locator('[data-prepare="0"]').isDisabled()).toBe(true);
});

it('takes in cells from the clipboard, matched by hand, and only compares where that is asked', async () => {
  const { app, page, pbx, pbxConnection } = await openOffice();
  const [first] = pbx.records();
  await openSheetTab(page);
  await app.evaluate(
    ({ clipboard }, text) => clipboard.writeText(text),
    `Number\tWho\n${first?.number}\tPasted\n`,
  );
  await page.keyboard.press('Control+v');
  await shown(page).getByRole('heading', { name: 'Pasted cells' }).waitFor();
  await counts(page, { all: 1, same: 1 });

  await unfold(page);
  const column = shown(page).locator('[data-column="Who"]');
  await column.getByRole('button').click();
  await column.getByRole('combobox').fill('caller');
  await page.getByRole('option', { name: /Caller ID/ }).click();
  await counts(page, { all: 1, invalid: 1 });
  await column.getByRole('button').click();
  await column.getByRole('combobox').fill('name');
  await page.getByRole('option', { name: /^Name/ }).click();
  await counts(page, { all: 1, differs: 1 });

  await shown(page).getByRole('radio', { name: 'Only compare' }).check();
  await shown(page).getByText('Only compared: nothing is prepared.').waitFor();
  expect(await shown(page).locator('[data-prepare]').count()).toBe(0);
  expect(await storedChange(page, pbxConnection.id, String(first?._id))).toBeNull();
});

type App = Parameters<typeof answerDialogs>[0];

/** Opens the tab that takes a spreadsheet in, from the directory's own menu. */
async function openSheetTab(page: Page): Promise<void> {
  await openFromSide(page, 'Tehran PBX');
  await shown(page).getByRole('button', { name: 'Spreadsheets' }).click();
  await page.getByRole('menuitem', { name: 'Import a spreadsheet…' }).click();
  await shown(page).getByRole('button', { name: 'Open a CSV…' }).waitFor();
}

async function openCsv(app: App, page: Page, file: string): Promise<void> {
  await answerDialogs(app, file);
  await shown(page).getByRole('button', { name: 'Open a CSV…' }).click();
  await shown(page)
    .getByRole('heading', { name: path.basename(file) })
    .waitFor();
}

async function unfold(page: Page): Promise<void> {
  const line = shown(page).getByRole('button', { name: 'Settings of the spreadsheet' });
  if ((await line.getAttribute('aria-expanded')) === 'false') await line.click();
}

/** Waits until the comparison is of the newest settings. */
async function settled(page: Page): Promise<void> {
  await shown(page).locator('[data-live="settled"]').waitFor({ state: 'attached' });
}

function chip(page: Page, status: string): Locator {
  return shown(page).locator(`[data-batch] button[data-status="${status}"]`);
}

/** Waits until the preview has exactly these rows. */
async function counts(page: Page, wanted: Readonly<Record<string, number>>): Promise<void> {
  await expect
    .poll(async () => {
      const chips = await shown(page).locator('[data-batch] button[data-status]').all();
      const told = await Promise.all(
        chips.map(async (one) => [
          await one.getAttribute('data-status'),
          Number(await one.getAttribute('data-count')),
        ]),
      );
      return Object.fromEntries(told);
    })
    .toEqual(wanted);
  await settled(page);
}

async function prepare(page: Page, records: number): Promise<void> {
  await settled(page);
  await shown(page).locator(`[data-prepare="${records}"]`).click();
  await shown(page).locator(`[data-prepared="${records}"]`).waitFor();
}

/** Writes all rows and all columns of the directory in front. @returns the file's first line */
async function writeOut(app: App, page: Page, file: string, secrets: boolean): Promise<string> {
  await answerDialogs(app, file);
  await shown(page).getByRole('button', { name: 'Spreadsheets' }).click();
  await page.getByRole('menuitem', { name: 'Export to a spreadsheet…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'All', exact: true }).click();
  if (secrets) {
    await dialog.getByRole('checkbox', { name: 'Write secrets too' }).check();
    await dialog.getByText('The file will contain passwords').waitFor();
  }
  await dialog.locator('button[type="submit"]').click();
  await dialog.locator('[data-exported="12"]').waitFor();
  expect(await dialog.innerText()).toContain(file);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await dialog.waitFor({ state: 'detached' });
  return (await readFile(file, 'utf8')).split('\r\n')[0] ?? '';
}

async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pb-sheets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A text as old Persian programs write it. */
function windows1256(text: string): Uint8Array {
  const decoder = new TextDecoder('windows-1256');
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const),
  );
  return Uint8Array.from(text, (letter) => {
    const byte = bytes.get(letter);
    if (byte === undefined) throw new Error(`Windows-1256 has no ${letter}`);
    return byte;
  });
}
