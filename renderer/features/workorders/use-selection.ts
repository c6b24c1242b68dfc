import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ChangeId } from '../../../shared/model/change';

/** Which changes are chosen, by checkbox; with Shift all from the one chosen last. Those that are gone are left out. */
export function useSelection(inOrder: readonly ChangeId[]) {
  const [chosen, setChosen] = useState<ReadonlySet<ChangeId>>(new Set());
  const last = useRef<ChangeId | null>(null);
  const newest = useRef(inOrder);
  useEffect(() => {
    newest.current = inOrder;
  });
  const choose = useCallback((id: ChangeId, on: boolean, range: boolean) => {
    const ids = newest.current;
    const from = range && last.current !== null ? ids.indexOf(last.current) : -1;
    const to = ids.indexOf(id);
    const these = from >= 0 && to >= 0 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
    last.current = id;
    setChosen((before) => {
      const after = new Set(before);
      for (const one of these) {
        if (on) after.add(one);
        else after.delete(one);
      }
      return after;
    });
  }, []);
  const chooseAll = useCallback((ids: readonly ChangeId[], on: boolean) => {
    setChosen((before) => new Set(on ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));
  }, []);
  const clear = useCallback(() => setChosen(new Set()), []);
  const there = useMemo(() => inOrder.filter((id) => chosen.has(id)), [inOrder, chosen]);
  return { chosen: there, isChosen: (id: ChangeId) => chosen.has(id), choose, chooseAll, clear };
}
