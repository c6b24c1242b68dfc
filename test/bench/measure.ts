/** One line of the benchmark: how long something took, and how that compares with a baseline of the same run. */
export interface Figure {
  readonly what: string;
  readonly baseline: string;
  /** Medians in milliseconds. */
  readonly ms: number;
  readonly baselineMs: number;
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

/** A figure as a line: the ratio first, because absolute times are a machine's own. */
export function line({ what, baseline, ms, baselineMs }: Figure): string {
  const ratio = (ms / baselineMs).toFixed(2).padStart(8);
  return `${ratio} ×  ${what}: ${ms.toFixed(2)} ms  (baseline ${baseline}: ${baselineMs.toFixed(2)} ms)`;
}
