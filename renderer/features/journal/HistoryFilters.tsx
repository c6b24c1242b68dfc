import { Group, Select, Text, TextInput, Title } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { JournalFilter } from '../../../shared/model/journal';
import { outcomeSchema, outcomes } from '../../../shared/model/plan';
import { formatCount } from '../../i18n';
import classes from './History.module.css';

/** What of the history is shown: one connection, a record by its title or id, one outcome. */
export function HistoryFilters({
  filter,
  onChange,
  total,
  connections,
}: {
  filter: JournalFilter;
  onChange: (filter: JournalFilter) => void;
  total: number | null;
  connections: ReadonlyMap<string, Connection>;
}) {
  const { t } = useTranslation('journal');
  const words = useTranslation('workorders').t;
  return (
    <header className={classes.header}>
      <Group gap="sm" wrap="nowrap" align="baseline" me="auto" miw={0}>
        <Title order={1} fz="lg" fw={600}>
          {t('title')}
        </Title>
        <Text size="sm" c="dimmed" aria-live="polite" style={{ whiteSpace: 'nowrap' }}>
          {total === null ? '' : t('total', { count: total, n: formatCount(total) })}
        </Text>
      </Group>
      <TextInput
        aria-label={t('filter.text')}
        placeholder={t('filter.text')}
        leftSection={<IconSearch size={14} />}
        value={filter.text}
        maxLength={200}
        w={200}
        onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
      />
      <Select
        aria-label={t('filter.connection')}
        placeholder={t('filter.anyConnection')}
        data={[...connections.values()].map((one) => ({
          value: one.id,
          label: one.site === '' ? one.name : `${one.site} · ${one.name}`,
        }))}
        value={filter.connectionId}
        clearable
        searchable
        clearButtonProps={{ 'aria-label': t('filter.clear') }}
        w={190}
        onChange={(id) =>
          onChange({ ...filter, connectionId: (id === null ? undefined : connections.get(id)?.id) ?? null })
        }
      />
      <Select
        aria-label={t('filter.outcome')}
        placeholder={t('filter.anyOutcome')}
        data={outcomes.map((outcome) => ({ value: outcome, label: words(`mark.${outcome}`) }))}
        value={filter.outcome}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clear') }}
        w={150}
        onChange={(outcome) =>
          onChange({ ...filter, outcome: outcome === null ? null : outcomeSchema.parse(outcome) })
        }
      />
    </header>
  );
}
