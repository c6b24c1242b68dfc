import { create } from 'zustand';
import type { EventPayload } from '../../../shared/contract/contract';
import type { ConnectionId } from '../../../shared/model/connection';
import type { Run, RunHead, RunRow } from '../../../shared/model/plan';
import { type Problem, problemOf } from '../../../shared/model/problem';
import { ask, listen, patchbay } from '../../program/bridge';

/*
 * Runs as the main process tells of them: the head as a whole, the rows as they change. What is known at any time is
 * all that was told, so a window that was loaded anew, or a program that was started again, asks once and goes on.
 */

/** A run as it stands. The rows keep the order in which they are written. */
export interface RunView {
  readonly head: RunHead;
  readonly rows: ReadonlyMap<string, RunRow>;
}

interface RunStore {
  readonly runs: Readonly<Record<string, RunView>>;
  /** What went wrong with the last thing asked of a run. */
  readonly problems: Readonly<Record<string, Problem>>;
  /** Servers whose rows are being ended, as `run connection`; the rows under way are finished first. */
  readonly ending: ReadonlySet<string>;
}

export const useRuns = create<RunStore>(() => ({ runs: {}, problems: {}, ending: new Set() }));

/** A run as it stands, null where there is none or it is not known yet. */
export function useRun(runId: string | null): RunView | null {
  return useRuns(({ runs }) => (runId === null ? null : (runs[runId] ?? null)));
}

/** The run that has not come to its end: going on, or cut off. There is one at most. */
export function useOpenRun(): RunView | null {
  return useRuns(({ runs }) => openRunOf(runs));
}

/** The same, to ask once. */
export function openRun(): RunView | null {
  return openRunOf(useRuns.getState().runs);
}

function openRunOf(runs: RunStore['runs']): RunView | null {
  return Object.values(runs).find(({ head }) => head.endedAt === null) ?? null;
}

/** Whether a run was cut off by the program's end and waits to be taken up. */
export function isCutOff({ head }: RunView): boolean {
  return head.endedAt === null && head.servers.some(({ state }) => state === 'interrupted');
}

/** Takes in what is known of a run as a whole. */
export function keepRun({ rows, ...head }: Run): void {
  const kept: RunView = { head, rows: new Map(rows.map((row) => [row.changeId, row])) };
  useRuns.setState(({ runs }) => ({ runs: { ...runs, [head.id]: kept } }));
}

/** Takes in how one row of a run stands. */
export function keepRow(runId: string, row: RunRow): void {
  const known = useRuns.getState().runs[runId];
  if (known) merge({ head: known.head, rows: [row] });
}

const loading = new Map<string, EventPayload<'applyProgress'>[]>();

/** Asks for a run as a whole; what is told meanwhile is added to it. */
export async function loadRun(runId: string): Promise<void> {
  if (loading.has(runId)) return;
  const told: EventPayload<'applyProgress'>[] = [];
  loading.set(runId, told);
  try {
    const run = await ask(patchbay.apply.run({ runId }));
    if (run) keepRun(run);
  } catch (error) {
    setProblem(runId, problemOf(error));
  } finally {
    loading.delete(runId);
    for (const progress of told) merge(progress);
  }
}

function merge({ head, rows }: EventPayload<'applyProgress'>): void {
  const waiting = loading.get(head.id);
  if (waiting) {
    waiting.push({ head, rows });
    return;
  }
  const known = useRuns.getState().runs[head.id];
  if (!known) {
    void loadRun(head.id);
    return;
  }
  const merged = new Map(known.rows);
  for (const row of rows) merged.set(row.changeId, row);
  useRuns.setState(({ runs }) => ({ runs: { ...runs, [head.id]: { head, rows: merged } } }));
}

let loaded: Promise<void> = Promise.resolve();

/** Resolves when the runs that had not come to their end are known. */
export function runsKnown(): Promise<void> {
  return loaded;
}

/** Follows all runs; call once at start. */
export function followRuns(): void {
  listen('applyProgress', merge);
  listen('changed', ({ topics }) => {
    if (topics.includes('journal')) renewDecided();
  });
  loaded = ask(patchbay.apply.unfinished()).then(
    (runs) => {
      for (const run of runs) keepRun(run);
    },
    () => undefined,
  );
}

/**
 * Rows of a run that is not going on are decided by reading, which tells the history but not always the run: asked
 * for again where one of them is still unknown.
 */
function renewDecided(): void {
  for (const view of Object.values(useRuns.getState().runs)) {
    const still = view.head.endedAt !== null || isCutOff(view);
    const unknown = [...view.rows.values()].some((row) => row.result?.outcome === 'unknown');
    if (still && unknown) void loadRun(view.head.id);
  }
}

/** Pauses, resumes or ends a run, on one server or on all. */
export async function controlRun(
  runId: string,
  what: 'pause' | 'resume' | 'cancel',
  connectionId: ConnectionId | null = null,
): Promise<void> {
  setProblem(runId, null);
  const view = useRuns.getState().runs[runId];
  const cutOff = view !== undefined && isCutOff(view);
  if (what === 'cancel') setEnding(runId, connectionId);
  try {
    await ask(patchbay.apply[what]({ runId, connectionId }));
    // A run that is taken up says nothing of itself before its first row.
    if (cutOff) await loadRun(runId);
  } catch (error) {
    setProblem(runId, problemOf(error));
    if (what === 'cancel') useRuns.setState({ ending: new Set() });
  }
}

function setEnding(runId: string, connectionId: ConnectionId | null): void {
  const servers = useRuns.getState().runs[runId]?.head.servers ?? [];
  const keys = servers
    .filter((server) => connectionId === null || server.connectionId === connectionId)
    .map((server) => endingKey(runId, server.connectionId));
  useRuns.setState(({ ending }) => ({ ending: new Set([...ending, ...keys]) }));
}

/** How a server that is being ended is named in `ending`. */
export function endingKey(runId: string, connectionId: string): string {
  return `${runId} ${connectionId}`;
}

/** Says what went wrong with a run, or that nothing is wrong any more. */
export function setProblem(runId: string, problem: Problem | null): void {
  useRuns.setState(({ problems }) => {
    const { [runId]: _, ...others } = problems;
    return { problems: problem ? { ...others, [runId]: problem } : others };
  });
}
