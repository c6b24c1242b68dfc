import { useEffect, useRef, useState } from 'react';
import type { Outcome, RunRow, RunServer } from '../../../shared/model/plan';
import { outcomes } from '../../../shared/model/plan';
import type { RunView } from './runs';

/** How far a run, or one server of it, is. */
export interface Counts {
  readonly all: number;
  /** Its outcome is known. `unknown` is none: what nobody knows does not count as done. */
  readonly done: number;
  /** How many ended how. */
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Written, its outcome not known yet. */
  readonly written: number;
  /** Not begun. */
  readonly waiting: number;
}

const none: Counts = { all: 0, done: 0, outcomes: {}, written: 0, waiting: 0 };

/** How far each server is, by connection. */
export function countsByServer(run: RunView): ReadonlyMap<string, Counts> {
  const counts = new Map<string, Counts>();
  for (const row of run.rows.values()) {
    counts.set(row.connectionId, added(counts.get(row.connectionId) ?? none, row));
  }
  return counts;
}

/** How far the whole run is. */
export function countsOf(run: RunView): Counts {
  return [...run.rows.values()].reduce(added, none);
}

function added(counts: Counts, { state, result }: RunRow): Counts {
  const outcome = state === 'done' ? result?.outcome : undefined;
  return {
    all: counts.all + 1,
    done: counts.done + (outcome !== undefined && outcome !== 'unknown' ? 1 : 0),
    outcomes:
      outcome === undefined
        ? counts.outcomes
        : { ...counts.outcomes, [outcome]: (counts.outcomes[outcome] ?? 0) + 1 },
    written: counts.written + (state === 'writing' || state === 'reading-back' ? 1 : 0),
    waiting: counts.waiting + (state === 'waiting' || state === 'checking' ? 1 : 0),
  };
}

/** How many rows nothing more is done for just now: whatever they ended as, `unknown` too. */
export function endedOf({ done, outcomes }: Counts): number {
  return done + (outcomes.unknown ?? 0);
}

/** How many rows ended how, in a fixed order; none that is zero. */
export function countOutcomes(rows: Iterable<RunRow>): readonly (readonly [Outcome, number])[] {
  const counts = new Map<Outcome, number>();
  for (const { result } of rows) {
    if (result) counts.set(result.outcome, (counts.get(result.outcome) ?? 0) + 1);
  }
  return outcomes.flatMap((outcome) => {
    const count = counts.get(outcome);
    return count ? [[outcome, count] as const] : [];
  });
}

/** The one word for a whole run: what of it a person should look at first. */
export function runState({ head }: RunView): RunServer['state'] {
  const states = new Set(head.servers.map(({ state }) => state));
  const order = ['asking', 'interrupted', 'running', 'waiting', 'paused', 'stopped', 'done'] as const;
  if (head.endedAt !== null) return 'done';
  return order.find((state) => states.has(state)) ?? 'running';
}

interface Sample {
  readonly at: number;
  readonly done: ReadonlyMap<string, number>;
}

const measuredOverMs = 30_000;
const saidFromRows = 5;
const saidFromMs = 2_000;

/**
 * Milliseconds that are left, by how fast the servers went lately; the slowest one counts. Null while nothing can be
 * said: too few rows yet, or nothing is running.
 */
export function useTimeLeft(run: RunView): number | null {
  const samples = useRef<readonly Sample[]>([]);
  const [left, setLeft] = useState<number | null>(null);
  const newest = useRef(run);
  useEffect(() => {
    newest.current = run;
  });
  useEffect(() => {
    // Once a second is often enough for eyes, and calm.
    const timer = setInterval(() => {
      const now = Date.now();
      const counts = countsByServer(newest.current);
      const running = newest.current.head.servers.some(({ state }) => state === 'running');
      const done = new Map([...counts].map(([id, one]) => [id, endedOf(one) + one.written / 2]));
      samples.current = running
        ? [...samples.current.filter(({ at }) => now - at < measuredOverMs), { at: now, done }]
        : [];
      setLeft(leftBy(samples.current, counts));
    }, 1_000);
    return () => clearInterval(timer);
  }, []);
  return left;
}

/** The time that is left by a series of samples. */
export function leftBy(samples: readonly Sample[], counts: ReadonlyMap<string, Counts>): number | null {
  const [first] = samples;
  const last = samples.at(-1);
  const all = [...counts.values()].reduce((sum, one) => sum + endedOf(one), 0);
  if (!first || !last || last.at - first.at < saidFromMs || all < saidFromRows) return null;
  let slowest = 0;
  for (const [id, count] of counts) {
    const rest = count.all - (last.done.get(id) ?? 0);
    const went = (last.done.get(id) ?? 0) - (first.done.get(id) ?? 0);
    if (rest > 0 && went > 0) slowest = Math.max(slowest, (rest * (last.at - first.at)) / went);
  }
  return slowest > 0 ? slowest : null;
}
