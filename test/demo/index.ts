import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron } from 'playwright-core';
import { ensureElectron } from '../../scripts/lib/electron.mjs';
import { answerDialogs } from '../e2e/harness/dialogs';
import { demoEdgeAccount, demoSimotelAccount, startEdge, startSimotel } from '../simulators';
import { connect, demoPanel, demoPbx } from './connect';
import { Report } from './report';
import { tour, tourSizes } from './tour';

/*
 * `npm run demo`, once everything is installed and built: both simulators, the program on a throwaway profile, and
 * then either the guided tour or a person. Run by scripts/demo.mjs, which provides display and keyring.
 */

const guided = process.env.PATCHBAY_DEMO === 'tour';
const root = path.resolve(__dirname, '../..');
const say = (line: string): void => console.log(line);

async function main(): Promise<number> {
  const electron = await ensureElectron();
  const pbx = await startSimotel({ seed: 1203, size: guided ? tourSizes.pbx : 412 });
  const panel = await startEdge({ seed: 88, size: guided ? tourSizes.panel : 120 });
  const profile = await mkdtemp(path.join(tmpdir(), 'patchbay-demo-'));
  const app = await _electron.launch({
    executablePath: electron.executable,
    args: [
      ...electron.args,
      ...(guided ? ['--disable-gpu', '--lang=en'] : []),
      `--user-data-dir=${profile}`,
      root,
    ],
  });
  let right = true;
  try {
    const page = await app.firstWindow();
    await page.getByRole('navigation').waitFor();
    if (guided) {
      const report = await Report.start(page, path.join(root, 'demo-output'), say);
      await tour({ page, answer: (file) => answerDialogs(app, file), report, pbx, panel });
      right = report.end();
    } else {
      await connect(page, demoPbx(pbx.url, demoSimotelAccount));
      await connect(page, demoPanel(panel.url, demoEdgeAccount));
      say(`Patchbay is open, connected to a simulated PBX (${pbx.url}) and panel (${panel.url}).`);
      say(`Change how they behave while it runs: curl ${pbx.url}/__sim/modes`);
      say('Close its window to end the demo; its profile is removed then.');
      await app.waitForEvent('close', { timeout: 0 });
    }
  } catch (error) {
    right = false;
    say(`the tour stopped: ${error instanceof Error ? error.message : String(error)}`);
    const [page] = app.windows();
    await page?.screenshot({ path: path.join(root, 'demo-output', 'stopped.png') }).catch(() => undefined);
  } finally {
    await app.close().catch(() => undefined);
    await Promise.all([pbx.stop(), panel.stop()]);
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  return right ? 0 : 1;
}

void main().then((code) => process.exit(code));
