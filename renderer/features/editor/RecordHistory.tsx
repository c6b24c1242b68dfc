import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import { everything, type JournalItem } from '../../../shared/model/journal';
import { ask, patchbay } from '../../bridge';
import { formatMoment, localised } from '../../i18n';
import { keys } from '../../queries';
import { DiffLine, FieldLabel } from '../../ui/DiffLine';
import { StatusMark } from '../../ui/StatusMark';
import { useEditor } from './EditorContext';
import css from './editor.module.css';

const shown = 10;

/** The newest entries of the history that concern one record. */
export const RecordHistory = memo(function RecordHistory() {
  const { t } = useTranslation('editor');
  const { connection, record } = useEditor();
  const { data } = useQuery({
    queryKey: keys.journal('record', record.connectionId, record.remoteId),
    queryFn: () => ask(patchbay.journal.page({ ...everything, ...record, before: null, limit: shown })),
  });
  if (!data) return null;
  return (
    <section className={css.panelSection} aria-label={t('history.title')}>
      <h3 className={css.sectionTitle}>{t('history.title')}</h3>
      {data.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('history.none', { noun: localised(catalogOf(connection.kind).recordNoun) })}
        </Text>
      ) : (
        <ul className={css.history}>
          {data.items.map((item) => (
            <Entry key={item.seq} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
});

function Entry({ item }: { item: JournalItem }) {
  const { t } = useTranslation('editor');
  return (
    <li data-seq={item.seq}>
      <div className={css.historyHead}>
        <time dateTime={new Date(item.at).toISOString()}>{formatMoment(item.at)}</time>
        {item.type === 'write' ? (
          <StatusMark mark={item.outcome ?? 'in-flight'} />
        ) : (
          <span>{t(`history.${item.type}`)}</span>
        )}
      </div>
      {item.fields.map((field) =>
        item.type === 'write' ? (
          <DiffLine
            key={field.field}
            kind={item.kind}
            field={field.field}
            from={field.before}
            to={field.after}
          />
        ) : (
          <FieldLabel key={field.field} kind={item.kind} field={field.field} />
        ),
      )}
    </li>
  );
}
