import type { ComparedItem } from '../../../shared/model/many';
import type { OpenTab } from '../../../shared/model/workspace';
import { tabKey, useWorkspace } from '../../program/workspace';

/** As many as the contract takes, and a screen shows. */
export const mostCompared = 12;

export function sameItem(a: ComparedItem, b: ComparedItem): boolean {
  return a.connectionId === b.connectionId && a.remoteId === b.remoteId;
}

/** Puts other records into a comparison's tab; the tab closes with its last one. */
export function changeCompared(index: number, items: readonly ComparedItem[]): void {
  const { tabs, close, update, activate } = useWorkspace.getState();
  if (items.length === 0) {
    close(index);
    return;
  }
  const tab: OpenTab = {
    type: 'compare',
    items: items.map(({ connectionId, remoteId }) => ({ connectionId, remoteId })),
  };
  const other = tabs.findIndex((one, at) => at !== index && tabKey(one) === tabKey(tab));
  // Two tabs of the same records are the same tab.
  if (other >= 0) activate(other);
  else update(index, tab);
}

/** Shows records side by side. */
export function openCompare(items: readonly ComparedItem[]): void {
  const open = items.map(({ connectionId, remoteId }) => ({ connectionId, remoteId }));
  useWorkspace.getState().open({ type: 'compare', items: open });
}
