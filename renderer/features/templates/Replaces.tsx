import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { useDraftRules } from './draft-rules';

/** Says that nothing is prepared yet by going on, and that a bulk edit begun there before would be replaced. */
export function Replaces({ connection }: { connection: Connection | undefined }) {
  const { t } = useTranslation('templates');
  const rules = useDraftRules(connection?.id);
  if (!connection || rules === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('lookHelp')}
      </Text>
    );
  }
  return (
    <Alert color="yellow" p="sm">
      {t('replaces', { count: rules, n: formatCount(rules), name: isolate(connection.name) })}
    </Alert>
  );
}
