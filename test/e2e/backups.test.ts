/** Going back to a backup from the settings, through the restart, as a person does it. */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  ended,
  keyringEntries,
  openAgain,
  openFromSide,
  openOffice,
  prepare,
  restartByHand,
  serviceOf,
  shown,
  storedNext,
  write,
} from './harness';

it('restores a backup made in the settings: what came after it is set aside, and the history tells of the restore', async () => {
  const office = await openOffice({ pbx: { size: 4 }, panel: { size: 2 } });
  const { app, page, pbx, pbxConnection, profileDir } = office;
  const [one, two] = pbx.records().map((record) => String(record._id));
  if (!one || !two) throw new Error('the simulator is empty');
  await prepare(page, pbxConnection.id, one, { name: 'Prepared before' });
  await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click();
  await shown(page).getByRole('button', { name: 'Back up now' }).click();
  await shown(page).getByText('The backup is made and checked.').waitFor();
  const byHand = shown(page).locator('[data-backup]').filter({ hasText: 'by hand' });
  await byHand.waitFor();
  // Applies what was prepared before, too.
  await write(page, pbxConnection.id, two, { name: 'Written after' });
  // The keychain remembers the newest entry a moment after it is written.
  const heads = async () =>
    Object.keys(await keyringEntries(office.keyring, serviceOf(office))).filter((account) =>
      account.startsWith('journal-head/'),
    );
  await expect.poll(heads).toHaveLength(1);

  await restartByHand(app);
  await byHand.getByRole('button', { name: /^Restore the backup of/ }).click();
  const question = page.getByRole('alertdialog');
  await question.getByText('is set aside, not deleted').waitFor();
  await question.getByRole('button', { name: 'Restore and restart' }).click();
  await ended(app);

  const again = await openAgain(office);
  expect(await storedNext(again.page, pbxConnection.id, one, 'name')).toBe('Prepared before');
  expect(readdirSync(profileDir).filter((name) => name.includes('before-restore')).length).toBeGreaterThan(0);
  await openFromSide(again.page, 'History');
  await shown(again.page).locator('[data-outcome="restored"]').getByText('Backup restored').waitFor();
  await shown(again.page).getByRole('button', { name: 'More' }).click();
  await again.page.getByRole('menuitem', { name: 'Check the chain of entries' }).click();
  await shown(again.page).locator('[data-chain="restored"]').waitFor();
  await again.page.getByRole('banner').getByRole('button', { name: 'Settings' }).click();
  await shown(again.page).getByRole('button', { name: 'Check now' }).click();
  await shown(again.page).locator('[data-check="true"]').waitFor();
});
