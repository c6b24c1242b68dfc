import { useEffect, useRef, useState } from 'react';
import type { BatchSummary } from '../../../shared/model/batch';
import { type Problem, problemOf } from '../../../shared/model/problem';

import { useJob } from '../../ui/useJob';

/** A preview that is computed automatically. */
export interface Preview {
  /** The latest result; null if there is none yet. */
  readonly summary: BatchSummary | null;
  /** It is being worked out again. */
  readonly working: boolean;
  readonly progress: { readonly done: number; readonly total: number | null } | null;
  readonly problem: Problem | null;
  cancel(): void;
  again(): void;
}

const settledMs = 250;

/**
 * Works out what something comes to, by itself, once it settles; a later one takes the place of one that is under way.
 * @param wanted whether it is to be worked out now
 * @param question names what is worked out: another one makes it be worked out anew
 * @param over what was worked out is of no use any more
 */
export function usePreview({
  wanted,
  question,
  over,
  work,
}: {
  wanted: boolean;
  question: string;
  over: boolean;
  work: (job: string) => Promise<BatchSummary>;
}): Preview {
  const { run, cancel, running, progress } = useJob();
  const [summary, setSummary] = useState<BatchSummary | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asked, setAsked] = useState(0);
  const [due, setDue] = useState(false);
  // Coming back to a tab asks nothing again that was answered.
  const answered = useRef<string | null>(null);
  const newest = useRef(work);
  useEffect(() => {
    newest.current = work;
  });

  useEffect(() => {
    if (over) {
      setSummary(null);
      answered.current = null;
    }
    const asking = `${question} ${asked}`;
    if (!wanted || answered.current === asking) {
      setDue(false);
      return;
    }
    let passed = false;
    setDue(true);
    const timer = setTimeout(async () => {
      try {
        const found = await run((job) => newest.current(job));
        if (passed) return;
        answered.current = asking;
        setSummary(found);
        setProblem(null);
      } catch (error) {
        const told = problemOf(error);
        if (!passed) setProblem(told);
      } finally {
        if (!passed) setDue(false);
      }
    }, settledMs);
    return () => {
      passed = true;
      clearTimeout(timer);
      cancel();
    };
  }, [wanted, question, over, asked, run, cancel]);

  return {
    summary,
    working: due || running,
    progress: running ? progress : null,
    problem,
    cancel,
    again: () => setAsked((times) => times + 1),
  };
}
