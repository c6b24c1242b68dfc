import { fullProfile, size } from './full-profile';
import { type Figure, percentile } from './measure';
import { bare, freshProfile, root, startProgram } from './program';

const rounds = Number(process.env.PATCHBAY_BENCH_ROUNDS ?? 7);
/** What a window settles in, before its memory is looked at. */
const calmMs = 3_000;

interface Round {
  readonly bareMs: number;
  readonly bareMb: number;
  readonly emptyMs: number;
  readonly emptyMb: number;
  readonly fullMs: number;
  readonly fullMb: number;
}

/*
 * From spawning the program to a page that can be used, and what it takes of memory then: on a fresh profile, and with a
 * large directory in front. In turn with a bare window of the same Electron. Needs the built program, a display and a
 * keyring: `node scripts/headless.mjs -- npm run bench start`.
 */
export async function benchStart(): Promise<Figure[]> {
  const full = await fullProfile();
  const found: Round[] = [];
  try {
    for (let round = -1; round < rounds; round += 1) {
      const one = await measureRound(full.dir);
      // The first does not count: files are not in memory yet.
      if (round >= 0) found.push(one);
    }
  } finally {
    await full.remove();
  }
  return figuresOf(found);
}

async function measureRound(full: string): Promise<Round> {
  const empty = await freshProfile();
  try {
    const [bareMs, bareMb] = await startOf(bare, empty.dir);
    const [emptyMs, emptyMb] = await startOf(root, empty.dir);
    const [fullMs, fullMb] = await startOf(root, full, '[data-record]');
    return { bareMs, bareMb, emptyMs, emptyMb, fullMs, fullMb };
  } finally {
    await empty.remove();
  }
}

/** @param until what has to be painted beyond the navigation */
async function startOf(app: string, profile: string, until?: string): Promise<[ms: number, mb: number]> {
  const began = performance.now();
  const { page, ms, pss, stop } = await startProgram(app, profile);
  if (until) await page.locator(until).locator('visible=true').first().waitFor();
  const usable = until ? performance.now() - began : ms;
  await page.waitForTimeout(calmMs);
  const mb = await pss();
  await stop();
  return [usable, mb];
}

function figuresOf(rounds: readonly Round[]): Figure[] {
  const middle = (key: keyof Round) =>
    percentile(
      rounds.map((one) => one[key]),
      50,
    );
  const spread = (key: keyof Round, unit: string) => {
    const all = rounds.map((one) => one[key]);
    return `${Math.min(...all).toFixed(0)}–${Math.max(...all).toFixed(0)} ${unit} over ${all.length}`;
  };
  const started = (what: string, key: 'emptyMs' | 'fullMs'): Figure => ({
    what,
    baseline: 'a bare window',
    ms: middle(key),
    baselineMs: middle('bareMs'),
    more: spread(key, 'ms'),
  });
  const held = (what: string, key: 'emptyMb' | 'fullMb'): Figure => ({
    what,
    baseline: 'a bare window',
    unit: 'MB',
    ms: middle(key),
    baselineMs: middle('bareMb'),
    more: `${(middle(key) - middle('bareMb')).toFixed(0)} MB above it, ${spread(key, 'MB')}`,
  });
  return [
    started('spawn to a page that can be used', 'emptyMs'),
    started(`the same to the first rows of ${size}`, 'fullMs'),
    held('memory (PSS) on a fresh profile', 'emptyMb'),
    held(`memory (PSS) with ${size} records in the grid`, 'fullMb'),
  ];
}
