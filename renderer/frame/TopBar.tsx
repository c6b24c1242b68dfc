import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { IconLock, IconSearch, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import mark from '../../resources/icon-small.svg?inline';
import { lockNow } from '../program/closing';
import { ariaKeys, useKeyWords, withKeys } from '../program/shortcuts';
import { useWorkspace } from '../program/workspace';
import { Keys } from '../ui/Keys';
import layout from '../ui/layout.module.css';
import { searchFor } from './frame-state';
import classes from './TopBar.module.css';
import { WorkOrderChip } from './WorkOrderChip';

/** Name of the program, search, the current work order, settings. */
export function TopBar() {
  const { t } = useTranslation('shell');
  const open = useWorkspace((state) => state.open);
  const keys = useKeyWords();
  return (
    <header className={classes.bar}>
      <span className={classes.name}>
        <img src={mark} alt="" width={18} height={18} className={layout.fixed} />
        Patchbay
      </span>
      <UnstyledButton
        className={classes.search}
        onClick={() => searchFor('all')}
        aria-keyshortcuts={ariaKeys(keys('search'))}
      >
        <IconSearch size={14} aria-hidden />
        <span className={classes.searchText}>{t('top.search')}</span>
        <Keys words={keys('search')} />
      </UnstyledButton>
      <div className={classes.end}>
        <WorkOrderChip />
        <Tooltip label={withKeys(t('lock.command'), keys('lock'))}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('lock.command')}
            aria-keyshortcuts={ariaKeys(keys('lock'))}
            onClick={() => void lockNow()}
          >
            <IconLock size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={withKeys(t('tab.settings'), keys('settings'))}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('tab.settings')}
            onClick={() => open({ type: 'settings' })}
          >
            <IconSettings size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}
