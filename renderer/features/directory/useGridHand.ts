import { useEffect, useMemo, useRef } from 'react';
import type { ConnectionId } from '../../../shared/model/connection';
import { extended, select } from './selection';
import type { DirectoryQuery, DirectoryRows } from './useDirectoryRows';
import { changeView, viewNow } from './view';

interface Hand {
  readonly connectionId: ConnectionId;
  readonly query: DirectoryQuery;
  readonly rows: DirectoryRows;
  readonly scrollTo: (index: number) => void;
}

interface Modifiers {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** What hand and keyboard do to the rows of a grid. The same object for good: rows keep it while they are drawn. */
export function useGridHand(now: Hand) {
  const newest = useRef(now);
  useEffect(() => {
    newest.current = now;
  });
  return useMemo(() => {
    const inside = (index: number) => Math.max(0, Math.min(newest.current.rows.total - 1, index));

    /** Puts the hand on a row. With `extend`, the rows from where the hand first was become selected. */
    const moveTo = (index: number, extend = false) => {
      const { connectionId, query, scrollTo } = newest.current;
      const to = inside(index);
      const { active, anchor } = viewNow(connectionId);
      const begin = anchor >= 0 ? anchor : Math.max(0, active);
      changeView(
        connectionId,
        extend ? { active: to, anchor: begin } : { active: to, anchor: to, anchorOn: true },
      );
      scrollTo(to);
      if (extend)
        for (const action of extended(begin, Math.max(0, active), to))
          void select(connectionId, query, action);
    };

    const toggle = (index: number) => {
      const { connectionId, query, rows } = newest.current;
      const row = rows.row(index);
      if (!row) return;
      changeView(connectionId, { active: index, anchor: index, anchorOn: !row.selected });
      void select(connectionId, query, { do: 'toggle', remoteId: row.remoteId });
    };

    /** All rows from the one that was last touched to this one become what that one became. */
    const reach = (index: number) => {
      const { connectionId, query } = newest.current;
      const { anchor, anchorOn } = viewNow(connectionId);
      const from = anchor >= 0 ? anchor : index;
      changeView(connectionId, { active: index, anchor: from });
      void select(connectionId, query, { do: 'range', from, to: index, selected: anchorOn });
    };

    return {
      moveTo,
      toggle,
      /** A click on a row. */
      click: (index: number, { shiftKey, ctrlKey, metaKey }: Modifiers) => {
        if (shiftKey) reach(index);
        else if (ctrlKey || metaKey) toggle(index);
        else moveTo(index);
      },
      /** A click on a row's box. */
      tick: (index: number, { shiftKey }: Modifiers) => (shiftKey ? reach(index) : toggle(index)),
      selectAll: () => void select(newest.current.connectionId, newest.current.query, { do: 'all' }),
      /** What the grid shows is selected no more; what it does not show stays. */
      unselectShown: () => {
        const { connectionId, query, rows } = newest.current;
        if (rows.total === 0) return;
        void select(connectionId, query, { do: 'range', from: 0, to: rows.total - 1, selected: false });
      },
      clear: () => {
        const { connectionId, query } = newest.current;
        changeView(connectionId, { anchor: -1 });
        void select(connectionId, query, { do: 'none' });
      },
    };
  }, []);
}

export type GridHand = ReturnType<typeof useGridHand>;
