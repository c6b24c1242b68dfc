import { create } from 'zustand';
import { isOver, type JobProgress } from '../../shared/model/job';
import { ask, listen, patchbay } from './bridge';

interface JobsStore {
  /** How far the long pieces of work are that go on, by their ids. */
  readonly going: Readonly<Record<string, JobProgress>>;
}

export const useJobs = create<JobsStore>(() => ({ going: {} }));

/** How far a piece of work is; undefined while nothing is told of it. */
export function useJobProgress(job: string | null): JobProgress | undefined {
  return useJobs(({ going }) => (job === null ? undefined : going[job]));
}

/** Ends a piece of work at its next turn; its asker gets `cancelled`. One that is over is no error. */
export function cancelJob(job: string): void {
  void patchbay.jobs.cancel({ job });
}

/** Follows all long work, that which began before this window too; call once at start. */
export function followJobs(): void {
  // What is told before the list is here is newer than the list.
  let heard: Set<string> | null = new Set();
  listen('jobProgress', (progress) => {
    heard?.add(progress.job);
    note(progress);
  });
  ask(patchbay.jobs.list()).then(
    (list) => {
      for (const progress of list) if (!heard?.has(progress.job)) note(progress);
      heard = null;
    },
    () => undefined,
  );
}

function note(progress: JobProgress): void {
  useJobs.setState(({ going }) => {
    const { [progress.job]: _, ...others } = going;
    return { going: isOver(progress.phase) ? others : { ...others, [progress.job]: progress } };
  });
}
