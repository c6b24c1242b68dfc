import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { problemOf } from '../../../shared/model/problem';
import { formatCount } from '../../i18n';
import { sayDone } from '../../program/actions';
import { ask, patchbay } from '../../program/bridge';
import { useWorkspace } from '../../program/workspace';
import { FormDialog } from '../../ui/FormDialog';
import { isolate } from '../../ui/isolate';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useAction } from '../../ui/useAction';

/** Asks before a connection is removed, and says what goes with it and what stays. */
export function RemoveDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { t } = useTranslation('connections');
  const { id: connectionId, name } = connection;
  const removal = useQuery({
    queryKey: ['connections', 'removal', connectionId],
    queryFn: () => ask(patchbay.connections.removal({ connectionId })),
    // Counted again each time.
    gcTime: 0,
  });
  const remove = useAction({
    work: () => ask(patchbay.connections.remove({ connectionId })),
    done: () => {
      useWorkspace.getState().closeConnection(connectionId);
      sayDone(t('remove.done', { name: isolate(name) }));
      onClose();
    },
  });
  const counts = removal.data;
  return (
    <FormDialog
      title={t('remove.title', { name })}
      confirm={t('remove.button', { name })}
      cancel={t('cancel')}
      close={t('close')}
      action={remove}
      onSubmit={remove.run}
      onClose={onClose}
      size={460}
      disabled={!counts}
      takesAway
      careful
    >
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
      {removal.error ? <ProblemAlert problem={problemOf(removal.error)} /> : null}
    </FormDialog>
  );
}
