import { useTranslation } from 'react-i18next';
import type { Step } from '../../../shared/model/batch';
import { formatCount } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { queryClient } from '../../program/queries';
import { useAction } from '../../ui/useAction';
import { useJob } from '../../ui/useJob';

/** Takes a bulk step back as one: how far it is, and in words what was taken back and what was left. */
export function useUndoStep() {
  const { t } = useTranslation('workorders');
  const { run, cancel, running, progress } = useJob();
  const undo = useAction({
    work: (step: Step) => run((job) => ask(patchbay.steps.undo({ stepId: step.id, job }))),
    done: () => void queryClient.invalidateQueries({ queryKey: ['bulk', 'steps'] }),
  });
  const words = ({ fields, left }: { fields: number; left: number }) => {
    const took = t('steps.took', { count: fields, n: formatCount(fields) });
    return left > 0 ? `${took} ${t('steps.left', { count: left, n: formatCount(left) })}` : took;
  };
  return {
    take: undo.run,
    cancel,
    running,
    report: undo.result ? words(undo.result) : null,
    problem: undo.problem,
    progress:
      running && progress
        ? t('steps.progress', {
            done: formatCount(progress.done),
            total: formatCount(progress.total ?? progress.done),
          })
        : null,
  };
}
