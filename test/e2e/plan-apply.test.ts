/** Planning against servers that have moved on, and applying to servers that misbehave. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import {
  applyTicked,
  history,
  type Office,
  openFromSide,
  openOffice,
  planAll,
  prepare,
  shown,
  storedNext,
} from './harness';

it('shows what was, what is and what shall be where somebody else was quicker; mine is kept, theirs is taken', async () => {
  const office = await openOffice();
  const { page, pbx, pbxConnection } = office;
  const [mine, theirs] = ids(office);
  const was = String(pbx.record(mine)?.name);
  await prepare(page, pbxConnection.id, mine, { name: 'My name' });
  await prepare(page, pbxConnection.id, theirs, { name: 'My other name' });
  pbx.patch(mine, { name: 'Their name' });
  pbx.patch(theirs, { name: 'Their other name' });
  await planAll(page);
  const rowOf = (id: string) => shown(page).locator(`[data-record="${id}"]`);
  await rowOf(mine).and(page.locator('[data-status="conflict"]')).waitFor();
  const conflict = rowOf(mine).locator('[data-diff="name"]').last();
  const words = (await conflict.innerText()).replace(/\s+/g, ' ');
  expect(words).toContain(`Prepared against ${was}`);
  expect(words).toContain('On the server now Their name');
  expect(words).toContain('Your edit My name');
  expect(
    await shown(page)
      .getByRole('button', { name: /^Apply/ })
      .isDisabled(),
  ).toBe(true);

  await conflict.getByRole('button', { name: 'Keep mine' }).click();
  await rowOf(mine).and(page.locator('[data-status="ready"]')).waitFor();
  await rowOf(theirs).getByRole('button', { name: 'Take theirs' }).click();
  await rowOf(theirs).waitFor({ state: 'detached' });
  expect(await storedNext(page, pbxConnection.id, theirs, 'name')).toBeUndefined();
  await applyTicked(page);
  await done(page);
  expect(pbx.record(mine)?.name).toBe('My name');
  expect(pbx.record(theirs)?.name).toBe('Their other name');
});

it('shows the exact requests with their secrets masked, and sends none', async () => {
  const office = await openOffice();
  const { page, pbx, pbxConnection } = office;
  const [id] = ids(office);
  const secret = String(pbx.record(id)?.secret);
  pbx.patch(id, { name: 'Somebody' });
  await prepare(page, pbxConnection.id, id, { cid_number: '0099' });
  await planAll(page);
  // The name was changed by somebody: the row waits for a look at it.
  await shown(page).getByRole('button', { name: 'I have checked it' }).click();
  await shown(page).locator(`[data-record="${id}"][data-status="ready"]`).waitFor();
  await shown(page).getByRole('button', { name: 'Show requests' }).click();
  const request = shown(page).getByRole('region', { name: 'Request' });
  const text = await request.innerText();
  expect(text).toContain('/pbx/users/update');
  expect(text).toContain('"0099"');
  expect(text).toContain('"secret"');
  expect(text).not.toContain(secret);
  expect(pbx.log.filter((one) => one.path.endsWith('/update'))).toEqual([]);
  expect(pbx.record(id)?.cid_number).not.toBe('0099');
});

it('says loudly when a write changed what nobody asked to change', async () => {
  const office = await openOffice();
  const { page, pbx, pbxConnection } = office;
  const [id] = ids(office);
  pbx.patch(id, { email: 'was@behin.example' });
  await prepare(page, pbxConnection.id, id, { name: 'Reception' });
  pbx.setMode({ resetFields: ['email'] });
  await planAll(page);
  await applyTicked(page);
  await done(page);
  const alert = shown(page)
    .getByRole('alert')
    .filter({ has: page.locator('[data-problem="side-effect"]') });
  await alert.first().waitFor();
  const said = await alert.first().innerText();
  expect(said).toContain('changed although not requested');
  expect(said).toContain('was@behin.example');
  expect((await history(page))[0]?.outcome).toBe('side-effect');
});

it('shows what the server said when it rejects, in its language and direction, and keeps the edit', async () => {
  const office = await openOffice();
  const { page, panel, panelConnection } = office;
  const id = String(panel.records()[0]?.user_id);
  await prepare(page, panelConnection.id, id, { company: 'Behin' });
  const message = 'مقدار وارد شده برای شرکت معتبر نیست';
  panel.failOn(
    { path: '/user/update' },
    {
      kind: 'status',
      status: 422,
      contentType: 'application/json',
      body: JSON.stringify({ data: null, meta: { status: false, message, message_code: '422-1' } }),
    },
  );
  await planAll(page);
  await applyTicked(page);
  await done(page);
  await shown(page).locator(`[data-record="${id}"][data-status="rejected"]`).waitFor();
  const said = shown(page).getByText(message).first();
  await said.waitFor();
  expect(await said.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
  expect(await storedNext(page, panelConnection.id, id, 'company')).toBe('Behin');

  await openFromSide(page, 'History');
  await shown(page).locator(`[data-record="${id}"] [aria-expanded="false"]`).first().click();
  const inHistory = shown(page).locator('bdi', { hasText: message });
  await inHistory.first().waitFor();
  expect(await inHistory.first().evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
});

it('stops between rows when asked to: what was written stays, the rest is cancelled and stays prepared', async () => {
  const office = await openOffice();
  const { page, pbx, pbxConnection } = office;
  const three = ids(office);
  for (const id of three) await prepare(page, pbxConnection.id, id, { name: `New ${id}` });
  const held = pbx.failNext({ kind: 'delay', beforeMs: 4_000 }, { path: '/update' });
  await planAll(page);
  await applyTicked(page);
  await expect.poll(() => held.hits()).toBe(1);
  await shown(page).getByRole('button', { name: 'Cancel the run' }).click();
  // It asks first, and names how many have not started.
  await page.getByText('2 rows have not started').waitFor();
  await page.getByRole('button', { name: 'Cancel the rest', exact: true }).click();
  await done(page);
  expect(await shown(page).locator('[data-record][data-status="applied"]').count()).toBe(1);
  expect(await shown(page).locator('[data-record][data-status="cancelled"]').count()).toBe(2);
  expect(pbx.log.filter((one) => one.path.endsWith('/update')).length).toBe(1);
  const kept = await Promise.all(three.map((id) => storedNext(page, pbxConnection.id, id, 'name')));
  expect(kept.filter((one) => one !== undefined).length).toBe(2);
});

it('does not know what became of a write whose answer was lost, until the record is read again by itself', async () => {
  const office = await openOffice();
  const { page, pbx, pbxConnection } = office;
  const [id] = ids(office);
  await prepare(page, pbxConnection.id, id, { name: 'Stored, answer lost' });
  // The write is carried out, its answer is lost, and so is every reading after it.
  const lost = pbx.failNext('resetAfterApply', { path: '/update' });
  await planAll(page);
  const reads = pbx.failOn(
    (request) => lost.hits() > 0 && request.path.includes('/search'),
    'resetBeforeBody',
  );
  await applyTicked(page);
  await done(page);
  const row = shown(page).locator(`[data-record="${id}"]`);
  await row.and(page.locator('[data-status="unknown"]')).waitFor();
  expect(pbx.log.filter((one) => one.path.endsWith('/update')).length).toBe(1);

  // Nobody asks: it is read as soon as the server can be read again.
  reads.clear();
  await row.and(page.locator('[data-status="applied"]')).waitFor();
  expect((await history(page))[0]?.outcome).toBe('applied');
  expect(await storedNext(page, pbxConnection.id, id, 'name')).toBeUndefined();
  expect(pbx.log.filter((one) => one.path.endsWith('/update')).length).toBe(1);
});

it('never applies a plan that an edit has overtaken: it reads again by itself, and the newer value is written', async () => {
  const office = await openOffice();
  const { page, pbx, pbxConnection } = office;
  const [id] = ids(office);
  await prepare(page, pbxConnection.id, id, { name: 'First' });
  await planAll(page);
  const row = shown(page).locator(`[data-record="${id}"][data-status="ready"]`);
  await row.getByText('First').waitFor();
  await prepare(page, pbxConnection.id, id, { name: 'Second' });
  await row.getByText('Second').waitFor();
  await applyTicked(page);
  await done(page);
  expect(pbx.record(id)?.name).toBe('Second');
  const [written] = await history(page);
  expect(written?.fields).toMatchObject([{ field: 'name', after: 'Second' }]);
});

it('holds back a row whose id is another record’s now, shows both names, and writes it once a person has looked', async () => {
  const office = await openOffice();
  const { page, pbx, pbxConnection } = office;
  const [id] = ids(office);
  const was = String(pbx.record(id)?.name);
  await prepare(page, pbxConnection.id, id, { cid_number: '0099' });
  pbx.patch(id, { name: 'Somebody else' });
  await planAll(page);
  const row = shown(page).locator(`[data-record="${id}"]`);
  await row.locator('[data-finding="title-changed"]').waitFor();
  expect(await row.locator('[data-record-title]').innerText()).toContain('Somebody else');
  expect(await row.locator('[data-former-title]').innerText()).toContain(was);
  const apply = shown(page).getByRole('button', { name: /^Apply/ });
  expect(await apply.isDisabled()).toBe(true);
  await row.getByRole('button', { name: /^I have checked it/ }).click();
  await row.locator('[data-confirm="given"]').waitFor();
  await applyTicked(page);
  await done(page);
  expect(pbx.record(id)?.cid_number).toBe('0099');
});

/** The ids of the first three extensions. */
function ids({ pbx }: Office): [string, string, string] {
  const [one, two, three] = pbx.records().map((record) => String(record._id));
  if (!one || !two || !three) throw new Error('the simulator is empty');
  return [one, two, three];
}

async function done(page: Page): Promise<void> {
  await shown(page).getByText('Done', { exact: true }).waitFor();
}
