import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ConnectionId } from '../../../shared/model/connection';
import type { SelectAction, SelectionCount } from '../../../shared/model/many';
import type { RecordRow } from '../../../shared/model/record';
import { ask, patchbay } from '../../program/bridge';
import { keys, queryClient } from '../../program/queries';
import { type DirectoryQuery, windowSize } from './useDirectoryRows';
import { changeView, useInFront } from './view';

/*
 * Which records are selected is known to the main process: 50,000 ids never come here. The rows that are shown carry
 * whether they are, and are marked at once; what the main process then answers is what counts.
 */

const none: SelectionCount = { count: 0, shown: 0 };

/** The part of the grid's question that the main process selects by. */
function asked({ text, sort, onlyChanged, onlySelected }: DirectoryQuery) {
  return { text, sort, onlyChanged, onlySelected };
}

/** How many records are selected, and how many of them the grid's question finds. */
export function useSelection(connectionId: ConnectionId, query: DirectoryQuery): SelectionCount {
  const inFront = useInFront(connectionId);
  const { data } = useQuery({
    queryKey: keys.selection(connectionId, asked(query)),
    queryFn: () => ask(patchbay.selection.count({ connectionId, query: asked(query) })),
    placeholderData: keepPreviousData,
    enabled: inFront,
    gcTime: 60_000,
  });
  return data ?? none;
}

/** Changes what is selected: on the screen at once, then where it is kept. */
export async function select(
  connectionId: ConnectionId,
  query: DirectoryQuery,
  action: SelectAction,
): Promise<void> {
  markRows(connectionId, query, action);
  const counted = await ask(patchbay.selection.change({ connectionId, query: asked(query), action }));
  queryClient.setQueryData(keys.selection(connectionId, asked(query)), counted);
  // Nothing is left of what was selected: all records are shown again.
  if (counted.count === 0) changeView(connectionId, { onlySelected: false });
  renewRows(connectionId);
}

type Page = { readonly total: number; readonly rows: readonly RecordRow[] };

function markRows(connectionId: ConnectionId, query: DirectoryQuery, action: SelectAction): void {
  // Places are those of this question; a record is the same in all of them.
  const byPlace = action.do === 'range' || action.do === 'all' || action.do === 'invert';
  const queryKey = byPlace ? keys.directoryPage(connectionId, query) : keys.directoryPage(connectionId);
  for (const [key, page] of queryClient.getQueriesData<Page>({ queryKey })) {
    const window = key.at(-1);
    if (!page || typeof window !== 'number') continue;
    const rows = page.rows.map((row, at): RecordRow => {
      const selected = selectedAfter(action, row, window * windowSize + at);
      return selected === row.selected ? row : { ...row, selected };
    });
    queryClient.setQueryData<Page>(key, { ...page, rows });
  }
}

/** Whether a row is selected once an action is done. `place` is its index in the question that the action speaks of. */
export function selectedAfter(action: SelectAction, row: RecordRow, place: number): boolean {
  switch (action.do) {
    case 'toggle':
      return row.remoteId === action.remoteId ? !row.selected : row.selected;
    case 'only':
      return row.remoteId === action.remoteId;
    case 'range': {
      const inside = place >= Math.min(action.from, action.to) && place <= Math.max(action.from, action.to);
      return inside ? action.selected : row.selected;
    }
    case 'all':
      return true;
    case 'invert':
      return !row.selected;
    case 'none':
      return false;
  }
}

const renewAfterMs = 120;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Asks for the rows again once a held-down key is let go of. */
function renewRows(connectionId: ConnectionId): void {
  clearTimeout(timers.get(connectionId));
  timers.set(
    connectionId,
    setTimeout(
      () => void queryClient.invalidateQueries({ queryKey: keys.directoryPage(connectionId) }),
      renewAfterMs,
    ),
  );
}

/** The ranges that a range which moves its end takes in and lets go of. */
export function extended(anchor: number, from: number, to: number): SelectAction[] {
  const [low, high] = [Math.min(anchor, to), Math.max(anchor, to)];
  const actions: SelectAction[] = [{ do: 'range', from: low, to: high, selected: true }];
  // What the range covered and does no more; last, since rows may leave the grid by it.
  if (from > high) actions.push({ do: 'range', from: high + 1, to: from, selected: false });
  if (from < low) actions.push({ do: 'range', from, to: low - 1, selected: false });
  return actions;
}
