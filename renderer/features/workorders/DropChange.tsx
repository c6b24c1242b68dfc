import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PlanRow } from '../../../shared/model/plan';
import { ask, patchbay } from '../../bridge';
import { AskButton } from '../../ui/AskButton';
import { isolateTitle } from '../../ui/title-parts';
import { type PlanScope, readPlan } from './plan-sessions';

/** Takes a change that has nothing left to do out of the work order, then plans anew. */
export function DropChange({ scope, row }: { scope: PlanScope; row: PlanRow }) {
  const { t } = useTranslation('workorders');
  const drop = useMutation({
    mutationFn: () => ask(patchbay.changes.drop({ changeIds: [row.changeId] })),
    onSettled: () => readPlan(scope),
  });
  return (
    <AskButton
      label={t('drop.label', { title: isolateTitle(row.title) })}
      question={t('drop.question', { title: isolateTitle(row.title) })}
      confirm={t('drop.confirm')}
      busy={drop.isPending}
      onConfirm={() => drop.mutate()}
    >
      {t('drop.confirm')}
    </AskButton>
  );
}
