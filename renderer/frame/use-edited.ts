import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { OpenTab } from '../../shared/model/workspace';
import { ask, patchbay } from '../program/bridge';
import { keys } from '../program/queries';
import { tabKey } from '../program/workspace';

// As many as may be asked for at once; nobody sees the dots of more tabs.
const most = 200;

/** Which of these tabs show a record that has prepared edits, by the tab's key. */
export function useEdited(tabs: readonly OpenTab[]): ReadonlySet<string> {
  const editors = tabs.filter((tab) => tab.type === 'editor').slice(0, most);
  const { data } = useQuery({
    queryKey: keys.editedOf(editors.map(tabKey)),
    queryFn: () =>
      ask(
        patchbay.changes.edited({
          records: editors.map(({ connectionId, remoteId }) => ({ connectionId, remoteId })),
        }),
      ),
    enabled: editors.length > 0,
    // A tab more or less does not put out the dots of the others.
    placeholderData: keepPreviousData,
  });
  return useMemo(
    () => new Set((data ?? []).map((record) => tabKey({ type: 'editor', title: '', page: null, ...record }))),
    [data],
  );
}
