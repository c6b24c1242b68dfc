import { create } from 'zustand';
import type { ConnectionId } from '../../shared/model/connection';
import type { JobProgress } from '../../shared/model/job';
import { type Problem, problemOf } from '../../shared/model/problem';
import type { DirectorySummary } from '../../shared/model/record';
import { ask, patchbay } from './bridge';
import { cancelJob, useJobs } from './jobs';

interface SyncStore {
  /** The jobs of syncs that were asked for here and have not been answered, by connection. */
  readonly asked: Readonly<Record<string, string>>;
  /** What went wrong with the last sync, by connection. */
  readonly problems: Readonly<Record<string, Problem>>;
}

const useSyncs = create<SyncStore>(() => ({ asked: {}, problems: {} }));

/**
 * Reads a connection's directory from its server. What goes wrong is kept for the directory tab to show.
 * @returns what came of it; null where a sync was under way already, or was cancelled
 */
export async function startSync(
  connectionId: ConnectionId,
): Promise<{ readonly summary: DirectorySummary } | { readonly problem: Problem } | null> {
  if (useSyncs.getState().asked[connectionId]) return null;
  forgetSyncProblem(connectionId);
  const job = crypto.randomUUID();
  useSyncs.setState(({ asked }) => ({ asked: { ...asked, [connectionId]: job } }));
  try {
    return { summary: await ask(patchbay.directory.sync({ connectionId, job })) };
  } catch (error) {
    const problem = problemOf(error);
    // A technician who cancelled knows it.
    if (problem.code === 'cancelled') return null;
    useSyncs.setState(({ problems }) => ({ problems: { ...problems, [connectionId]: problem } }));
    return { problem };
  } finally {
    useSyncs.setState(({ asked }) => ({ asked: without(asked, connectionId) }));
  }
}

/** Asks for a running sync to stop; what was stored before stays as it was. */
export function cancelSync(connectionId: ConnectionId): void {
  const job = useSyncs.getState().asked[connectionId] ?? syncOf(useJobs.getState().going, connectionId)?.job;
  if (job !== undefined) cancelJob(job);
}

/** The progress of a connection's sync, undefined while none is under way. */
export function useSyncProgress(connectionId: string): JobProgress | undefined {
  return useJobs(({ going }) => syncOf(going, connectionId));
}

/** Takes the problem of the last sync off the screen. */
export function forgetSyncProblem(connectionId: string): void {
  useSyncs.setState(({ problems }) => ({ problems: without(problems, connectionId) }));
}

/** Whether a sync was asked for here and is not answered yet. */
export function useSyncAsked(connectionId: string): boolean {
  return useSyncs((state) => state.asked[connectionId] !== undefined);
}

/** What went wrong with the last sync, undefined where it went well or there was none. */
export function useSyncProblem(connectionId: string): Problem | undefined {
  return useSyncs((state) => state.problems[connectionId]);
}

function syncOf(going: Readonly<Record<string, JobProgress>>, connectionId: string): JobProgress | undefined {
  return Object.values(going).find((one) => one.kind === 'sync' && one.connectionId === connectionId);
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _, ...others } = record;
  return others;
}
