import { useCallback, useEffect, useRef, useState } from 'react';
import { listen, patchbay } from '../bridge';

/** How far a piece of work is; `total` null where nobody knows how much there is. */
export interface JobProgress {
  readonly done: number;
  readonly total: number | null;
}

/**
 * Long pieces of work of the main process, one at a time here: what is told of the newest one is shown.
 * `run((job) => ask(patchbay.x({ …, job })))`; `cancel` ends it at its next turn, and its asker gets `cancelled`.
 */
export function useJob() {
  const [running, setRunning] = useState(false);
  const [progress, setProgress] = useState<JobProgress | null>(null);
  const newest = useRef<string | null>(null);
  useEffect(
    () =>
      listen('jobProgress', ({ job, done, total }) => {
        if (job === newest.current) setProgress({ done, total });
      }),
    [],
  );
  const run = useCallback(async <T>(work: (job: string) => Promise<T>): Promise<T> => {
    const job = crypto.randomUUID();
    newest.current = job;
    setRunning(true);
    setProgress(null);
    try {
      return await work(job);
    } finally {
      if (newest.current === job) {
        newest.current = null;
        setRunning(false);
        setProgress(null);
      }
    }
  }, []);
  const cancel = useCallback(() => {
    if (newest.current !== null) void patchbay.jobs.cancel({ job: newest.current });
  }, []);
  return { run, cancel, running, progress };
}
