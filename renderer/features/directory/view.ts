import { create } from 'zustand';
import { useWorkspace } from '../../program/workspace';

export interface GridSort {
  readonly field: string;
  readonly descending: boolean;
}

/** How a directory is looked at just now. Kept by connection, so that a tab comes back as it was left. */
export interface DirectoryView {
  readonly text: string;
  readonly sort: GridSort | null;
  readonly onlyChanged: boolean;
  readonly onlySelected: boolean;
  /** The row that the keyboard is on; -1 before the first. */
  readonly active: number;
  /** Where a range of selected rows begins, and whether its rows become selected; -1 where none was begun. */
  readonly anchor: number;
  readonly anchorOn: boolean;
  readonly scrollTop: number;
  /** Widths that were dragged, in pixels by column. */
  readonly widths: Readonly<Record<string, number>>;
}

const fresh: DirectoryView = {
  text: '',
  sort: null,
  onlyChanged: false,
  onlySelected: false,
  active: -1,
  anchor: -1,
  anchorOn: true,
  scrollTop: 0,
  widths: {},
};

const useViews = create<{ readonly views: Readonly<Record<string, DirectoryView>> }>(() => ({ views: {} }));

/** The view of one directory, and a way to change a part of it. */
export function useDirectoryView(connectionId: string): DirectoryView {
  return useViews((state) => state.views[connectionId] ?? fresh);
}

/** Changes what the directory shows: row indexes become invalid. */
export function changeQuestion(
  connectionId: string,
  change: Partial<Pick<DirectoryView, 'text' | 'sort' | 'onlyChanged' | 'onlySelected'>>,
): void {
  changeView(connectionId, { ...change, active: -1, anchor: -1 });
}

/** Changes a part of a directory's view. */
export function changeView(connectionId: string, change: Partial<DirectoryView>): void {
  useViews.setState(({ views }) => ({
    views: { ...views, [connectionId]: { ...(views[connectionId] ?? fresh), ...change } },
  }));
}

/** Whether this directory is the tab in front. */
export function useInFront(connectionId: string): boolean {
  return useWorkspace((state) => {
    const front = state.tabs[state.active];
    return front?.type === 'directory' && front.connectionId === connectionId;
  });
}

/** The view as it is now, outside of rendering. */
export function viewNow(connectionId: string): DirectoryView {
  return useViews.getState().views[connectionId] ?? fresh;
}
