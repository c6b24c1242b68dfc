/** The history in a real window: taken back as prepared changes, exported as filtered, and checked. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tempFolder } from '../support/endings';
import {
  answerDialogs,
  applyPrepared,
  field,
  history,
  type Office,
  openFromSide,
  openOffice,
  openRecord,
  saved,
  shown,
  storedChange,
  storedNext,
  tracesIn,
  unfoldEntry,
  write,
} from './harness';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});

afterAll(() => office.dispose());

/** An extension that no other test here touches, by its place. */
function extension(at: number): { id: string; was: Record<string, unknown> } {
  const was = office.pbx.records()[at];
  if (!was) throw new Error('the simulator has too few records');
  return { id: String(was._id), was };
}

const writes = () => office.pbx.log.filter((one) => one.path.endsWith('/update')).length;

/** Asks for something in an entry's detail, and gives the dialog that comes. */
async function asked(seq: number, button: string): Promise<Locator> {
  const entry = await unfoldEntry(office.page, seq);
  await entry.getByRole('button', { name: button }).click();
  const dialog = office.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Prepare' }).waitFor();
  return dialog;
}

describe('taking back', () => {
  it('makes a whole entry, and one field of another, changes of the current work order, and writes nothing', async () => {
    const { page, pbx, pbxConnection } = office;
    const [whole, part] = [extension(0), extension(1)];
    const first = await write(page, pbxConnection.id, whole.id, {
      name: 'New name',
      email: 'new@behin.example',
    });
    const second = await write(page, pbxConnection.id, part.id, { name: 'Other name', cid_number: '0099' });
    const before = writes();

    let dialog = await asked(first, 'Revert…');
    await dialog.getByRole('button', { name: 'Prepare' }).click();
    await dialog.locator('[data-report="1"]').waitFor();
    await dialog.getByText('Nothing has been written yet.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    dialog = await asked(second, 'Revert…');
    await dialog.getByRole('checkbox', { name: /Name/ }).uncheck();
    await dialog.getByRole('button', { name: 'Prepare' }).click();
    await dialog.locator('[data-report="1"]').waitFor();

    expect(await storedNext(page, pbxConnection.id, whole.id, 'name')).toBe(whole.was.name);
    expect(await storedNext(page, pbxConnection.id, whole.id, 'email')).toBe(whole.was.email);
    const change = await storedChange(page, pbxConnection.id, part.id);
    expect(change?.fields).toMatchObject([{ field: 'cid_number', base: '0099', next: part.was.cid_number }]);
    expect(writes()).toBe(before);

    await dialog.getByRole('button', { name: /^Review/ }).click();
    await shown(page)
      .getByRole('button', { name: /^Apply 2/ })
      .waitFor();
    await applyPrepared(page);
    expect(pbx.record(whole.id)).toEqual(whole.was);
    expect(pbx.record(part.id)).toEqual({ ...part.was, name: 'Other name' });
  });

  it('shows a later edit as a conflict in the plan instead of undoing it quietly', async () => {
    const { page, pbx, pbxConnection } = office;
    const { id, was } = extension(2);
    const seq = await write(page, pbxConnection.id, id, { name: 'Ours' });
    pbx.patch(id, { name: 'Somebody’s, later' });
    const dialog = await asked(seq, 'Revert…');
    await dialog.getByRole('button', { name: 'Prepare' }).click();
    await dialog.getByRole('button', { name: /^Review/ }).click();
    const row = shown(page).locator(`[data-record="${id}"][data-status="conflict"]`);
    await row.waitFor();
    const words = (await row.locator('[data-diff="name"]').last().innerText()).replace(/\s+/g, ' ');
    expect(words).toContain('Prepared against Ours');
    expect(words).toContain('On the server now Somebody’s, later');
    expect(words).toContain(`Your edit ${was.name}`);
    await row.getByRole('button', { name: 'Take theirs' }).click();
    await row.waitFor({ state: 'detached' });
    expect(pbx.record(id)?.name).toBe('Somebody’s, later');
  });
});

describe('an export', () => {
  it('has in every format what the filter leaves, and no secret', async () => {
    const { app, page, pbx, pbxConnection } = office;
    const [kept, other] = [extension(3), extension(4)];
    await write(page, pbxConnection.id, other.id, { name: 'Not in the file' });
    const [former, next] = [String(kept.was.secret), 'E2eNewSip-5150"q"'];
    await openFromSide(page, 'Tehran PBX');
    await openRecord(page, kept.id, String(kept.was.number));
    await field(page, 'name').fill('=In the file');
    await field(page, 'secret').focus();
    await page.keyboard.type(next);
    await saved(page);
    await applyPrepared(page);
    expect(pbx.record(kept.id)).toMatchObject({ name: '=In the file', secret: next });
    const [entry] = await history(page);

    await (await unfoldEntry(page, entry?.seq ?? 0))
      .getByRole('button', { name: 'Only this record' })
      .click();
    await shown(page).locator('[data-count="1"]').waitFor();
    const folder = tempFolder();
    const formats = {
      'Table (CSV)': 'history.csv',
      'JSON lines': 'history.jsonl',
      'Report in English (HTML)': 'history.html',
      'Report in Persian (HTML)': 'history-fa.html',
    };
    for (const [item, name] of Object.entries(formats)) {
      const file = path.join(folder, name);
      await answerDialogs(app, file);
      await shown(page).getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: item }).click();
      const said = shown(page).locator('[data-came="saved"]').filter({ hasText: name });
      await said.waitFor();
      const text = readFileSync(file, 'utf8');
      expect(text).toContain('=In the file');
      expect(text).not.toContain('Not in the file');
      expect(tracesIn(text, [former, next])).toEqual([]);
    }
    const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
    const lines = read('history.jsonl').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ remoteId: kept.id }]);
    expect(lines[0]).toContain('"changed"');
    // As a spreadsheet shall read it: with its mark, and no formula.
    expect(read('history.csv').startsWith('\ufeff')).toBe(true);
    expect(read('history.csv')).toContain("'=In the file");
    expect(read('history-fa.html')).toContain('dir="rtl"');
    await shown(page).getByRole('button', { name: 'Clear all' }).click();
    await shown(page).locator('[data-seq]').nth(2).waitFor();
  });
});

it('checks the chain of entries in the history and the database in the settings, and says that both are whole', async () => {
  const { page } = office;
  const { id } = extension(5);
  await write(page, office.pbxConnection.id, id, { name: 'One link more' });
  await openFromSide(page, 'History');
  await shown(page).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Check the chain of entries' }).click();
  await shown(page).locator('[data-chain="whole"]').waitFor();
  await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click();
  await shown(page).getByRole('button', { name: 'Check now' }).click();
  await shown(page).locator('[data-check="true"]').waitFor();
});
