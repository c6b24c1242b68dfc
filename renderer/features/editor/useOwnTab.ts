import { useCallback } from 'react';
import { useWorkspace } from '../../program/workspace';

/** The window tab of an editor: whether it is active, its title, and the page that it remembers. */
export function useOwnTab(index: number, recordTitle: string | undefined) {
  const tab = useWorkspace((state) => state.tabs[index]);
  const shown = useWorkspace((state) => state.active === index);
  const update = useWorkspace((state) => state.update);
  const known = tab?.type === 'editor' ? tab.title : '';
  const setPage = useCallback(
    (page: string) => {
      const now = useWorkspace.getState().tabs[index];
      if (now?.type === 'editor') update(index, { ...now, page });
    },
    [index, update],
  );
  return { shown, setPage, title: recordTitle ?? known };
}
