import { Button, Progress } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { formatAgo, formatCount, formatMoment } from '../../i18n';
import { useSummaries } from '../connections/queries';
import { useSyncProgress } from '../shell/live';
import css from './directory.module.css';
import { cancelSync, startSync, useSyncAsked } from './sync';

/** Starts a sync, shows how far it is and stops it; beside it, when the last one was. */
export function SyncControl({ connection }: { connection: Connection }) {
  const { t } = useTranslation('directory');
  const progress = useSyncProgress(connection.id);
  const asked = useSyncAsked(connection.id);
  if (!progress && !asked) {
    return (
      <div className={css.sync}>
        <Button
          variant="default"
          leftSection={<IconRefresh size={14} />}
          aria-label={t('syncFor', { name: connection.name })}
          onClick={() => void startSync(connection.id)}
        >
          {t('sync')}
        </Button>
        <LastSynced connectionId={connection.id} />
      </div>
    );
  }
  const done = formatCount(progress?.done ?? 0);
  const total = progress?.total ?? null;
  const words =
    progress?.phase === 'storing'
      ? t('storing', { done })
      : total === null
        ? t('reading', { done })
        : t('readingOf', { done, total: formatCount(total) });
  return (
    <div className={css.sync}>
      <Button
        variant="default"
        aria-label={t('cancelSyncFor', { name: connection.name })}
        onClick={() => cancelSync(connection.id)}
      >
        {t('cancelSync')}
      </Button>
      <div className={css.syncing}>
        <span aria-live="polite">{words}</span>
        <Progress
          size={3}
          color={connection.colour}
          aria-label={words}
          animated={total === null}
          value={total ? (100 * (progress?.done ?? 0)) / total : 100}
        />
      </div>
    </div>
  );
}

function LastSynced({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation('directory');
  const now = useMinute();
  const summary = useSummaries().find((one) => one.connectionId === connectionId);
  if (!summary) return null;
  if (summary.syncedAt === null) return <span className={css.muted}>{t('neverSynced')}</span>;
  return (
    <time
      className={css.muted}
      dateTime={new Date(summary.syncedAt).toISOString()}
      title={formatMoment(summary.syncedAt)}
    >
      {t('synced', { ago: formatAgo(summary.syncedAt, Math.max(now, summary.syncedAt)) })}
    </time>
  );
}

/** The time, anew every half minute, so that "2 minutes ago" stays true. */
function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
