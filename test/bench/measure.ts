/** One line of the benchmark: how long something took, and how that compares with a baseline of the same run. */
export interface Figure {
  readonly what: string;
  readonly baseline: string;
  /** Milliseconds, or what `unit` says; medians where `what` does not say otherwise. */
  readonly ms: number;
  readonly baselineMs: number;
  readonly unit?: 'MB';
  /**
   * The longest that nothing else in the process had its turn, over all runs; where it was looked at. `cpuMs`: the most
   * that was computed in one turn, which on a busy machine says more of the work and less of the machine.
   */
  readonly longest?: Longest;
  /** More about it, in words. */
  readonly more?: string;
}

interface Longest {
  readonly ms: number;
  readonly cpuMs: number;
}

/** The median of several runs, in milliseconds, after one that does not count; of none, that one. */
export async function median(runs: number, work: () => unknown): Promise<number> {
  const first = await timed(work);
  if (runs === 0) return first;
  const times: number[] = [];
  for (let i = 0; i < runs; i += 1) times.push(await timed(work));
  return percentile(times, 50);
}

/** How long one piece of work takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The value that so many in a hundred do not exceed. */
export function percentile(times: readonly number[], hundredth: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * hundredth) / 100))] ?? 0;
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
  let longest: Longest = { ms: 0, cpuMs: 0 };
  const ms = await median(runs, async () => {
    const { longest: seen } = await watched(work);
    longest = { ms: Math.max(longest.ms, seen.ms), cpuMs: Math.max(longest.cpuMs, seen.cpuMs) };
  });
  return { what, baseline, ms, baselineMs, longest };
}

/** Does a piece of work and tells how long it took, and the longest that nothing else had its turn meanwhile. */
export async function watched<T>(
  work: () => T | Promise<T>,
): Promise<{ result: T; ms: number; longest: Longest }> {
  let longest: Longest = { ms: 0, cpuMs: 0 };
  let last = { at: performance.now(), cpu: cpuMs() };
  let running = true;
  const look = (): void => {
    const now = { at: performance.now(), cpu: cpuMs() };
    longest = {
      ms: Math.max(longest.ms, now.at - last.at),
      cpuMs: Math.max(longest.cpuMs, now.cpu - last.cpu),
    };
    last = now;
    if (running) setImmediate(look);
  };
  setImmediate(look);
  const began = performance.now();
  const result = await work();
  const ms = performance.now() - began;
  running = false;
  look();
  return { result, ms, longest };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** A figure as a line: the ratio first, because absolute times are a machine's own. */
export function line({ what, baseline, ms, baselineMs, unit: told, longest, more }: Figure): string {
  const ratio = (ms / baselineMs).toFixed(2).padStart(8);
  const task = longest
    ? `, longest task ${longest.ms.toFixed(0)} ms (CPU ${longest.cpuMs.toFixed(0)} ms)`
    : '';
  const rest = more === undefined ? '' : `, ${more}`;
  const unit = told ?? 'ms';
  return `${ratio} ×  ${what}: ${ms.toFixed(2)} ${unit}${task}${rest}  (baseline ${baseline}: ${baselineMs.toFixed(2)} ${unit})`;
}
