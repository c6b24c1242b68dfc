import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';
import type { PlanScope } from './plan-sessions';
import { type Conflict, settle } from './settle';

/** Settles all conflicts of the plan at once. */
export function SettleMenu({
  scope,
  conflicts,
  disabled,
}: {
  scope: PlanScope;
  conflicts: readonly Conflict[];
  disabled: boolean;
}) {
  const { t } = useTranslation('workorders');
  const n = formatCount(conflicts.length);
  return (
    <Menu withinPortal>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          flex="none"
          ms="auto"
          disabled={disabled}
          rightSection={<IconChevronDown size={12} />}
        >
          {t('settle.all', { n })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void settle(scope, conflicts, 'mine')}>
          {t('settle.allMine', { n })}
        </Menu.Item>
        <Menu.Item onClick={() => void settle(scope, conflicts, 'theirs')}>
          {t('settle.allTheirs', { n })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
