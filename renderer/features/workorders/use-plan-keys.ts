import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useFindable } from '../../program/finding';
import { useViewShortcuts } from '../../program/useViewShortcuts';
import type { ListHand } from '../../ui/useRovingRows';
import { markOf, type PlanItem } from './plan-rows';
import { type PlanScope, readPlan } from './plan-sessions';

/** The keys of a plan: read again, from conflict to conflict; and its rows, to be found. What applies has its own. */
export function usePlanKeys({
  root,
  hand,
  scope,
  items,
  canRead,
}: {
  root: RefObject<HTMLElement | null>;
  hand: RefObject<ListHand | null>;
  scope: PlanScope;
  items: readonly PlanItem[];
  /** Nothing is being read or written. */
  canRead: boolean;
}): void {
  const { t } = useTranslation('workorders');
  const toConflict = (by: 1 | -1) => {
    const conflicts = items.flatMap((item, at) =>
      item.type === 'row' && item.row.status === 'conflict' && !item.ran ? [at] : [],
    );
    const at = hand.current?.at() ?? -1;
    const next =
      by === 1
        ? (conflicts.find((one) => one > at) ?? conflicts[0])
        : (conflicts.findLast((one) => one < at) ?? conflicts.at(-1));
    if (next !== undefined) hand.current?.goTo(next);
  };
  useViewShortcuts(root, {
    readAgain: () => canRead && void readPlan(scope),
    nextConflict: () => toConflict(1),
    previousConflict: () => toConflict(-1),
  });
  useFindable(root, () =>
    items.flatMap((item, at) =>
      item.type === 'row'
        ? [
            {
              id: item.id,
              text: item.row.title,
              note: t(`mark.${markOf(item.row, item.ran)}`),
              run: () => hand.current?.goTo(at),
            },
          ]
        : [],
    ),
  );
}
