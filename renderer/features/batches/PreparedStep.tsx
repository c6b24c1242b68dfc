import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Step } from '../../../shared/model/batch';
import type { Connection } from '../../../shared/model/connection';
import { formatCount } from '../../i18n';
import { useWorkOrder, workOrderName } from '../../program/work-orders';
import { ConnectionButton } from '../../ui/ConnectionButton';
import { EmptyState } from '../../ui/EmptyState';
import { isolate } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { openPlan, useUndoStep } from '../workorders';

/** Says calmly what was prepared, and offers the ways on: the plan, taking it back, going on where it came from. */
export function PreparedStep({
  connection,
  step,
  left,
  on,
  onBack,
}: {
  connection: Connection;
  /** Null where nothing was left to prepare. */
  step: Step | null;
  /** Rows that were read or edited meanwhile, and left alone. */
  left: number;
  /** What going on is called. */
  on: string;
  onBack: () => void;
}) {
  const { t } = useTranslation(['batches', 'workorders']);
  const order = useWorkOrder(step?.workOrderId ?? null);
  const undo = useUndoStep();
  const leftWords = left > 0 ? t('prepared.left', { count: left, formatted: formatCount(left) }) : '';
  if (!step) {
    return (
      <EmptyState title={t('prepared.nothing')} advice={leftWords}>
        <Button onClick={onBack}>{on}</Button>
      </EmptyState>
    );
  }
  if (undo.report) {
    return (
      <EmptyState title={t('workorders:steps.taken')} advice={undo.report}>
        <Button onClick={onBack}>{on}</Button>
      </EmptyState>
    );
  }
  const counted = { count: step.records, formatted: formatCount(step.records) };
  return (
    <div className={layout.fill} data-prepared={step.records}>
      <EmptyState
        icon={<IconCircleCheckFilled size={28} className={layout.ok} aria-hidden />}
        title={t('prepared.title', {
          ...counted,
          workOrder: isolate(order ? workOrderName(order) : 'WO'),
        })}
        advice={[t('prepared.advice'), leftWords].filter(Boolean).join(' ')}
      >
        <Group gap="sm" justify="center">
          <ConnectionButton
            connections={[connection]}
            onClick={() => void openPlan({ workOrderId: step.workOrderId, connectionId: connection.id })}
          >
            {t('prepared.plan')}
          </ConnectionButton>
          {undo.running ? (
            <Button variant="default" onClick={undo.cancel}>
              {t('workorders:steps.cancel')}
            </Button>
          ) : null}
          <Button variant="default" loading={undo.running} onClick={() => void undo.take(step)}>
            {t('prepared.undo')}
          </Button>
          <Button variant="subtle" disabled={undo.running} onClick={onBack}>
            {on}
          </Button>
        </Group>
        {undo.progress ? (
          <Text size="sm" c="dimmed" role="status">
            {undo.progress}
          </Text>
        ) : null}
        {undo.problem ? <ProblemAlert problem={undo.problem} /> : null}
      </EmptyState>
    </div>
  );
}
