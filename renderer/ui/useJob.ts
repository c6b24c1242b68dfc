import { useCallback, useRef, useState } from 'react';
import { cancelJob, useJobProgress } from '../program/jobs';

/**
 * Long pieces of work of the main process, one at a time here: what is told of the newest one is shown.
 * `run((job) => ask(patchbay.x({ …, job })))`; `cancel` ends it at its next turn, and its asker gets `cancelled`.
 */
export function useJob() {
  const [job, setJob] = useState<string | null>(null);
  const newest = useRef<string | null>(null);
  const progress = useJobProgress(job) ?? null;
  const run = useCallback(async <T>(work: (job: string) => Promise<T>): Promise<T> => {
    const own = crypto.randomUUID();
    newest.current = own;
    setJob(own);
    try {
      return await work(own);
    } finally {
      if (newest.current === own) {
        newest.current = null;
        setJob(null);
      }
    }
  }, []);
  const cancel = useCallback(() => {
    if (newest.current !== null) cancelJob(newest.current);
  }, []);
  return { run, cancel, running: job !== null, progress };
}
