import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkOrder, workOrderName } from '../../program/work-orders';
import { isolate } from '../../ui/isolate';
import { openRunTab } from './open-plan';
import { isCutOff, type RunView } from './runs';

/** Says that another run has not come to its end, which has to happen before this plan can be applied. */
export function OtherRun({ run }: { run: RunView }) {
  const { t } = useTranslation('runs');
  const order = useWorkOrder(run.head.workOrderId);
  const name = isolate(order ? workOrderName(order) : t('aRun'));
  return (
    <Alert color="yellow" variant="light" p="sm">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{t(isCutOff(run) ? 'other.cutOff' : 'other.going', { name })}</Text>
        <Button size="compact-xs" variant="default" flex="none" onClick={() => openRunTab(run)}>
          {t('show')}
        </Button>
      </Group>
    </Alert>
  );
}
