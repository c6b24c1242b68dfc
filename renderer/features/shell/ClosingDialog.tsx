import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { useWorkOrder, workOrderName } from '../workorders/queries';
import { countsOf } from '../workorders/run-progress';
import { useOpenRun } from '../workorders/runs';
import { leave, stay, useClosing } from './closing';

/** Asks before the window goes while a run goes on. */
export function ClosingDialog() {
  const { t } = useTranslation('runs');
  const { asked, leaving } = useClosing();
  const run = useOpenRun();
  const order = useWorkOrder(run?.head.workOrderId ?? null);
  if (!asked) return null;
  const name = isolate(order ? workOrderName(order) : t('aRun'));
  const counts = run ? countsOf(run) : null;
  return (
    <Modal
      opened
      onClose={stay}
      title={t('closing.title')}
      closeOnClickOutside={false}
      withCloseButton={false}
    >
      <Stack gap="md">
        <Text size="sm">
          {counts
            ? t('closing.text', { name, done: formatCount(counts.done), all: formatCount(counts.all) })
            : t('closing.ended')}
        </Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={stay} disabled={leaving} data-autofocus>
            {t('closing.stay')}
          </Button>
          <Button color="red" loading={leaving} onClick={() => void leave()}>
            {t(counts ? 'closing.close' : 'closing.closeNow')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
