import type { Bridge } from '../../shared/contract/contract';
import { connect, demoPbx } from '../demo/connect';
import { demoSimotelAccount, startSimotel } from '../simulators';
import { freshProfile, root, startProgram } from './program';

declare const window: { readonly patchbay: Bridge };

/** How many records the large directory has. */
export const size = Number(process.env.PATCHBAY_BENCH_SIZE ?? 50_000);

/** A profile whose directory of many records stands open in its tab. */
export async function fullProfile() {
  const pbx = await startSimotel({ size });
  const profile = await freshProfile();
  const { page, stop } = await startProgram(root, profile.dir);
  const { id } = await connect(page, demoPbx(pbx.url, demoSimotelAccount, 60_000));
  const job = crypto.randomUUID();
  const said = await page.evaluate((input) => window.patchbay.directory.sync(input), {
    connectionId: id,
    job,
  });
  if (!said.ok) throw new Error(`directory.sync: ${said.problem.code}`);
  await page.getByRole('navigation').getByRole('button', { name: 'Tehran PBX' }).first().click();
  await page.locator('[data-record]').locator('visible=true').first().waitFor();
  // The open tabs are stored a moment later.
  await page.waitForTimeout(1_000);
  await stop();
  await pbx.stop();
  return profile;
}
