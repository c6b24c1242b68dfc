import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChangeId } from '../../../shared/model/change';
import { problemOf } from '../../../shared/model/problem';

import { sayProblem } from '../../program/actions';
import { changeIds } from '../../program/work-orders';
import { type ChangeGroup, type Chosen, groupKey } from './picked';

/** Where a change stands: in which group, and the how manieth. */
interface Place {
  readonly group: string;
  readonly at: number;
}

/**
 * Which changes are chosen, by checkbox; with Shift all from the one chosen last. The window knows only those in sight, so
 * the ids of a stretch or of a whole group are asked for. Those that are gone are left out.
 */
export function useSelection(groups: readonly ChangeGroup[], what: string) {
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const last = useRef<Place | null>(null);
  const newest = useRef({ groups, chosen });
  useEffect(() => {
    newest.current = { groups, chosen };
  });
  const put = useCallback((ids: readonly ChangeId[], group: string, on: boolean) => {
    setChosen((before) => {
      const after = new Map(before);
      for (const id of ids) {
        if (on) after.set(id, group);
        else after.delete(id);
      }
      return after;
    });
  }, []);
  const asking = useCallback(
    (work: Promise<void>) =>
      void work.catch((error: unknown) => sayProblem('choose', what, problemOf(error))),
    [what],
  );
  const choose = useCallback(
    (id: ChangeId, place: Place, on: boolean, range: boolean) => {
      const from = range ? last.current : null;
      last.current = place;
      put([id], place.group, on);
      if (!from) return;
      const stretch = between(newest.current.groups, from, place);
      asking(
        Promise.all(
          stretch.map(async ({ group, first, count }) =>
            put(await changeIds(group, first, count), groupKey(group), on),
          ),
        ).then(() => undefined),
      );
    },
    [put, asking],
  );
  const chooseAll = useCallback(
    (group: ChangeGroup, on: boolean) => {
      const key = groupKey(group);
      if (on) asking(changeIds(group, 0, group.changes).then((ids) => put(ids, key, true)));
      else setChosen((before) => new Map([...before].filter(([, own]) => own !== key)));
    },
    [put, asking],
  );
  const clear = useCallback(() => setChosen(new Map()), []);

  // A change more or less: what is chosen and gone must not be counted.
  const sizes = groups.map((group) => `${groupKey(group)} ${group.changes}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the sizes are others, not when the list is a new one
  useEffect(() => {
    const { chosen: before } = newest.current;
    if (before.size === 0) return;
    const own = groups.filter((group) => [...before.values()].includes(groupKey(group)));
    asking(
      Promise.all(own.map((group) => changeIds(group, 0, group.changes))).then((lists) => {
        const there = new Set(lists.flat());
        setChosen((now) => new Map([...now].filter(([id]) => there.has(id))));
      }),
    );
  }, [sizes]);

  return { chosen, choose, chooseAll, clear };
}

/** What stands between two places, both with it; nothing where one of them is not on the page any more. */
export function between(groups: readonly ChangeGroup[], a: Place, b: Place) {
  const indexOf = ({ group }: Place) => groups.findIndex((one) => groupKey(one) === group);
  const [indexA, indexB] = [indexOf(a), indexOf(b)];
  if (indexA < 0 || indexB < 0) return [];
  const forward = indexA < indexB || (indexA === indexB && a.at <= b.at);
  const [from, to] = forward ? [a, b] : [b, a];
  const [start, end] = [Math.min(indexA, indexB), Math.max(indexA, indexB)];
  return groups.slice(start, end + 1).map((group, index) => {
    const first = index === 0 ? from.at : 0;
    const until = index === end - start ? to.at + 1 : group.changes;
    return { group, first, count: until - first };
  });
}
