import { expect, it } from 'vitest';
import { crash } from './driver';
import { moments } from './kills';

const kills = Number(process.env.PATCHBAY_KILLS ?? 60);

it(`${kills} kills in the middle of runs leave nothing lost, doubled, undecided or told wrongly`, async () => {
  const seed = Number(process.env.PATCHBAY_SEED ?? Date.now() % 1_000_000);
  console.log(`crash test: PATCHBAY_SEED=${seed}`);
  const report = await crash({ kills, seed });
  console.log(`crash test: ${JSON.stringify(report)}`);
  expect(report.violations).toEqual([]);
  expect(report.landed).toBeGreaterThanOrEqual(kills);
  // Every kind of moment was hit: a kill test that only ever hits the start proves nothing.
  if (kills >= 60) expect(moments.filter((moment) => report.kills[moment] === 0)).toEqual([]);
  expect(report.outcomes.applied ?? 0).toBeGreaterThan(report.rounds * 200);
});
