import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { countsOf, useOpenRun } from '../features/workorders';
import { formatCount } from '../i18n';
import { leave, stay, useClosing } from '../program/closing';
import { useWorkOrder, workOrderName } from '../program/work-orders';
import { FormDialog } from '../ui/FormDialog';
import { isolate } from '../ui/isolate';

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
    <FormDialog
      title={t('closing.title')}
      confirm={t(counts ? 'closing.close' : 'closing.closeNow')}
      cancel={t('closing.stay')}
      cancelLocked={leaving}
      action={{ busy: leaving, problem: null }}
      onSubmit={() => void leave()}
      onClose={stay}
      takesAway
      careful
      stays
      frame={{ withCloseButton: false }}
    >
      <Text size="sm">
        {counts
          ? t('closing.text', { name, done: formatCount(counts.done), all: formatCount(counts.all) })
          : t('closing.ended')}
      </Text>
    </FormDialog>
  );
}
