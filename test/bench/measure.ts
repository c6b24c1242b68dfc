/** One line of the benchmark: how long something took, and how that compares with a baseline of the same run. */
export interface Figure {
  readonly what: string;
  readonly baseline: string;
  /** Medians in milliseconds. */
  readonly ms: number;
  readonly baselineMs: number;
  /** The longest that nothing else in the process had its turn, over all runs; where it was looked at. */
  readonly longestMs?: number;
}

/** The median of several runs, in milliseconds, after one that does not count. */
export async function median(runs: number, work: () => unknown): Promise<number> {
  await work();
  const times: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}

/** Measures a piece of work against a baseline, in turn, so that a machine that slows down slows both. */
export async function compare(
  what: string,
  baseline: string,
  runs: number,
  work: () => unknown,
  other: () => unknown,
): Promise<Figure> {
  const baselineMs = await median(runs, other);
  const ms = await median(runs, work);
  return { what, baseline, ms, baselineMs };
}

/** As `compare`, and how long at most nothing else had its turn while the work was done. */
export async function compareTurns(
  what: string,
  baseline: string,
  runs: number,
  work: () => unknown,
  other: () => unknown,
): Promise<Figure> {
  const baselineMs = await median(runs, other);
  let longestMs = 0;
  const ms = await median(runs, async () => {
    longestMs = Math.max(longestMs, await longestTask(work));
  });
  return { what, baseline, ms, baselineMs, longestMs };
}

/** The longest time between two turns of the event loop while something is done, in milliseconds. */
async function longestTask(work: () => unknown): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let running = true;
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(look);
  };
  setImmediate(look);
  await work();
  running = false;
  look();
  return longest;
}

/** A figure as a line: the ratio first, because absolute times are a machine's own. */
export function line({ what, baseline, ms, baselineMs, longestMs }: Figure): string {
  const ratio = (ms / baselineMs).toFixed(2).padStart(8);
  const longest = longestMs === undefined ? '' : `, longest task ${longestMs.toFixed(1)} ms`;
  return `${ratio} ×  ${what}: ${ms.toFixed(2)} ms${longest}  (baseline ${baseline}: ${baselineMs.toFixed(2)} ms)`;
}
