import { ActionIcon, Kbd, Tooltip, UnstyledButton } from '@mantine/core';
import { IconLock, IconSearch, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import mark from '../../resources/icon-small.svg?inline';
import { lockNow } from '../program/closing';
import { useWorkspace } from '../program/workspace';
import layout from '../ui/layout.module.css';
import classes from './TopBar.module.css';
import { WorkOrderChip } from './WorkOrderChip';

/** Name of the program, search, the current work order, settings. */
export function TopBar({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation('shell');
  const open = useWorkspace((state) => state.open);
  return (
    <header className={classes.bar}>
      <span className={classes.name}>
        <img src={mark} alt="" width={18} height={18} className={layout.fixed} />
        Patchbay
      </span>
      <UnstyledButton className={classes.search} onClick={onSearch} aria-keyshortcuts="Control+K">
        <IconSearch size={14} aria-hidden />
        <span className={classes.searchText}>{t('top.search')}</span>
        <Kbd size="xs" dir="ltr">
          Ctrl K
        </Kbd>
      </UnstyledButton>
      <div className={classes.end}>
        <WorkOrderChip />
        <Tooltip label={`${t('lock.command')} (Ctrl L)`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('lock.command')}
            aria-keyshortcuts="Control+L"
            onClick={() => void lockNow()}
          >
            <IconLock size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('tab.settings')}>
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
