import { Alert, Checkbox, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DatabaseSize, Keeping } from '../../../shared/model/keeping';
import { problemOf } from '../../../shared/model/problem';

import { formatCount } from '../../i18n';
import { isolate } from '../../ui/isolate';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { formatBytes } from './bytes';
import { useDatabaseSize, useSetKeeping } from './keeping';
import { StoredNumber } from './StoredNumber';

const usualLimit = 1_000;
const megabyte = 1_000_000;

/** How much of the disk the database takes, and the size above which it is told. */
export function SizeSetting({ limit }: { limit: Keeping['warnAboveMegabytes'] }) {
  const { t } = useTranslation('settings');
  const { data, error } = useDatabaseSize();
  const set = useSetKeeping();
  return (
    <>
      {error ? <ProblemAlert problem={problemOf(error)} /> : null}
      {data ? (
        <Size size={data} />
      ) : (
        <Text size="sm" c="dimmed" mih={36}>
          {error ? '' : t('keeping.measuring')}
        </Text>
      )}
      {data && limit !== null && data.whole > limit * megabyte ? (
        <Alert color="yellow" p="sm" mt="sm" data-large>
          <Text size="sm">{t('keeping.large')}</Text>
        </Alert>
      ) : null}
      <Group gap="sm" align="center" mt="sm">
        <Text size="sm">{t('keeping.warn')}</Text>
        <StoredNumber
          label={t('keeping.warn')}
          field="warnAboveMegabytes"
          stored={limit ?? usualLimit}
          min={10}
          max={1_000_000}
          width={100}
          disabled={limit === null}
          onStore={(warnAboveMegabytes) => set.run({ warnAboveMegabytes })}
        />
        <Text size="sm">{t('keeping.megabytes')}</Text>
      </Group>
      <Checkbox
        mt="sm"
        label={t('keeping.warnNever')}
        checked={limit === null}
        onChange={(event) => set.run({ warnAboveMegabytes: event.currentTarget.checked ? null : usualLimit })}
      />
      {set.problem ? <ProblemAlert problem={set.problem} /> : null}
    </>
  );
}

function Size({ size: { whole, history, free, entries } }: { size: DatabaseSize }) {
  const { t } = useTranslation('settings');
  return (
    <div data-database-size={whole}>
      <Text size="md" fw={500}>
        {t('keeping.onDisk', { size: isolate(formatBytes(whole)) })}
      </Text>
      <Text size="sm" c="dimmed">
        {t('keeping.ofHistory', {
          size: isolate(formatBytes(history)),
          count: entries,
          n: formatCount(entries),
        })}
      </Text>
      {free > megabyte ? (
        <Text size="sm" c="dimmed">
          {t('keeping.free', { size: isolate(formatBytes(free)) })}
        </Text>
      ) : null}
    </div>
  );
}
