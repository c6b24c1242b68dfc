import { ActionIcon, Menu } from '@mantine/core';
import { IconTable, IconTableExport, IconTableImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection';
import { openExportDialog } from '../../program/open-export';
import { useWorkspace } from '../../program/workspace';
import type { DirectoryQuery } from './useDirectoryRows';

/** Spreadsheets in and out of a directory. */
export function SheetMenu({ connection, query }: { connection: Connection; query: DirectoryQuery }) {
  const { t } = useTranslation('sheets');
  const open = useWorkspace((state) => state.open);
  const { columns: _, ...grid } = query;
  const narrowed = query.text !== '' || query.onlyChanged || query.onlySelected;
  return (
    <Menu withinPortal position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('menu')} title={t('menu')}>
          <IconTable size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconTableImport size={14} />}
          onClick={() => open({ type: 'sheet', connectionId: connection.id })}
        >
          {t('takeIn')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTableExport size={14} />}
          onClick={() =>
            openExportDialog({
              connectionId: connection.id,
              query: grid,
              rows: narrowed ? 'shown' : 'all',
            })
          }
        >
          {t('writeOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
