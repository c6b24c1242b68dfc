import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Papa from 'papaparse';
import type { Page } from 'playwright-core';
import { openFromSide, shown } from '../e2e/harness/screens';
import type { SimotelSimulator } from '../simulators';
import type { Report } from './report';

/** Answers the system's next file dialogs with this path, as a person would who chooses it. */
export type AnswerDialogs = (filePath: string) => Promise<void>;

type PbxRecord = ReturnType<SimotelSimulator['records']>[number];

/** How many rows of the file are of each sort: 200 in all. */
const rows = {
  differs: 120,
  same: 62,
  'not-found': 3,
  'doubled-row': 4,
  'not-email': 5,
  scientific: 2,
  'zeros-lost': 1,
  'cells-count': 3,
} as const;
const total = Object.values(rows).reduce((sum, count) => sum + count, 0);

/** How many rows of each status, and with each kind of problem, the preview has to show. */
const expected = {
  statuses: {
    all: total,
    differs: rows.differs,
    same: rows.same,
    invalid: rows['not-email'] + rows.scientific + rows['zeros-lost'] + rows['cells-count'],
    missing: rows['not-found'],
    doubled: rows['doubled-row'],
  },
  problems: {
    'field.not-email': rows['not-email'],
    'reason.doubled-row': rows['doubled-row'],
    'reason.not-found': rows['not-found'],
    'reason.cells-count': rows['cells-count'],
    'reason.scientific': rows.scientific,
    'reason.zeros-lost': rows['zeros-lost'],
  },
} as const;

/**
 * Takes in a spreadsheet with six kinds of mistakes: sees them counted, writes them to a file of their own, prepares the
 * good rows in a work order, and takes that back as one. Nothing is written to a server.
 */
export async function takeInSpreadsheet(
  answer: AnswerDialogs,
  page: Page,
  report: Report,
  pbx: SimotelSimulator,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'patchbay-sheet-'));
  try {
    await takeIn(answer, page, report, pbx, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function takeIn(
  answer: AnswerDialogs,
  page: Page,
  report: Report,
  pbx: SimotelSimulator,
  folder: string,
): Promise<void> {
  report.step(`Take in a spreadsheet of ${total} rows, with six kinds of mistakes in it`);
  const before = writes(pbx);
  const [file, problems] = [path.join(folder, 'addresses.csv'), path.join(folder, 'problems.csv')];
  await writeFile(file, spreadsheet(pbx.records()));
  await newWorkOrder(page, 'Addresses from reception');
  await openFromSide(page, 'Tehran PBX');
  await shown(page).getByRole('button', { name: 'Spreadsheets' }).click();
  await page.getByRole('menuitem', { name: 'Import a spreadsheet…' }).click();
  await answer(file);
  await shown(page).getByRole('button', { name: 'Open a CSV…' }).click();
  await shown(page).locator(`[data-batch="${total}"]`).waitFor();
  await shown(page).locator('[data-live="settled"]').waitFor({ state: 'attached' });
  const statuses = await counted(page, 'data-status');
  report.check('every row is counted where it belongs', alike(statuses, expected.statuses), statuses);
  const kinds = await counted(page, 'data-problem');
  report.check('the six kinds of mistakes are counted', alike(kinds, expected.problems), kinds);
  await report.picture('spreadsheet');
  await shown(page).locator('[data-batch] button[data-status="invalid"]').click();
  await shown(page).locator('[data-row][data-status="invalid"]').nth(5).waitFor();
  await report.picture('spreadsheet-invalid');

  report.step('Write the rows with mistakes to a file, with what is wrong beside each');
  await answer(problems);
  await shown(page).locator('[data-problems]').click();
  const wrong = total - rows.differs - rows.same;
  await page.getByText(`${wrong} rows are in`).waitFor();
  const written = Papa.parse<string[]>((await readFile(problems, 'utf8')).trim(), { delimiter: ';' }).data;
  const reasons = written.slice(1).filter((row) => row.at(-1) !== '');
  report.check(`all ${wrong} stand in it, each with its reason`, reasons.length === wrong, written.length);
  await report.picture('spreadsheet-problems-written');

  report.step('Prepare the good rows, and take that back as one');
  await shown(page).locator(`[data-prepare="${rows.differs}"]`).click();
  await shown(page).locator(`[data-prepared="${rows.differs}"]`).waitFor();
  const changes = (count: number) =>
    page
      .getByRole('banner')
      .getByRole('button', { name: new RegExp(`\\b${count} changes`) })
      .waitFor();
  await changes(rows.differs);
  report.check(`${rows.differs} changes are in the work order`, true);
  await report.picture('spreadsheet-prepared');
  await shown(page).locator('[data-prepared]').getByRole('button', { name: 'Undo this step' }).click();
  await changes(0);
  report.check('one click took all of them back', true);
  await report.picture('spreadsheet-undone');
  report.check('nothing of it was written to the server', writes(pbx) === before, writes(pbx));
}

/** The file: as a spreadsheet writes it in Persia, with what spreadsheets and people do to such files. */
function spreadsheet(records: readonly PbxRecord[]): string {
  const left = [...records];
  const take = (fits: (record: PbxRecord) => boolean = () => true): PbxRecord => {
    const [record] = left.splice(left.findIndex(fits), 1);
    if (!record) throw new Error('the simulated PBX has too few extensions for the spreadsheet');
    return record;
  };
  const times = <T>(count: number, make: (place: number) => T): T[] =>
    Array.from({ length: count }, (_, place) => make(place));
  const row = (record: PbxRecord, email = '', noAnswer = ''): string[] => [
    String(record.number),
    String(record.name),
    email,
    noAnswer,
  ];
  const twice = times(rows['doubled-row'] / 2, () => take());
  const zeros = take((record) => /^0\d{5,}$/.test(noAnswerOf(record)));
  const body = [
    ...times(rows.differs, (place) => row(take(), `desk${place}@behin.example`)),
    ...times(rows.same, () => row(take())),
    ...times(rows['not-found'], (place) => [`9999${place}`, 'Nobody', 'nobody@behin.example', '']),
    ...twice.flatMap((record) => times(2, (place) => row(record, `twice${place}@behin.example`))),
    ...times(rows['not-email'], () => row(take(), 'reception at behin')),
    ...times(rows.scientific, () => row(take(), '', '9.12E+09')),
    row(zeros, '', noAnswerOf(zeros).replace(/^0+/, '')),
    ...times(rows['cells-count'], () => [...row(take(), 'desk@behin.example'), 'one', 'two']),
  ];
  return `\ufeff${Papa.unparse([['Number', 'Name', 'E-mail', 'No answer'], ...body], { delimiter: ';' })}`;
}

function noAnswerOf(record: PbxRecord): string {
  const policy: unknown = record.forward_policy;
  return policy !== null && typeof policy === 'object' && 'No Answer' in policy
    ? String(policy['No Answer'])
    : '';
}

/** Requests that would change a record, as the server saw them. */
function writes(simulator: SimotelSimulator): number {
  return simulator.log.filter((entry) => entry.path.endsWith('update')).length;
}

async function newWorkOrder(page: Page, name: string): Promise<void> {
  await openFromSide(page, 'Work orders');
  await shown(page).getByRole('button', { name: 'New work order', exact: true }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill(name);
  await form.getByRole('button', { name: 'Create' }).click();
  await form.waitFor({ state: 'hidden' });
  await shown(page).locator('[data-order][data-current]').filter({ hasText: name }).waitFor();
}

/** The chips over the preview: what each is about, and how many rows it counts. */
async function counted(page: Page, what: 'data-status' | 'data-problem'): Promise<Record<string, number>> {
  const told = await shown(page)
    .locator(`[data-batch] button[${what}]`)
    .evaluateAll(
      (all, name) => all.map((one) => [one.getAttribute(name) ?? '', Number(one.getAttribute('data-count'))]),
      what,
    );
  return Object.fromEntries(told);
}

function alike(seen: Record<string, number>, wanted: Readonly<Record<string, number>>): boolean {
  const text = (counts: Readonly<Record<string, number>>) => JSON.stringify(Object.entries(counts).sort());
  return text(seen) === text(wanted);
}
