import { useDebouncedValue } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../shared/model/connection';
import { seenText } from '../../shared/values/unseen';
import { openConnectionDialog } from '../features/connections';
import { openSetting, useSettingNames } from '../features/settings';
import { openManyDialog } from '../features/templates';
import { openPlan, openWorkOrderDialog } from '../features/workorders';
import { syncConnection } from '../program/actions';
import { useAppInfo } from '../program/appInfo';
import { ask, patchbay } from '../program/bridge';
import { lockNow } from '../program/closing';
import { useConnections } from '../program/connections';
import { findables } from '../program/finding';
import { openExportDialog } from '../program/open-export';
import { keys } from '../program/queries';
import type { ShortcutId } from '../program/shortcut-list';
import { useKeyWords } from '../program/shortcuts';
import { useWorkOrders, workOrderName } from '../program/work-orders';
import { useWorkspace } from '../program/workspace';
import { openShortcutSheet, type SearchIn, toggleSide } from './frame-state';
import { answering, type PaletteItem } from './palette-items';

const recordsPerConnection = 5;
const everything = { text: '', sort: null, onlyChanged: false };

/**
 * The commands, work orders, settings, fields in front, and records that answer to a text; all commands where there is
 * none. In the view in front alone: what one can go to there.
 */
export function usePaletteItems(text: string, within: SearchIn): readonly PaletteItem[] {
  const commands = useCommands();
  const places = usePlaces();
  const records = useRecords(within === 'all' ? text : '');
  const [found] = useState(() => inView());
  if (within === 'view') return answering(text, found, []);
  return answering(text, commands, records, [...found, ...places]);
}

/** What one can go to in the view in front, as it was when the search was opened. */
function inView(): readonly PaletteItem[] {
  return findables().map(({ id, text, note, run }) => ({
    id: `found ${id}`,
    kind: 'field',
    text,
    note,
    connection: null,
    run,
  }));
}

/** Work orders and settings. */
function usePlaces(): readonly PaletteItem[] {
  const orders = useWorkOrders();
  const settings = useSettingNames();
  return [
    ...orders.map((order) => ({
      id: `order ${order.id}`,
      kind: 'order' as const,
      text: [workOrderName(order), order.name].filter(Boolean).join(' · '),
      note: [order.customer, order.ticket].filter(Boolean).join(' · '),
      connection: null,
      run: () => void openPlan({ workOrderId: order.id }),
    })),
    ...settings.map(({ id, name }) => ({
      id: `setting ${id}`,
      kind: 'setting' as const,
      text: name,
      connection: null,
      run: () => openSetting(id),
    })),
  ];
}

function useCommands(): readonly PaletteItem[] {
  const { t } = useTranslation('shell');
  const connections = useConnections();
  const keyNames = useTranslation('shortcuts').t;
  const open = useWorkspace((state) => state.open);
  const reopen = useWorkspace((state) => state.reopen);
  const { preferences, setPreferences } = useAppInfo();
  const words = useKeyWords();
  const command = (
    id: string,
    text: string,
    run: () => void,
    connection: Connection | null = null,
    keys?: ShortcutId,
  ) => ({ id, kind: 'command', text, connection, run, ...(keys ? { keys: words(keys) } : {}) }) as const;
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
    command('plan', t('command.planAll'), () => void openPlan(), null, 'planAll'),
    command(
      'new-work-order',
      t('command.newWorkOrder'),
      () => openWorkOrderDialog({ type: 'create' }),
      null,
      'newOrder',
    ),
    command('add', t('command.add'), () => openConnectionDialog({ type: 'add' }), null, 'addConnection'),
    command('overview', t('tab.overview'), () => open({ type: 'overview' })),
    command('work-orders', t('tab.work-orders'), () => open({ type: 'work-orders' })),
    command('history', t('tab.history'), () => open({ type: 'history' }), null, 'history'),
    command('templates', t('tab.templates'), () => open({ type: 'templates' })),
    command('new-template', t('command.newTemplate'), () => openManyDialog({ type: 'create', of: null })),
    command('settings', t('tab.settings'), () => open({ type: 'settings' }), null, 'settings'),
    command('lock', t('lock.command'), () => void lockNow(), null, 'lock'),
    command('reopen', keyNames('name.reopenTab'), reopen, null, 'reopenTab'),
    command('side', keyNames('name.sideList'), toggleSide, null, 'sideList'),
    command('sheet-of-keys', keyNames('name.sheet'), openShortcutSheet, null, 'sheet'),
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
