/** A run that asks, is left, or is cut off: what the window shows of it, and what a person answers. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import {
  applyTicked,
  atServer,
  closeByCross,
  ended,
  type Office,
  openAgain,
  openFromSide,
  openOffice,
  planAll,
  prepare,
  runEnded,
  shown,
  storedNext,
} from './harness';

const rows = 12;

/** A window with that many prepared extensions, in the order in which they are written. */
async function prepared(): Promise<Office & { ids: readonly string[] }> {
  const office = await openOffice({ pbx: { size: rows }, panel: { size: 2 } });
  const ids = office.pbx.records().map((record) => String(record._id));
  for (const id of ids) await prepare(office.page, office.pbxConnection.id, id, { name: `New ${id}` });
  return { ...office, ids };
}

const written = ({ pbx }: Office): string[] =>
  pbx.log.filter(({ path }) => path.endsWith('/update')).map(({ recordId }) => recordId ?? '');

const outcomes = (page: Page, outcome: string) =>
  shown(page).locator(`[data-record][data-status="${outcome}"]`);

it('holds the rest when a write changed what nobody asked for, and goes on, or stops, as it is told', async () => {
  const office = await prepared();
  const { page, pbx, pbxConnection, ids } = office;
  for (const id of ids) pbx.patch(id, { email: `${id}@was.example` });
  pbx.setMode({ resetFields: ['email'] });
  await planAll(page);
  await applyTicked(page);
  await atServer(page, 'Tehran PBX', 'asking').waitFor();
  const question = shown(page).getByRole('alertdialog', { name: /changed something that was not requested/ });
  await question.getByText('@was.example').first().waitFor();
  const held = written(office).length;
  expect(held).toBeLessThan(rows);
  // The other thing that nobody asked for comes while it goes on.
  for (const id of ids.slice(held)) pbx.patch(id, { description: 'was this' });
  pbx.setMode({ resetFields: ['email', 'description'] });
  await question.getByRole('button', { name: 'Continue' }).click();
  await question.getByText('was this').first().waitFor();
  const second = written(office).length;
  expect(second).toBeGreaterThan(held);
  expect(second).toBeLessThan(rows);
  await question.getByRole('button', { name: 'Stop this server' }).click();
  await runEnded(page);
  expect(await outcomes(page, 'side-effect').count()).toBe(second);
  expect(await outcomes(page, 'cancelled').count()).toBe(rows - second);
  expect(written(office).length).toBe(second);
  const last = ids.find((id) => !written(office).includes(id)) ?? '';
  expect(await storedNext(page, pbxConnection.id, last, 'name')).toBe(`New ${last}`);
});

it('pauses and closes when told to, says so at the next start, and resumes without repeating a write', async () => {
  const first = await prepared();
  const { pbx, ids } = first;
  const slow = pbx.failOn({ path: '/update' }, { kind: 'delay', beforeMs: 2_000 });
  await planAll(first.page);
  await applyTicked(first.page);
  await outcomes(first.page, 'applied').first().waitFor();
  await closeByCross(first.app);
  const dialog = first.page.getByRole('dialog', { name: 'A run is in progress' });
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await closeByCross(first.app);
  await dialog.getByRole('button', { name: 'Pause and close' }).click();
  await ended(first.app);
  const before = written(first);
  expect(before.length).toBeLessThan(rows);
  slow.clear();

  const { page } = await openAgain(first);
  const banner = page.locator('[data-cut-off]');
  await banner.getByText(`${rows - before.length} rows had not started`).waitFor();
  expect(written(first)).toEqual(before);
  await banner.getByRole('button', { name: 'Show the run' }).click();
  await outcomes(page, 'applied')
    .nth(before.length - 1)
    .waitFor();
  const resume = `Resume with ${rows - before.length} rows`;
  await shown(page).getByRole('button', { name: resume }).click();
  // Looked at first: each row that is left, by the record as it is called now, with what it would get.
  const look = page.getByRole('dialog', { name: 'What would be written now' });
  const leftRows = look.locator('[data-left-row]');
  const left = ids.filter((id) => !before.includes(id));
  await leftRows.nth(left.length - 1).waitFor();
  expect(await leftRows.evaluateAll((all) => all.map((one) => one.getAttribute('data-left-row')))).toEqual(
    left,
  );
  for (const id of left) {
    const row = look.locator(`[data-left-row="${id}"]`);
    expect(await row.textContent()).toContain(String(pbx.record(id)?.name));
    expect(await row.locator('[data-next]').textContent()).toBe(`New ${id}`);
  }
  await look.getByRole('button', { name: 'Not now' }).last().click();
  await look.waitFor({ state: 'detached' });
  expect(written(first)).toEqual(before);
  await shown(page).getByRole('button', { name: resume }).click();
  await look.getByRole('button', { name: resume }).click();
  await runEnded(page);
  await banner.waitFor({ state: 'detached' });
  expect([...written(first)].sort()).toEqual([...ids].sort());
  for (const id of ids) expect(pbx.record(id)?.name).toBe(`New ${id}`);
});

it('says after it was killed in a run how many rows had not started; cancelled, they stay prepared', async () => {
  const first = await prepared();
  const { pbx, pbxConnection, ids } = first;
  pbx.failOn({ path: '/update' }, { kind: 'delay', beforeMs: 1_500 });
  await planAll(first.page);
  await applyTicked(first.page);
  await outcomes(first.page, 'applied').first().waitFor();
  await first.kill9();

  const { page } = await openAgain(first);
  const banner = page.locator('[data-cut-off]');
  await banner.getByText('Nothing is written before you resume.').waitFor();
  await banner.getByRole('button', { name: 'Show the run' }).click();
  const cutOff = shown(page).locator('[data-problem="interrupted"]');
  await cutOff.getByRole('button', { name: 'Cancel the rest' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the rest' }).click();
  await runEnded(page);
  await banner.waitFor({ state: 'detached' });
  await outcomes(page, 'cancelled').first().waitFor();
  const cancelled = await outcomes(page, 'cancelled').evaluateAll((all) =>
    all.map((one) => one.getAttribute('data-record') ?? ''),
  );
  expect(cancelled.length).toBeGreaterThan(0);
  expect(cancelled.filter((id) => written(first).includes(id))).toEqual([]);
  expect(new Set(written(first)).size).toBe(written(first).length);
  for (const id of cancelled) {
    expect(await storedNext(page, pbxConnection.id, id, 'name')).toBe(`New ${id}`);
    expect(ids).toContain(id);
  }
  await openFromSide(page, 'History');
  await shown(page).locator('[data-outcome="applied"]').first().waitFor();
});
