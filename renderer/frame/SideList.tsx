import { Button, ScrollArea, UnstyledButton } from '@mantine/core';
import { IconClipboardList, IconHistory, IconHome, IconPlus, IconTemplate } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { openConnectionDialog } from '../features/connections';
import { bySite, useConnections } from '../program/connections';
import { useKeyWords, withKeys } from '../program/shortcuts';
import { useWorkspace } from '../program/workspace';
import { CutText } from '../ui/CutText';
import layout from '../ui/layout.module.css';
import { SideConnection } from './SideConnection';
import classes from './SideList.module.css';

const pages = [
  { type: 'overview', Icon: IconHome },
  { type: 'work-orders', Icon: IconClipboardList },
  { type: 'history', Icon: IconHistory },
  { type: 'templates', Icon: IconTemplate },
] as const;

/** The fixed pages and, grouped by site, the connections. Arrow keys walk through it. */
export function SideList() {
  const { t } = useTranslation('shell');
  const sites = bySite(useConnections());
  const front = useWorkspace((state) => state.tabs[state.active]);
  const open = useWorkspace((state) => state.open);
  const keys = useKeyWords();
  return (
    <nav className={classes.side} aria-label={t('side.label')} onKeyDown={walk}>
      <ul className={layout.list}>
        {pages.map(({ type, Icon }) => (
          <li key={type}>
            <UnstyledButton
              className={classes.row}
              data-walk
              title={t(`tab.${type}`)}
              data-active={front?.type === type || undefined}
              aria-current={front?.type === type ? 'page' : undefined}
              onClick={() => open({ type })}
            >
              <Icon size={16} aria-hidden className={layout.mutedIcon} />
              <span className={`${classes.text} ${classes.page}`}>{t(`tab.${type}`)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <ScrollArea className={classes.scroll} type="auto" scrollbarSize={8}>
        {sites.map((site) => (
          <section key={site.name} aria-label={site.name || t('side.noSite')}>
            <h2 className={classes.site}>
              <CutText>{site.name || t('side.noSite')}</CutText>
            </h2>
            <ul className={layout.list}>
              {site.connections.map((connection) => (
                <SideConnection key={connection.id} connection={connection} />
              ))}
            </ul>
          </section>
        ))}
      </ScrollArea>
      <div className={classes.foot}>
        <Button
          fullWidth
          variant="default"
          title={withKeys(t('side.add'), keys('addConnection'))}
          leftSection={<IconPlus size={14} />}
          onClick={() => openConnectionDialog({ type: 'add' })}
        >
          <span className={classes.addText}>{t('side.add')}</span>
        </Button>
      </div>
    </nav>
  );
}

/** Moves the focus to the row above or below. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-walk]')];
  const at = rows.findIndex((row) => row.matches(':focus'));
  if (at < 0) return;
  event.preventDefault();
  rows[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}
