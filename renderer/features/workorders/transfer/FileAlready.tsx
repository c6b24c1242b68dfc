import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { IconCopyCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WorkOrder } from '../../../../shared/model/change';
import type { TransferPreview } from '../../../../shared/transfer';
import { isolate } from '../../../ui/isolate';

/** Says that the work order is here already, offers to open it, and to put the file in the place of what it holds. */
export function FileAlready({
  already: { workOrder, same },
  replace,
  onReplace,
  onOpen,
}: {
  already: NonNullable<TransferPreview['already']>;
  replace: boolean;
  onReplace: (replace: boolean) => void;
  onOpen: (order: WorkOrder) => void;
}) {
  const { t } = useTranslation('transfer');
  const name = isolate(`WO-${workOrder.number} ${workOrder.name}`.trim());
  return (
    <Alert
      color="blue"
      variant="light"
      p="sm"
      icon={<IconCopyCheck size={18} />}
      title={t('already.title', { name })}
    >
      <Stack gap="sm">
        <Text size="sm">{t(same ? 'already.same' : 'already.differs')}</Text>
        <Group gap="md" justify="space-between">
          <Checkbox
            label={t('already.replace')}
            checked={replace}
            onChange={(event) => onReplace(event.currentTarget.checked)}
          />
          <Button variant="default" onClick={() => onOpen(workOrder)}>
            {t('already.open', { name: `WO-${workOrder.number}` })}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
