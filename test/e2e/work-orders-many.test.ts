/** Work orders with more changes than stand on a screen: chosen, undone, planned, while only a few are in the window. */
import { expect, it } from 'vitest';
import type { Bridge } from '../../shared/contract/contract';
import { openFromSide, openOffice, shown } from './harness';

declare const window: { readonly patchbay: Bridge };

const many = 320;

/** An office where every record of the PBX has something prepared. */
async function prepared(size: number) {
  const office = await openOffice({ pbx: { size } });
  await office.page.evaluate(
    async ({ connectionId, ids }) => {
      for (const remoteId of ids)
        await window.patchbay.changes.setField({ connectionId, remoteId, field: 'description', next: 'new' });
    },
    { connectionId: office.pbxConnection.id, ids: office.pbx.records().map((record) => String(record._id)) },
  );
  return office;
}

it('chooses a stretch and all of some hundred changes, of which a few are drawn, and plans them all', async () => {
  const { page, pbxConnection } = await prepared(many);
  await openFromSide(page, 'Work orders');
  const tab = shown(page);
  const lines = tab.locator('[data-record]');
  await lines.nth(8).waitFor();
  expect(await lines.count()).toBeLessThan(120);

  await lines.nth(1).getByRole('checkbox').click();
  await lines
    .nth(6)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await tab.getByText('6 chosen', { exact: true }).waitFor();
  const all = tab.getByRole('checkbox', { name: /^Choose all changes of .*Tehran PBX/ });
  expect(await all.evaluate((box) => (box as unknown as { indeterminate: boolean }).indeterminate)).toBe(
    true,
  );
  await all.click();
  await tab.getByText(`${many} chosen`, { exact: true }).waitFor();

  // One that is taken away elsewhere is not chosen any more.
  const gone = (await lines.nth(2).getAttribute('data-record')) ?? '';
  await page.evaluate((of) => window.patchbay.changes.undoRecord(of), {
    connectionId: pbxConnection.id,
    remoteId: gone,
  });
  await tab.getByText(`${many - 1} chosen`, { exact: true }).waitFor();
  await expect.poll(() => tab.locator(`[data-record="${gone}"]`).count()).toBe(0);
  await all.click();
  await tab.getByText(/chosen$/).waitFor({ state: 'detached' });

  await tab.getByRole('button', { name: /^Review .* · .*Tehran PBX/ }).click();
  await shown(page)
    .getByRole('button', { name: new RegExp(`^Apply ${many - 1} changes to .*Tehran PBX`) })
    .waitFor();
});

it('moves all that is chosen into a new work order, and the current one stays current', async () => {
  const { page } = await prepared(30);
  await openFromSide(page, 'Work orders');
  const tab = shown(page);
  await tab.getByRole('checkbox', { name: /^Choose all changes of .*Tehran PBX/ }).click();
  await tab.getByText('30 chosen', { exact: true }).waitFor();
  await tab.locator('[data-move]').click();
  await page.getByRole('menuitem', { name: 'New work order…' }).click();
  const form = page.getByRole('dialog');
  await form.locator('[data-field="name"]').fill('For later');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByText('30 changes moved to WO-2.').waitFor();
  const orders = await page.evaluate(() => window.patchbay.workOrders.list());
  expect(orders).toMatchObject({
    ok: true,
    value: [
      { number: 2, name: 'For later', changes: 30, current: false },
      { number: 1, changes: 0, current: true },
    ],
  });
});
