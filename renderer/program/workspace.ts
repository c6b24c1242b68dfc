import { create } from 'zustand';
import type { OpenTab, Workspace } from '../../shared/model/workspace';
import { Autosave } from '../drafts/autosave';
import { storeAtEnd } from '../drafts/storing';
import { ask, patchbay } from './bridge';

interface WorkspaceStore extends Workspace {
  /** Tabs that were closed, the last one last; only as long as the window stands. */
  readonly closed: readonly OpenTab[];
  /** Brings a tab to the front, opening it where it is not open. */
  open(tab: OpenTab): void;
  /** Closes a tab; its neighbour comes to the front. */
  close(index: number): void;
  activate(index: number): void;
  /** Opens the tab again that was closed last. */
  reopen(): void;
  /** Replaces a tab by what it has become (a new title, another page in front). */
  update(index: number, tab: OpenTab): void;
  setColumns(connectionId: string, columns: string[]): void;
  /** Closes all tabs of a connection that is gone. */
  closeConnection(connectionId: string): void;
  restore(saved: Workspace): void;
}

/** Two tabs with the same key are the same tab. */
export function tabKey(tab: OpenTab): string {
  switch (tab.type) {
    case 'directory':
      return `directory ${tab.connectionId}`;
    case 'editor':
      return `editor ${tab.connectionId} ${tab.remoteId}`;
    case 'plan':
      return `plan ${tab.workOrderId ?? ''} ${tab.connectionId ?? ''} ${tab.changeId ?? ''}`;
    case 'bulk':
    case 'sheet':
      return `${tab.type} ${tab.connectionId}`;
    case 'compare':
      return `compare ${tab.items.map((item) => `${item.connectionId} ${item.remoteId}`).join(' ')}`;
    default:
      return tab.type;
  }
}

/** As many as one may want back. */
const mostClosed = 20;

export const useWorkspace = create<WorkspaceStore>((set, get) => ({
  tabs: [{ type: 'overview' }],
  active: 0,
  columns: {},
  closed: [],
  open: (tab) =>
    set((state) => {
      const key = tabKey(tab);
      const at = state.tabs.findIndex((other) => tabKey(other) === key);
      if (at >= 0) return { active: at };
      return { tabs: [...state.tabs, tab], active: state.tabs.length };
    }),
  close: (index) =>
    set((state) => {
      const tabs = state.tabs.filter((_, i) => i !== index);
      const gone = state.tabs[index];
      const closed = gone ? [...state.closed, gone].slice(-mostClosed) : state.closed;
      const left = state.active > index ? state.active - 1 : state.active;
      if (tabs.length === 0) return { tabs: [{ type: 'overview' }], active: 0, closed };
      return { tabs, active: Math.min(left, tabs.length - 1), closed };
    }),
  activate: (index) => set({ active: index }),
  reopen: () => {
    const { closed, open } = get();
    const last = closed.at(-1);
    if (!last) return;
    set({ closed: closed.slice(0, -1) });
    open(last);
  },
  update: (index, tab) => set((state) => ({ tabs: state.tabs.map((old, i) => (i === index ? tab : old)) })),
  setColumns: (connectionId, columns) =>
    set((state) => ({ columns: { ...state.columns, [connectionId]: columns } })),
  closeConnection: (connectionId) =>
    set((state) => {
      const front = state.tabs[state.active];
      const tabs = state.tabs.filter((tab) => !('connectionId' in tab) || tab.connectionId !== connectionId);
      const closed = state.closed.filter(
        (tab) => !('connectionId' in tab) || tab.connectionId !== connectionId,
      );
      if (tabs.length === 0) return { tabs: [{ type: 'overview' }], active: 0, closed };
      return { tabs, active: Math.max(0, front ? tabs.indexOf(front) : 0), closed };
    }),
  restore: (saved) => set(saved),
}));

/** Stores what stands open, soon enough that a crash loses nothing. */
const autosave = new Autosave<Workspace>({
  store: async (_, workspace) => {
    await ask(patchbay.app.saveWorkspace(workspace));
  },
  changed: () => {},
});

/** Loads what stood open and from then on stores every change of it. */
export async function followWorkspace(): Promise<void> {
  useWorkspace.getState().restore(await ask(patchbay.app.workspace()));
  useWorkspace.subscribe(({ tabs, active, columns }) =>
    autosave.type('workspace', { tabs, active, columns }),
  );
  storeAtEnd(autosave);
}
