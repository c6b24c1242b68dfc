import type { ComboboxData, SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { JournalFilter } from '../../../shared/model/journal';
import { outcomeSchema, outcomes } from '../../../shared/model/plan';
import { useWorkOrders, workOrderName } from '../../program/work-orders';
import { Select } from '../../ui/inputs';
import { fieldChoices } from './field-choices';
import classes from './History.module.css';
import { SpanFilter } from './SpanFilter';
import { useSites } from './use-entries';
import { narrow } from './view';

/** What narrows the history; every part combines with every other. */
export function HistoryFilters({
  filter,
  connections,
}: {
  filter: JournalFilter;
  connections: ReadonlyMap<string, Connection>;
}) {
  const { t } = useTranslation('journal');
  const words = useTranslation('workorders').t;
  const sites = useSites();
  const orders = useWorkOrders();
  const connection = filter.connectionId === null ? undefined : connections.get(filter.connectionId);
  return (
    <search className={classes.filters} aria-label={t('filter.label')}>
      <Choice
        name="site"
        data={sites.filter((site) => site !== '')}
        value={filter.site}
        searchable
        onChange={(site) => narrow({ site })}
      />
      <Choice
        name="connection"
        data={bySite([...connections.values()])}
        value={filter.connectionId}
        searchable
        onChange={(id) =>
          narrow(
            { connectionId: (id === null ? undefined : connections.get(id)?.id) ?? null, remoteId: null },
            { record: '' },
          )
        }
      />
      <Choice
        name="workOrder"
        data={orders.map((order) => ({
          value: order.id,
          label: [workOrderName(order), order.name].filter(Boolean).join(' · '),
        }))}
        value={filter.workOrderId}
        searchable
        limit={200}
        onChange={(id) => narrow({ workOrderId: orders.find((order) => order.id === id)?.id ?? null })}
      />
      <Choice
        name="field"
        data={fieldChoices(connection?.kind ?? null, t('filter.everyKind'))}
        value={filter.field}
        searchable
        onChange={(field) => narrow({ field })}
      />
      <Choice
        name="outcome"
        data={outcomes.map((outcome) => ({ value: outcome, label: words(`mark.${outcome}`) }))}
        value={filter.outcome}
        onChange={(outcome) => narrow({ outcome: outcome === null ? null : outcomeSchema.parse(outcome) })}
      />
      <SpanFilter filter={filter} />
    </search>
  );
}

/** Connections under their sites, in order; those without a site come as they are. */
function bySite(connections: readonly Connection[]): ComboboxData {
  const item = ({ id, name }: Connection) => ({ value: id, label: name });
  const sites = [...new Set(connections.map(({ site }) => site))].filter((site) => site !== '');
  return [
    ...connections.filter(({ site }) => site === '').map(item),
    ...sites.map((group) => ({ group, items: connections.filter(({ site }) => site === group).map(item) })),
  ];
}

function Choice({
  name,
  ...props
}: {
  name: 'site' | 'connection' | 'workOrder' | 'field' | 'outcome';
} & Pick<SelectProps, 'data' | 'value' | 'onChange' | 'searchable' | 'limit'>) {
  const { t } = useTranslation('journal');
  return (
    <Select
      aria-label={t(`filter.${name}`)}
      placeholder={t(`filter.${name}`)}
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear') }}
      nothingFoundMessage={t('filter.none')}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      maxDropdownHeight={300}
      {...props}
    />
  );
}
