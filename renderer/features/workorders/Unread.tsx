import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { Plan } from '../../../shared/model/plan';
import { formatCount } from '../../i18n';
import { ConnectionName } from '../../ui/ConnectionName';
import { ProblemAlert } from '../../ui/ProblemAlert';

/** The servers that could not be read, each with its reason and how many changes have to wait for it. */
export function Unread({
  unread,
  connections,
}: {
  unread: Plan['unread'];
  connections: ReadonlyMap<string, Connection>;
}) {
  const { t } = useTranslation('workorders');
  return (
    <Stack gap="sm">
      {unread.map(({ connectionId, changes, problem }) => (
        <ProblemAlert key={connectionId} problem={problem} cure={{ connectionId }}>
          <Text size="sm" mt={4} component="div">
            <ConnectionName connection={connections.get(connectionId)} fallback={t('connectionGone')} />{' '}
            {t('plan.wait', { count: changes, n: formatCount(changes) })}
          </Text>
        </ProblemAlert>
      ))}
    </Stack>
  );
}
