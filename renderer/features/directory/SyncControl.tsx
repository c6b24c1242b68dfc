import { Button, Progress } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import type { JobProgress } from '../../../shared/model/job';
import { formatAgo, formatCount, formatMoment } from '../../i18n';
import { useSummaries } from '../../program/connections';
import { useKeyWords } from '../../program/shortcuts';
import { cancelSync, startSync, useSyncAsked, useSyncProgress } from '../../program/sync';
import layout from '../../ui/layout.module.css';
import css from './directory.module.css';

/** Starts a sync, shows how far it is and stops it; beside it, when the last one was. */
export function SyncControl({ connection }: { connection: Connection }) {
  const { t } = useTranslation('directory');
  const progress = useSyncProgress(connection.id);
  const asked = useSyncAsked(connection.id);
  const words = useProgressWords(progress);
  const keys = useKeyWords();
  if (!progress && !asked) {
    return (
      <div className={css.sync}>
        <Button
          variant="default"
          leftSection={<IconRefresh size={14} />}
          aria-label={t('syncFor', { name: connection.name })}
          title={keys('sync')}
          onClick={() => void startSync(connection.id)}
        >
          {t('sync')}
        </Button>
        <LastSynced connectionId={connection.id} />
      </div>
    );
  }
  const total = progress?.total ?? null;
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

function useProgressWords(progress: JobProgress | undefined): string {
  const { t } = useTranslation('directory');
  if (!progress || (progress.done === 0 && progress.phase === 'reading')) return t('readingStart');
  const done = formatCount(progress.done);
  if (progress.phase === 'storing') return t('storing', { done });
  if (progress.total === null) return t('reading', { done });
  return t('readingOf', { done, total: formatCount(progress.total) });
}

function LastSynced({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation('directory');
  const now = useMinute();
  const summary = useSummaries().find((one) => one.connectionId === connectionId);
  if (!summary) return null;
  if (summary.syncedAt === null) return <span className={layout.smallMuted}>{t('neverSynced')}</span>;
  return (
    <time
      className={layout.smallMuted}
      dateTime={new Date(summary.syncedAt).toISOString()}
      title={formatMoment(summary.syncedAt)}
    >
      {t('synced', { ago: formatAgo(summary.syncedAt, Math.max(now, summary.syncedAt)) })}
    </time>
  );
}

/** The time, updated every half minute so that "2 minutes ago" stays true. */
function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
