/** Files and printing in the real program: the system's dialogs are answered, everything else is as it is. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Bridge } from '../../shared/contract/contract';
import { tempFolder } from '../support/endings';
import { answerDialogs, openFromSide, openOffice, prepare, shown } from './harness';

declare const window: { readonly patchbay: Bridge };

describe('a summary', () => {
  it('is printed as PDF in both languages by a window without scripts that is gone afterwards', async () => {
    const { app, page, pbx, pbxConnection } = await openOffice();
    const id = String(pbx.records()[0]?._id);
    await prepare(page, pbxConnection.id, id, { name: 'سارا <script>document.title="ran"</script>' });
    const folder = tempFolder();
    for (const language of ['en', 'fa'] as const) {
      const file = path.join(folder, `${language}.pdf`);
      await answerDialogs(app, file);
      const answer = await page.evaluate(async (chosen) => {
        const order = await window.patchbay.workOrders.current();
        if (!order.ok) return order;
        const asked = { workOrderId: order.value.id, what: 'pdf', language: chosen } as const;
        return window.patchbay.workOrders.summary(asked);
      }, language);
      expect(answer).toEqual({ ok: true, value: { saved: file } });
      const bytes = readFileSync(file);
      expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
      expect(bytes.length).toBeGreaterThan(3_000);
    }
    expect(readdirSync(folder).sort()).toEqual(['en.pdf', 'fa.pdf']);
    expect(app.windows()).toHaveLength(1);
  });
});

describe('a work order file', () => {
  it('is written from the menu and, taken in where it began, is known again and changes nothing unasked', async () => {
    const { app, page, pbx, pbxConnection } = await openOffice();
    const id = String(pbx.records()[0]?._id);
    await prepare(page, pbxConnection.id, id, { name: 'سارا', cid_number: '0012' });
    const file = path.join(tempFolder(), 'WO-1.patchbay.json');
    await answerDialogs(app, file);
    await openFromSide(page, 'Work orders');
    await shown(page).getByRole('button', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Export to a file…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It contains no prepared passwords or other secrets.').waitFor();
    await dialog.getByRole('button', { name: 'Write the file' }).click();
    await page.getByText('Written to').waitFor();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      format: 'patchbay-work-order',
      changes: [{ remoteId: id, leftOut: [], sealed: [] }],
    });

    await shown(page).getByRole('button', { name: 'Import a file…' }).click();
    await dialog.getByText('Its prepared changes are the same as in the file.').waitFor();
    const replace = dialog.getByRole('button', { name: 'Replace with 1 change' });
    expect(await replace.isDisabled()).toBe(true);
    await dialog.getByRole('checkbox', { name: /Replace its prepared changes/ }).check();
    await replace.click();
    await page.getByText('Imported as WO-1').waitFor();
    const orders = await page.evaluate(() => window.patchbay.workOrders.list());
    expect(orders).toMatchObject({ ok: true, value: [{ number: 1, changes: 1 }] });
  });
});
