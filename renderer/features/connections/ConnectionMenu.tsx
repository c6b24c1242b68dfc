import { Menu } from '@mantine/core';
import {
  IconClipboardList,
  IconCopy,
  IconPencil,
  IconPlugConnected,
  IconRefresh,
  IconTable,
  IconTrash,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { syncConnection, testConnection } from '../../program/actions';
import { useWorkspace } from '../../program/workspace';
import { openPlan } from '../workorders';
import { openConnectionDialog } from './dialogs';

/** Everything that can be done with a connection as a whole, behind the button given. */
export function ConnectionMenu({
  connection,
  opened,
  onChange,
  children,
}: {
  connection: Connection;
  opened: boolean;
  onChange: (opened: boolean) => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('connections');
  const open = useWorkspace((state) => state.open);
  const { id: connectionId } = connection;
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-end" withinPortal shadow="md" width={200}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown aria-label={t('menu.label', { name: connection.name })}>
        <Menu.Item
          leftSection={<IconTable size={14} />}
          onClick={() => open({ type: 'directory', connectionId })}
        >
          {t('menu.open')}
        </Menu.Item>
        <Menu.Item leftSection={<IconRefresh size={14} />} onClick={() => void syncConnection(connection)}>
          {t('menu.sync')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPlugConnected size={14} />}
          onClick={() => void testConnection(connection)}
        >
          {t('menu.test')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconClipboardList size={14} />}
          onClick={() => void openPlan({ connectionId })}
        >
          {t('menu.plan')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPencil size={14} />}
          onClick={() => openConnectionDialog({ type: 'edit', connectionId })}
        >
          {t('menu.edit')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={14} />}
          onClick={() => openConnectionDialog({ type: 'duplicate', connectionId })}
        >
          {t('menu.duplicate')}
        </Menu.Item>
        <Menu.Item
          c="var(--role-danger)"
          leftSection={<IconTrash size={14} />}
          onClick={() => openConnectionDialog({ type: 'remove', connectionId })}
        >
          {t('menu.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
