import { ActionIcon, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { collectionOf } from '../../../shared/catalog';
import { recordsOf } from '../../../shared/model/connection';
import { everything } from '../../../shared/model/journal';
import { useEditor } from '../../fields/EditorContext';
import { localised } from '../../i18n';
import { HistoryDialog, type HistoryRequest, openHistory } from '../journal';
import css from './editor.module.css';
import timeline from './Timeline.module.css';
import { TimelineEntry } from './TimelineEntry';
import { useTimeline } from './useTimeline';

/** A record's history as a timeline, newest first, loaded as the user scrolls. */
export const RecordHistory = memo(function RecordHistory() {
  const { t } = useTranslation('editor');
  const { connection, record } = useEditor();
  const { items, loading, end } = useTimeline(record);
  const [request, setRequest] = useState<HistoryRequest | null>(null);
  if (!items) return null;
  const newest = items[0];
  return (
    <section className={css.panelSection} aria-label={t('history.title')}>
      <div className={timeline.title}>
        <h3 className={css.sectionTitle}>{t('history.title')}</h3>
        {newest ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={22}
            aria-label={t('history.open')}
            title={t('history.open')}
            onClick={() => openHistory({ filter: { ...everything, ...record }, record: newest.title })}
          >
            <IconExternalLink size={14} />
          </ActionIcon>
        ) : null}
      </div>
      {newest ? (
        <ol className={timeline.entries}>
          {items.map((item) => (
            <TimelineEntry key={item.seq} item={item} onAsk={setRequest} />
          ))}
        </ol>
      ) : (
        <Text size="sm" c="dimmed">
          {t('history.none', { noun: localised(collectionOf(recordsOf(connection)).noun) })}
        </Text>
      )}
      <div ref={end} className={timeline.end} role="status">
        {loading ? t('history.older') : null}
      </div>
      <HistoryDialog request={request} onClose={() => setRequest(null)} />
    </section>
  );
});
