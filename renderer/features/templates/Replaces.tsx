import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { useDraftRules } from './draft-rules';

/** Says that nothing is prepared yet by going on, and which bulk edits begun before would be replaced. */
export function Replaces({ connections }: { connections: readonly Connection[] }) {
  const { t } = useTranslation('templates');
  return (
    <>
      {connections.map((connection) => (
        <ReplacesOne key={connection.id} connection={connection} />
      ))}
      <Text size="sm" c="dimmed">
        {t('lookHelp')}
      </Text>
    </>
  );
}

function ReplacesOne({ connection }: { connection: Connection }) {
  const { t } = useTranslation('templates');
  const rules = useDraftRules(connection.id);
  if (rules === 0) return null;
  return (
    <Alert color="yellow" p="sm">
      {t('replaces', { count: rules, n: formatCount(rules), name: isolate(connection.name) })}
    </Alert>
  );
}
