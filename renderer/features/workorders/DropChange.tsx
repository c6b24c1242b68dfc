import { useTranslation } from 'react-i18next';
import type { PlanRow } from '../../../shared/model/plan';
import { ask, patchbay } from '../../program/bridge';
import { AskButton } from '../../ui/AskButton';
import { isolateTitle } from '../../ui/title-parts';
import { useAction } from '../../ui/useAction';
import { type PlanScope, readPlan } from './plan-sessions';

/** Takes a change that has nothing left to do out of the work order, then plans anew. */
export function DropChange({ scope, row }: { scope: PlanScope; row: PlanRow }) {
  const { t } = useTranslation('workorders');
  const drop = useAction({
    work: () => ask(patchbay.changes.drop({ changeIds: [row.changeId] })),
    settled: () => readPlan(scope),
  });
  return (
    <AskButton
      label={t('drop.label', { title: isolateTitle(row.title) })}
      question={t('drop.question', { title: isolateTitle(row.title) })}
      confirm={t('drop.confirm')}
      busy={drop.busy}
      onConfirm={() => drop.run()}
    >
      {t('drop.confirm')}
    </AskButton>
  );
}
