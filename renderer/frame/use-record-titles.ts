import { useQueries } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { OpenTab } from '../../shared/model/workspace';
import { recordQuery } from '../program/record-query';
import { useWorkspace } from '../program/workspace';

/**
 * Keeps the titles of the editors' tabs those of their records, also of tabs that nobody has looked at yet: a sync or
 * an apply may give a record another name.
 */
export function useRecordTitles(tabs: readonly OpenTab[]): void {
  const editors = tabs.filter((tab) => tab.type === 'editor');
  const titles = useQueries({
    queries: editors.map(({ connectionId, remoteId }) => recordQuery({ connectionId, remoteId })),
    combine: (found) => found.map(({ data }) => data?.title),
  });
  useEffect(() => {
    const { tabs: now, update } = useWorkspace.getState();
    editors.forEach((editor, at) => {
      const title = titles[at];
      const index = now.indexOf(editor);
      if (title !== undefined && index >= 0 && title !== editor.title) update(index, { ...editor, title });
    });
  });
}
