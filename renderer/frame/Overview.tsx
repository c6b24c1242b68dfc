import { Button, ScrollArea } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { openConnectionDialog } from '../features/connections';
import { bySite, useConnections, useConnectionsKnown } from '../program/connections';
import { EmptyState } from '../ui/EmptyState';
import layout from '../ui/layout.module.css';
import classes from './Overview.module.css';
import { OverviewRow } from './OverviewRow';

/** Every connection in one calm row: how much is known of it, how old that is, and what waits to be applied. */
export function Overview() {
  const { t } = useTranslation('shell');
  const known = useConnectionsKnown();
  const sites = bySite(useConnections());
  if (!known) return null;
  const add = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => openConnectionDialog({ type: 'add' })}>
      {t('side.add')}
    </Button>
  );
  if (sites.length === 0) {
    return (
      <>
        <h1 className={layout.hidden}>{t('tab.overview')}</h1>
        <EmptyState
          icon={<IconPlugConnected size={40} stroke={1.2} color="var(--role-muted)" aria-hidden />}
          title={t('overview.emptyTitle')}
          advice={t('overview.emptyAdvice')}
        >
          {add}
        </EmptyState>
      </>
    );
  }
  return (
    <ScrollArea h="100%" type="auto">
      <div className={classes.page}>
        <h1 className={layout.pageTitle}>{t('tab.overview')}</h1>
        <table className={classes.table} data-first>
          <thead>
            <tr>
              <th scope="col">{t('overview.connection')}</th>
              <th scope="col">{t('overview.reach')}</th>
              <th scope="col" className={`${classes.number} ${classes.whereRoom}`}>
                {t('overview.records')}
              </th>
              <th scope="col" className={classes.whereRoom}>
                {t('overview.synced')}
              </th>
              <th scope="col">{t('overview.prepared')}</th>
              <th scope="col">{t('overview.lastOutcome')}</th>
              <th scope="col" className={classes.actions}>
                <span className={layout.hidden}>{t('overview.actions')}</span>
              </th>
            </tr>
          </thead>
          {sites.map((site) => (
            <tbody key={site.name}>
              <tr>
                <th scope="rowgroup" colSpan={7} className={classes.site}>
                  <bdi>{site.name || t('side.noSite')}</bdi>
                </th>
              </tr>
              {site.connections.map((connection) => (
                <OverviewRow key={connection.id} connection={connection} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </ScrollArea>
  );
}
