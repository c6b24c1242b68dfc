import { useDebouncedValue } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../shared/model/connection';
import { seenText } from '../../shared/values/unseen';
import { openConnectionDialog } from '../features/connections';
import { openManyDialog } from '../features/templates';
import { openPlan, openWorkOrderDialog } from '../features/workorders';
import { syncConnection } from '../program/actions';
import { useAppInfo } from '../program/appInfo';
import { ask, patchbay } from '../program/bridge';
import { lockNow } from '../program/closing';
import { useConnections } from '../program/connections';
import { openExportDialog } from '../program/open-export';
import { keys } from '../program/queries';
import { useWorkspace } from '../program/workspace';
import { answering, type PaletteItem } from './palette-items';

const recordsPerConnection = 5;
const everything = { text: '', sort: null, onlyChanged: false };

/** The commands and records that answer to a text; all commands where there is none. */
export function usePaletteItems(text: string): readonly PaletteItem[] {
  const commands = useCommands();
  const records = useRecords(text);
  return answering(text, commands, records);
}

function useCommands(): readonly PaletteItem[] {
  const { t } = useTranslation('shell');
  const connections = useConnections();
  const open = useWorkspace((state) => state.open);
  const { preferences, setPreferences } = useAppInfo();
  const command = (id: string, text: string, run: () => void, connection: Connection | null = null) =>
    ({ id, kind: 'command', text, connection, run }) as const;
  const language = preferences.language === 'en' ? 'fa' : 'en';
  const of = connections.flatMap((connection) => {
    const { id: connectionId } = connection;
    const name = seenText(connection.name);
    return [
      command(
        `open ${connectionId}`,
        t('command.open', { name }),
        () => open({ type: 'directory', connectionId }),
        connection,
      ),
      command(
        `sync ${connectionId}`,
        t('command.sync', { name }),
        () => syncConnection(connection),
        connection,
      ),
      command(
        `plan ${connectionId}`,
        t('command.plan', { name }),
        () => void openPlan({ connectionId }),
        connection,
      ),
      command(
        `bulk ${connectionId}`,
        t('command.bulk', { name }),
        () => open({ type: 'bulk', connectionId }),
        connection,
      ),
      command(
        `sheet ${connectionId}`,
        t('command.sheet', { name }),
        () => open({ type: 'sheet', connectionId }),
        connection,
      ),
      command(
        `export ${connectionId}`,
        t('command.export', { name }),
        () => openExportDialog({ connectionId, query: everything, rows: 'all' }),
        connection,
      ),
      command(
        `edit ${connectionId}`,
        t('command.edit', { name }),
        () => openConnectionDialog({ type: 'edit', connectionId }),
        connection,
      ),
    ];
  });
  return [
    command('plan', t('command.planAll'), () => void openPlan()),
    command('new-work-order', t('command.newWorkOrder'), () => openWorkOrderDialog({ type: 'create' })),
    command('add', t('command.add'), () => openConnectionDialog({ type: 'add' })),
    command('overview', t('tab.overview'), () => open({ type: 'overview' })),
    command('work-orders', t('tab.work-orders'), () => open({ type: 'work-orders' })),
    command('history', t('tab.history'), () => open({ type: 'history' })),
    command('templates', t('tab.templates'), () => open({ type: 'templates' })),
    command('new-template', t('command.newTemplate'), () => openManyDialog({ type: 'create', kind: null })),
    command('settings', t('tab.settings'), () => open({ type: 'settings' })),
    command('lock', t('lock.command'), () => void lockNow()),
    ...of,
    command(
      'language',
      t('command.language', { language: t(`language.${language}`) }),
      () => void setPreferences({ language }),
    ),
    ...(['light', 'dark', 'system'] as const)
      .filter((theme) => theme !== preferences.theme)
      .map((theme) =>
        command(`theme ${theme}`, t(`command.theme.${theme}`), () => void setPreferences({ theme })),
      ),
  ];
}

function useRecords(text: string): readonly PaletteItem[] {
  const connections = useConnections();
  const open = useWorkspace((state) => state.open);
  const [settled] = useDebouncedValue(text.trim(), 120);
  const enabled = settled.length > 0 && text.trim().length > 0;
  const found = useQueries({
    queries: connections.map((connection) => ({
      queryKey: keys.directoryPage(connection.id, 'palette', settled),
      enabled,
      queryFn: () =>
        ask(
          patchbay.directory.page({
            connectionId: connection.id,
            text: settled,
            sort: null,
            onlyChanged: false,
            columns: [],
            offset: 0,
            limit: recordsPerConnection,
          }),
        ),
    })),
  });
  if (!enabled) return [];
  return connections.flatMap((connection, index) =>
    (found[index]?.data?.rows ?? []).map(({ remoteId, title }) => ({
      id: `record ${connection.id} ${remoteId}`,
      kind: 'record' as const,
      text: title,
      connection,
      run: () => open({ type: 'editor', connectionId: connection.id, remoteId, title, page: null }),
    })),
  );
}
