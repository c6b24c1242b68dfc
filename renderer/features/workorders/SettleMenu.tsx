import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n';
import { everyConflict } from './conflicts';
import type { PlanScope } from './plan-sessions';
import { settle } from './settle';

/** Settles all conflicts of the plan at once. */
export function SettleMenu({
  scope,
  count,
  disabled,
}: {
  scope: PlanScope;
  count: number;
  disabled: boolean;
}) {
  const { t } = useTranslation('workorders');
  const n = formatCount(count);
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
        <Menu.Item onClick={() => void settle(scope, everyConflict, 'mine')}>
          {t('settle.allMine', { n })}
        </Menu.Item>
        <Menu.Item onClick={() => void settle(scope, everyConflict, 'theirs')}>
          {t('settle.allTheirs', { n })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
