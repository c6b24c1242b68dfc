import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step } from '../../../shared/model/batch';
import type { Problem } from '../../../shared/model/problem';
import { ask, patchbay, problemOf } from '../../bridge';
import { formatCount } from '../../i18n';
import { queryClient } from '../../queries';
import { useJob } from '../../ui/useJob';

/** Takes a bulk step back as one: how far it is, and in words what was taken back and what was left. */
export function useUndoStep() {
  const { t } = useTranslation('workorders');
  const { run, cancel, running, progress } = useJob();
  const [report, setReport] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const take = async (step: Step) => {
    setReport(null);
    setProblem(null);
    try {
      const { fields, left } = await run((job) => ask(patchbay.steps.undo({ stepId: step.id, job })));
      const words = [t('steps.took', { count: fields, n: formatCount(fields) })];
      if (left > 0) words.push(t('steps.left', { count: left, n: formatCount(left) }));
      setReport(words.join(' '));
      await queryClient.invalidateQueries({ queryKey: ['bulk', 'steps'] });
    } catch (error) {
      const found = problemOf(error);
      // Who cancelled knows it.
      if (found.code !== 'cancelled') setProblem(found);
    }
  };
  return {
    take,
    cancel,
    running,
    report,
    problem,
    progress:
      running && progress
        ? t('steps.progress', {
            done: formatCount(progress.done),
            total: formatCount(progress.total ?? progress.done),
          })
        : null,
  };
}
