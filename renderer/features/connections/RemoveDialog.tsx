import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { Problem } from '../../../shared/model/problem';
import { ask, patchbay, problemOf } from '../../bridge';
import { formatCount } from '../../i18n';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useWorkspace } from '../../workspace';
import { sayDone } from '../shell/actions';

/** Asks before a connection is removed, and says what goes with it and what stays. */
export function RemoveDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { t } = useTranslation('connections');
  const { id: connectionId, name } = connection;
  const [removing, setRemoving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const removal = useQuery({
    queryKey: ['connections', 'removal', connectionId],
    queryFn: () => ask(patchbay.connections.removal({ connectionId })),
    // Counted anew every time it is asked.
    gcTime: 0,
  });
  const remove = async () => {
    setRemoving(true);
    setProblem(null);
    try {
      await ask(patchbay.connections.remove({ connectionId }));
      useWorkspace.getState().closeConnection(connectionId);
      sayDone(t('remove.done', { name }));
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
      setRemoving(false);
    }
  };
  const counts = removal.data;
  const unread = removal.error ? problemOf(removal.error) : null;
  return (
    <Modal
      opened
      onClose={onClose}
      size={460}
      closeButtonProps={{ 'aria-label': t('close') }}
      title={t('remove.title', { name })}
    >
      <Stack gap="md">
        {counts ? (
          <List size="sm" spacing={4} pe="md">
            {counts.changes > 0 ? (
              <List.Item>
                <Text fw={600} size="sm" c="var(--role-danger)">
                  {t('remove.changes', { count: counts.changes, shown: formatCount(counts.changes) })}
                </Text>
              </List.Item>
            ) : (
              <List.Item>{t('remove.noChanges')}</List.Item>
            )}
            <List.Item>
              {t('remove.records', { count: counts.records, shown: formatCount(counts.records) })}
            </List.Item>
            <List.Item>{t('remove.credentials')}</List.Item>
            <List.Item>
              {t('remove.history', { count: counts.history, shown: formatCount(counts.history) })}
            </List.Item>
            <List.Item>{t('remove.server')}</List.Item>
          </List>
        ) : null}
        {unread ? <ProblemAlert problem={unread} /> : null}
        {problem ? <ProblemAlert problem={problem} /> : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color="red" disabled={!counts} loading={removing} onClick={() => void remove()}>
            {t('remove.button', { name })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
