import { UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Connection, recordsOf } from '../../shared/model/connection';
import { formatAgo, formatCount, formatMoment } from '../i18n';
import { useAppInfo } from '../program/appInfo';
import { useConnection, useConnections, useSummaries } from '../program/connections';
import { useJobs } from '../program/jobs';
import { useReach } from '../program/live';
import { countedRecords } from '../program/titles';
import { useWorkspace } from '../program/workspace';
import { CutText } from '../ui/CutText';
import { ReachMark } from '../ui/ReachMark';
import { RunStatus } from './RunStatus';
import classes from './StatusBar.module.css';

/** What the tab in front belongs to, what goes on, and the language. */
export function StatusBar() {
  const { t } = useTranslation('shell');
  const front = useWorkspace((state) => state.tabs[state.active]);
  const connection = useConnection(front && 'connectionId' in front ? front.connectionId : null);
  const testRuntime = useAppInfo((info) => info.testRuntime);
  const electron = useAppInfo((info) => info.electron);
  const { language } = useAppInfo((info) => info.preferences);
  const setPreferences = useAppInfo((info) => info.setPreferences);
  const other = language === 'en' ? 'fa' : 'en';
  return (
    <footer className={classes.bar}>
      <div className={classes.start}>{connection ? <Of connection={connection} /> : <OfAll />}</div>
      <div className={classes.end}>
        <RunStatus />
        <Syncs />
        {testRuntime ? (
          <span className={classes.part} title={t('status.testRuntimeHelp')} data-role="warning">
            {t('status.testRuntime', { version: electron })}
          </span>
        ) : null}
      </div>
      <UnstyledButton
        className={classes.language}
        lang={other}
        aria-label={t('status.switchLanguage')}
        onClick={() => void setPreferences({ language: other })}
      >
        {t(`language.${other}`)}
      </UnstyledButton>
    </footer>
  );
}

function Of({ connection }: { connection: Connection }) {
  const { t } = useTranslation('shell');
  useEveryMinute();
  const reach = useReach(connection.id);
  const summary = useSummaries().find((one) => one.connectionId === connection.id);
  const count = summary?.count ?? 0;
  const synced = summary?.syncedAt ?? null;
  return (
    <>
      <span className={classes.name}>
        <CutText>{connection.name}</CutText>
      </span>
      <span className={classes.part}>
        <ReachMark reach={reach} size={9} named={false} />
        {t(`reach.${reach}`)}
      </span>
      {connection.baseUrl.startsWith('http:') ? (
        <span className={classes.part} data-role="warning" title={t('status.plainHttpHelp')}>
          {t('status.plainHttp')}
        </span>
      ) : null}
      <span className={classes.part}>{countedRecords(recordsOf(connection), count)}</span>
      <span className={classes.part} title={synced === null ? undefined : formatMoment(synced)}>
        {synced === null ? t('status.neverSynced') : t('status.synced', { ago: formatAgo(synced) })}
      </span>
    </>
  );
}

function OfAll() {
  const { t } = useTranslation('shell');
  const count = useConnections().length;
  return (
    <span className={classes.part}>{t('status.connections', { count, shown: formatCount(count) })}</span>
  );
}

/** The syncs under way, whichever tab is in front. */
function Syncs() {
  const { t } = useTranslation('shell');
  const connections = useConnections();
  const syncs = Object.values(useJobs(({ going }) => going)).filter(({ kind }) => kind === 'sync');
  const [first] = syncs;
  if (!first) return null;
  const name = connections.find((one) => one.id === first.connectionId)?.name ?? '';
  const done = formatCount(first.done);
  const text =
    first.total === null
      ? t('status.syncing', { name, done })
      : t('status.syncingOf', { name, done, total: formatCount(first.total) });
  const more = syncs.length > 1 ? ` +${formatCount(syncs.length - 1)}` : '';
  return (
    <span className={classes.part} role="status">
      <progress className={classes.progress} value={first.total ? first.done / first.total : undefined} />
      {text + more}
    </span>
  );
}

/** Renders anew every minute, so that "2 minutes ago" stays true. */
function useEveryMinute(): void {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 60_000);
    return () => clearInterval(timer);
  }, []);
}
