import { ActionIcon, Kbd, Tooltip, UnstyledButton } from '@mantine/core';
import { IconClipboardList, IconSearch, IconSettings } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, patchbay } from '../../bridge';
import { formatCount } from '../../i18n';
import { keys } from '../../queries';
import { useWorkspace } from '../../workspace';
import classes from './TopBar.module.css';
import { workOrderName } from './titles';

/** Name of the program, search, the current work order, settings. */
export function TopBar({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation('shell');
  const open = useWorkspace((state) => state.open);
  return (
    <header className={classes.bar}>
      <span className={classes.name}>Patchbay</span>
      <UnstyledButton className={classes.search} onClick={onSearch} aria-keyshortcuts="Control+K">
        <IconSearch size={14} aria-hidden />
        <span className={classes.searchText}>{t('top.search')}</span>
        <Kbd size="xs" dir="ltr">
          Ctrl K
        </Kbd>
      </UnstyledButton>
      <div className={classes.end}>
        <WorkOrderChip />
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

/** The work order that edits go into; opens the plan of all of it. */
function WorkOrderChip() {
  const { t } = useTranslation('shell');
  const open = useWorkspace((state) => state.open);
  const { data } = useQuery({
    queryKey: keys.workOrder(),
    queryFn: () => ask(patchbay.workOrders.current()),
  });
  if (!data) return null;
  return (
    <UnstyledButton
      className={classes.chip}
      data-empty={data.changes === 0 || undefined}
      onClick={() => open({ type: 'plan', connectionId: null, changeId: null })}
    >
      <IconClipboardList size={14} aria-hidden />
      <bdi>{workOrderName(data.number)}</bdi>
      <span>·</span>
      <span>{t('top.changes', { count: data.changes, shown: formatCount(data.changes) })}</span>
    </UnstyledButton>
  );
}
