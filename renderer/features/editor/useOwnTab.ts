import { useCallback, useEffect } from 'react';
import { useWorkspace } from '../../workspace';

/** The window's tab that an editor stands in: whether it is in front, its title, and the page that it remembers. */
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
  // A record that got another name at the last sync is called by it.
  useEffect(() => {
    const now = useWorkspace.getState().tabs[index];
    if (recordTitle !== undefined && now?.type === 'editor' && now.title !== recordTitle) {
      update(index, { ...now, title: recordTitle });
    }
  }, [index, recordTitle, update]);
  return { shown, setPage, title: recordTitle ?? known };
}
