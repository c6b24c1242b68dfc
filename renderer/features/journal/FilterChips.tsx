import { Button, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ofCollection } from '../../../shared/catalog';
import type { Connection } from '../../../shared/model/connection';
import type { JournalFilter } from '../../../shared/model/journal';
import { formatCount } from '../../i18n';
import { useWorkOrder, workOrderName } from '../../program/work-orders';
import { CutText } from '../../ui/CutText';
import { isolate } from '../../ui/isolate';
import { Ltr } from '../../ui/Ltr';
import layout from '../../ui/layout.module.css';
import { RecordTitle } from '../../ui/RecordTitle';
import classes from './FilterChips.module.css';
import { labelOfField } from './field-choices';
import { SpanWords } from './SpanFilter';
import { useEntryCount } from './use-entries';
import { clearFilters, type HistoryView, narrow, useHistoryView } from './view';

interface Chip {
  readonly key: string;
  readonly label:
    | 'textChip'
    | 'record'
    | 'site'
    | 'connection'
    | 'workOrder'
    | 'field'
    | 'outcome'
    | 'span'
    | 'upTo';
  readonly value: ReactNode;
  readonly remove: () => void;
}

/** How many entries there are, and what narrows them: each part can be taken away by itself, or all at once. */
export function FilterChips({
  asked,
  connections,
  children,
}: {
  /** The filter that the list is at; the count is of this one. */
  asked: JournalFilter;
  connections: ReadonlyMap<string, Connection>;
  children?: ReactNode;
}) {
  const { t } = useTranslation('journal');
  const words = useTranslation('workorders').t;
  const view = useHistoryView();
  const order = useWorkOrder(view.filter.workOrderId);
  const count = useEntryCount(asked);
  const chips = chipsOf(view, {
    connection: connections.get(view.filter.connectionId ?? '')?.name ?? t('filter.gone'),
    workOrder: order ? workOrderName(order) : '…',
    field:
      view.filter.field === null
        ? ''
        : labelOfField(
            view.filter.field,
            ofCollection({ kind: connections.get(view.filter.connectionId ?? '')?.kind ?? null }),
          ),
    outcome: view.filter.outcome === null ? '' : words(`mark.${view.filter.outcome}`),
  });
  return (
    <div className={classes.chips}>
      <span className={classes.count} aria-live="polite" data-count={count ?? undefined}>
        {count === null ? t('counting') : t('total', { count, n: formatCount(count) })}
      </span>
      {children}
      {chips.length === 0 ? null : (
        <ul className={classes.chipList} aria-label={t('filter.active')}>
          {chips.map(({ key, label, value, remove }) => (
            <li key={key} className={classes.chip} data-chip={key}>
              <span className={layout.muted}>{t(`filter.${label}`)}</span>
              <span className={classes.chipValue}>
                {typeof value === 'string' ? <CutText>{value}</CutText> : value}
              </span>
              <UnstyledButton
                className={classes.chipRemove}
                aria-label={t('filter.remove', { name: isolate(t(`filter.${label}`)) })}
                onClick={remove}
              >
                <IconX size={12} aria-hidden />
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {chips.length === 0 ? null : (
        <Button size="compact-xs" variant="subtle" onClick={clearFilters}>
          {t('filter.clearAll')}
        </Button>
      )}
    </div>
  );
}

function chipsOf(
  { filter, record, preset, upTo }: HistoryView,
  named: { connection: string; workOrder: string; field: string; outcome: string },
): Chip[] {
  const chips: (Chip | null)[] = [
    filter.text === ''
      ? null
      : { key: 'text', label: 'textChip', value: filter.text, remove: () => narrow({ text: '' }) },
    filter.remoteId === null
      ? null
      : {
          key: 'record',
          label: 'record',
          value: record ? <RecordTitle title={record} /> : <Ltr>{filter.remoteId}</Ltr>,
          remove: () => narrow({ remoteId: null }, { record: '', upTo: null }),
        },
    filter.site === null
      ? null
      : { key: 'site', label: 'site', value: filter.site, remove: () => narrow({ site: null }) },
    filter.connectionId === null
      ? null
      : {
          key: 'connection',
          label: 'connection',
          value: named.connection,
          // A record is one of its connection's: without that, its id says nothing.
          remove: () => narrow({ connectionId: null, remoteId: null }, { record: '' }),
        },
    filter.workOrderId === null
      ? null
      : {
          key: 'workOrder',
          label: 'workOrder',
          value: named.workOrder,
          remove: () => narrow({ workOrderId: null }),
        },
    filter.field === null
      ? null
      : { key: 'field', label: 'field', value: named.field, remove: () => narrow({ field: null }) },
    filter.outcome === null
      ? null
      : { key: 'outcome', label: 'outcome', value: named.outcome, remove: () => narrow({ outcome: null }) },
    filter.from === null && filter.to === null
      ? null
      : {
          key: 'span',
          label: 'span',
          value: <SpanWords filter={filter} preset={preset} />,
          remove: () => narrow({ from: null, to: null }, { preset: null }),
        },
    upTo === null
      ? null
      : {
          key: 'upTo',
          label: 'upTo',
          value: <Ltr>{upTo}</Ltr>,
          remove: () => useHistoryView.setState({ upTo: null }),
        },
  ];
  return chips.filter((chip) => chip !== null);
}
