import { Button } from '@mantine/core';
import { IconTable, IconTemplate, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fieldSpec } from '../../../shared/catalog';
import type { Step } from '../../../shared/model/batch';
import type { WorkOrder } from '../../../shared/model/change';
import { recordsOf } from '../../../shared/model/connection';
import { formatCount, formatMoment, localised } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { useConnection } from '../../program/connections';
import { keys } from '../../program/queries';
import { AskButton } from '../../ui/AskButton';
import { ConnectionName } from '../../ui/ConnectionName';
import { isolateLabel } from '../../ui/field-label';
import { isolate } from '../../ui/isolate';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { isolateTitle } from '../../ui/title-parts';
import classes from './Steps.module.css';
import { useUndoStep } from './use-undo-step';

const icons = { edit: IconUsersGroup, template: IconTemplate, copy: IconUsersGroup, sheet: IconTable };

/** What was prepared in a work order many at once, newest first, each to be taken back as one. */
export function Steps({ order }: { order: WorkOrder }) {
  const { t } = useTranslation('workorders');
  const { data } = useQuery({
    queryKey: keys.steps(order.id),
    queryFn: () => ask(patchbay.steps.list({ workOrderId: order.id })),
  });
  if (!data || data.length === 0) return null;
  return (
    <ul className={classes.steps} aria-label={t('steps.title')}>
      {data.map((step) => (
        <StepLine key={step.id} step={step} locked={order.state === 'applying' || order.state === 'closed'} />
      ))}
    </ul>
  );
}

function StepLine({ step, locked }: { step: Step; locked: boolean }) {
  const { t } = useTranslation('workorders');
  const connection = useConnection(step.connectionId);
  const undo = useUndoStep();
  const Icon = icons[step.what];
  const fields = step.fields.map((name) => {
    const spec = connection && fieldSpec(recordsOf(connection, step.collection), name);
    return spec ? isolateLabel(localised(spec.label)) : isolate(name);
  });
  const records = t('steps.records', { count: step.records, n: formatCount(step.records) });
  return (
    <li className={classes.step} data-step={step.id} data-undone={step.undone || undefined}>
      <Icon size={15} aria-hidden className={classes.icon} />
      <span className={classes.what}>{t(`steps.${step.what}`, { name: isolateTitle(step.name) })}</span>
      <ConnectionName connection={connection} brief />
      <span className={classes.how} title={fields.join(t('steps.comma'))}>
        {records} · {fields.join(t('steps.comma'))}
      </span>
      <time className={classes.quiet} dateTime={new Date(step.at).toISOString()}>
        {formatMoment(step.at)}
      </time>
      <span className={classes.act}>
        {undo.running ? (
          <>
            <span className={classes.quiet} role="status">
              {undo.progress ?? t('steps.taking')}
            </span>
            <Button size="compact-xs" variant="default" onClick={undo.cancel}>
              {t('steps.cancel')}
            </Button>
          </>
        ) : step.undone ? (
          <span className={classes.quiet} role="status">
            {undo.report ?? t('steps.taken')}
          </span>
        ) : locked ? null : (
          <AskButton
            label={t('steps.take')}
            question={t('steps.question', { count: step.records, n: formatCount(step.records) })}
            confirm={t('steps.take')}
            onConfirm={() => void undo.take(step)}
          />
        )}
      </span>
      {undo.problem ? (
        <div className={classes.problem}>
          <ProblemAlert problem={undo.problem} />
        </div>
      ) : null}
    </li>
  );
}
