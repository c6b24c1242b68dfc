import { openConnectionDialog } from '../features/connections';
import { openPlan, openWorkOrderDialog } from '../features/workorders';
import { syncConnection } from '../program/actions';
import { useAppInfo } from '../program/appInfo';
import { lockNow } from '../program/closing';
import { useConnections } from '../program/connections';
import { findables } from '../program/finding';
import { type ShortcutId, shortcutIds } from '../program/shortcut-list';
import { pressed, useFirstKeys } from '../program/shortcuts';
import { useWorkspace } from '../program/workspace';
import { topDialog, usable } from './focus';
import { openShortcutSheet, searchFor, toggleSide } from './frame-state';
import { type SizeKey, sizeBy, sizeKeys } from './size-keys';

/** The shortcuts of the window: they count before anything in it hears the keys. */
export function useShortcuts(): void {
  const connections = useConnections();

  /** Reads the connection of the tab in front; a plan reads its servers itself. */
  const sync = (): boolean => {
    const { tabs, active } = useWorkspace.getState();
    const front = tabs[active];
    if (!front || front.type === 'plan' || !('connectionId' in front)) return false;
    const connection = connections.find(({ id }) => id === front.connectionId);
    if (connection) void syncConnection(connection);
    return true;
  };

  const does: Partial<Record<ShortcutId, () => unknown>> = {
    search: () => searchFor('all'),
    find,
    help,
    sheet: openShortcutSheet,
    nextTab: () => turn(1),
    previousTab: () => turn(-1),
    closeTab: () => useWorkspace.getState().close(useWorkspace.getState().active),
    reopenTab: () => useWorkspace.getState().reopen(),
    addConnection: () => openConnectionDialog({ type: 'add' }),
    newOrder: () => openWorkOrderDialog({ type: 'create' }),
    planAll: () => void openPlan(),
    history: () => useWorkspace.getState().open({ type: 'history' }),
    sideList: toggleSide,
    settings: () => useWorkspace.getState().open({ type: 'settings' }),
    sync,
  };

  useFirstKeys((event) => {
    // Where new keys for something are asked for, these are an answer.
    if (document.activeElement?.matches('[data-takes-keys]')) return false;
    // Whoever leaves in a hurry locks, whatever is open.
    if (pressed(event, 'lock')) {
      void lockNow();
      return true;
    }
    const sized = sizeKeys.find((one) => pressed(event, one));
    if (sized) {
      resize(sized);
      return true;
    }
    const id = shortcutIds.find((one) => does[one] !== undefined && pressed(event, one));
    // A dialog is answered first: what stands behind it must not change under it.
    if (topDialog()) return id !== undefined && id !== 'help' && id !== 'find';
    if (id !== undefined) return does[id]?.() !== false;
    return nthTab(event) || sheetSign(event);
  });
}

function resize(key: SizeKey): void {
  const { preferences, setPreferences } = useAppInfo.getState();
  void setPreferences({ size: sizeBy(key, preferences.size) });
}

/** To the field that searches the view in front, or to a list of all that can be gone to in it. */
function find(): boolean {
  const field = document.querySelector<HTMLInputElement>(
    'main [data-view]:not([inert]) :is(input[data-find], [data-find] input)',
  );
  if (usable(field)) {
    field.focus();
    field.select();
    return true;
  }
  if (findables().length === 0) return false;
  searchFor('view');
  return true;
}

/** What a field is for, where the focus is in one; all shortcuts of the view elsewhere. */
function help(): void {
  const row = document.activeElement?.closest('[data-row], [data-rule-field]');
  const info = row?.querySelector<HTMLElement>('[data-field-info]');
  if (info) {
    info.focus();
    info.click();
  } else openShortcutSheet();
}

function turn(by: 1 | -1): void {
  const { tabs, active, activate } = useWorkspace.getState();
  activate((active + by + tabs.length) % tabs.length);
}

function nthTab(event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return false;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (digit === undefined) return false;
  const { tabs, activate } = useWorkspace.getState();
  // Nine is the last one, as in browsers.
  const index = digit === '9' ? tabs.length - 1 : Number(digit) - 1;
  if (index < tabs.length) activate(index);
  return true;
}

/** A question mark where nothing is typed, in either language. */
function sheetSign({ key, target }: KeyboardEvent): boolean {
  if (key !== '?' && key !== '؟') return false;
  if (
    target instanceof HTMLElement &&
    target.matches('input:not([type="checkbox"], [type="radio"]), textarea')
  )
    return false;
  openShortcutSheet();
  return true;
}
