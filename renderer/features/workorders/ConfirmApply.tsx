import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconKeyOff, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { PlanRow } from '../../../shared/model/plan';
import { formatCount } from '../../i18n';
import { ConnectionName } from '../../ui/ConnectionName';
import { Ltr } from '../../ui/Ltr';
import classes from './PlanTab.module.css';
import { serversOf, unreadableFields } from './plan-rows';
import { useWhere } from './where';

/** The last question before anything is written: which servers, how many changes, and what to know beforehand. */
export function ConfirmApply({
  opened,
  rows,
  connections,
  onClose,
  onConfirm,
}: {
  opened: boolean;
  rows: readonly PlanRow[];
  connections: ReadonlyMap<string, Connection>;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { t } = useTranslation('workorders');
  const where = useWhere(rows, connections);
  const servers = serversOf(rows, connections);
  const plain = servers.some(([id]) => connections.get(id)?.baseUrl.startsWith('http:'));
  const unreadable = unreadableFields(rows, connections);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('confirm.title')}
      closeButtonProps={{ 'aria-label': t('ask.no') }}
      size={520}
    >
      <Stack gap="md">
        <ul className={classes.servers}>
          {servers.map(([id, own]) => {
            const connection = connections.get(id);
            return (
              <li key={id}>
                <ConnectionName connection={connection} fallback={t('connectionGone')} />
                <span className={classes.quiet}>
                  <Ltr>{connection?.baseUrl}</Ltr>
                </span>
                <span>{t('changes', { count: own.length, n: formatCount(own.length) })}</span>
              </li>
            );
          })}
        </ul>
        {plain ? (
          <Alert color="yellow" variant="light" p="sm" icon={<IconLockOpen size={18} />}>
            {t('confirm.plain')}
          </Alert>
        ) : null}
        {unreadable > 0 ? (
          <Alert color="yellow" variant="light" p="sm" icon={<IconKeyOff size={18} />}>
            {t('confirm.unreadable', { count: unreadable, n: formatCount(unreadable) })}
          </Alert>
        ) : null}
        <Text size="sm" c="dimmed">
          {t('confirm.how')}
        </Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('ask.no')}
          </Button>
          <Button color={where.colour} onClick={onConfirm}>
            {where.sentence}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
