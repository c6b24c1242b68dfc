/** What is typed becomes a stored change at once, and can be taken back. */
import { expect, it } from 'vitest';
import type { Bridge } from '../../shared/contract/contract';
import {
  field,
  fill,
  openFromSide,
  openOffice,
  openPage,
  openRecord,
  saved,
  shown,
  storedChange,
  storedNext,
} from './harness';

declare const window: { readonly patchbay: Bridge; lastKey?: number };

const savedWithinMs = 500;

it('stores what is typed within half a second of the last key', async () => {
  const { page, pbxConnection, id } = await openFirst();
  await page.evaluate(() =>
    document.addEventListener('keydown', () => Object.assign(window, { lastKey: performance.now() }), true),
  );
  const times: number[] = [];
  await field(page, 'name').fill('');
  const letters = 'abcdefghij';
  for (const [index, letter] of [...letters].entries()) {
    if (times.some((time) => time < savedWithinMs)) break;
    await field(page, 'name').press(letter);
    const wanted = letters.slice(0, index + 1);
    const of = { connectionId: pbxConnection.id, remoteId: id };
    times.push(
      await page.evaluate(
        async ({ of, wanted }) => {
          for (;;) {
            const answer = await window.patchbay.changes.get(of);
            const stored = answer.ok && answer.value?.fields.find((one) => one.field === 'name')?.next;
            if (stored === wanted) return performance.now() - (window.lastKey ?? 0);
            await new Promise((resolve) => setTimeout(resolve, 10));
          }
        },
        { of, wanted },
      ),
    );
  }
  // The best of ten: what is asked is when it is sent, not how busy this machine is.
  expect(Math.min(...times), String(times)).toBeLessThan(savedWithinMs);
});

it('takes a value that is typed back to its base out of the change', async () => {
  const { page, pbxConnection, id } = await openFirst();
  const base = await field(page, 'name').inputValue();
  await fill(page, 'name', 'Another');
  await saved(page);
  expect(await storedNext(page, pbxConnection.id, id, 'name')).toBe('Another');
  await shown(page).locator('[data-change="name"]').waitFor();
  await fill(page, 'name', base);
  await expect.poll(() => storedChange(page, pbxConnection.id, id)).toBeNull();
  await shown(page).locator('[data-change="name"]').waitFor({ state: 'detached' });
});

it('undoes one field, and after asking the whole record', async () => {
  const { page, pbxConnection, id } = await openFirst();
  const base = await field(page, 'name').inputValue();
  const number = await field(page, 'cid_number').inputValue();
  await fill(page, 'name', 'Another');
  await fill(page, 'cid_number', '777');
  await saved(page);
  await shown(page).locator('[data-change="name"]').getByRole('button', { name: 'Undo Name' }).click();
  await expect.poll(() => field(page, 'name').inputValue()).toBe(base);
  await expect.poll(() => storedNext(page, pbxConnection.id, id, 'name')).toBeUndefined();
  expect(await storedNext(page, pbxConnection.id, id, 'cid_number')).toBe('777');

  await fill(page, 'name', 'Another');
  await expect.poll(() => storedNext(page, pbxConnection.id, id, 'name')).toBe('Another');
  await shown(page).locator('[data-change="name"]').waitFor();
  await shown(page).getByRole('button', { name: 'Undo all' }).click();
  const asked = page.getByRole('alertdialog');
  await asked.getByRole('button', { name: 'Cancel' }).click();
  expect((await storedChange(page, pbxConnection.id, id))?.fields.length).toBe(2);
  await shown(page).getByRole('button', { name: 'Undo all' }).click();
  await asked.getByRole('button', { name: 'Undo 2 fields' }).click();
  await expect.poll(() => storedChange(page, pbxConnection.id, id)).toBeNull();
  await expect.poll(() => field(page, 'cid_number').inputValue()).toBe(number);
});

it('keeps and offers a value that the server has and the catalog does not list', async () => {
  const { page, pbx, pbxConnection, id } = await openFirst({ type: 'gateway', dtmfmode: 'shortinfo' });
  await openPage(page, 'Network');
  expect(await field(page, 'type').inputValue()).toBe('gateway');
  await field(page, 'type').click();
  await page.getByRole('option', { name: 'peer' }).click();
  await saved(page);
  await expect.poll(() => storedNext(page, pbxConnection.id, id, 'type')).toBe('peer');
  await field(page, 'type').click();
  const own = page.getByRole('option', { name: /^gateway/ });
  expect(await own.innerText()).toContain('not in the list');
  await own.click();
  await expect.poll(() => storedChange(page, pbxConnection.id, id)).toBeNull();

  await openPage(page, 'Media');
  expect(await field(page, 'dtmfmode').inputValue()).toBe('shortinfo');
  await field(page, 'dtmfmode').click();
  await page.getByRole('option', { name: /shortinfo/ }).waitFor();
  expect(pbx.record(id)?.type).toBe('gateway');
});

it('names fields that nobody told the catalog of, and shows one only when it is asked for', async () => {
  const { page } = await openFirst({ vendor_future: { beta: 'kept' } });
  await openPage(page, 'Advanced');
  const unknown = shown(page).locator('[data-unknown="vendor_future"]');
  expect(await unknown.innerText()).toContain('Hidden');
  expect(await page.content()).not.toContain('kept');
  await unknown.getByRole('button', { name: /^Reveal vendor_future/ }).click();
  await unknown.getByText('"beta": "kept"').waitFor();
  await unknown.getByRole('button', { name: 'Hide' }).click();
  await expect.poll(() => unknown.innerText()).not.toContain('kept');
});

/** An office with the first extension's editor in front. */
async function openFirst(patch: Parameters<Awaited<ReturnType<typeof openOffice>>['pbx']['patch']>[1] = {}) {
  const office = await openOffice({ synced: false });
  const id = String(office.pbx.records()[0]?._id);
  office.pbx.patch(id, patch);
  await openFromSide(office.page, 'Tehran PBX');
  await shown(office.page).getByRole('button', { name: /^Sync/ }).first().click();
  await openRecord(office.page, id, '');
  return { ...office, id };
}
