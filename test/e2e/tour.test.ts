/** The tour of `npm run demo`, as a test: the main job from end to end in a real window. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Report } from '../demo/report';
import { tour, tourSizes } from '../demo/tour';
import { startEdge, startSimotel } from '../simulators';
import { answerDialogs, launchPatchbay } from './harness';

it('prepares edits offline, plans, applies, takes all of it back, and the servers end as they began', async () => {
  const pbx = await startSimotel({ seed: 1203, size: tourSizes.pbx });
  const panel = await startEdge({ seed: 88, size: tourSizes.panel });
  const pictures = await mkdtemp(path.join(tmpdir(), 'pb-tour-'));
  onTestFinished(async () => {
    await Promise.all([pbx.stop(), panel.stop()]);
    await rm(pictures, { recursive: true, force: true });
  });
  const { app, page } = await launchPatchbay({ locale: 'en' });
  await page.getByRole('navigation').waitFor();
  const lines: string[] = [];
  const report = await Report.start(page, pictures, (line) => lines.push(line));

  await tour({ page, answer: (file) => answerDialogs(app, file), report, pbx, panel });

  expect(report.end(), lines.join('\n')).toBe(true);
  // A tour that checks nothing would hold, too.
  expect(lines.filter((line) => line.trimStart().startsWith('ok ')).length).toBeGreaterThanOrEqual(25);
});
