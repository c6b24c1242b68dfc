import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** What can take the focus inside a row. */
const controls = 'a[href], button, input, select, textarea, [tabindex]';
/** Where these stand the arrows and the space bar are their own. */
const takesKeys = 'input:not([type="checkbox"]), textarea, select, [role="combobox"], [contenteditable]';

/** A list in the hand of its view: goes to a row, wherever it is. */
export interface ListHand {
  /** Brings a row into sight and puts the focus on it. */
  goTo(index: number): void;
  /** The row that the focus is on, or was last. */
  at(): number;
}

/**
 * Makes a list of rows one stop for Tab: the arrows, Page up and down, Home and End move among the rows, the arrows to
 * the sides among the controls of a row, Escape back to the row. Space ticks a row, Enter unfolds it, or does what its
 * first control does.
 */
export function useRovingRows({
  frame,
  keys,
  skips,
  scrollTo,
  hand,
}: {
  frame: RefObject<HTMLElement | null>;
  keys: readonly string[];
  /** Rows that are headings: nothing stops there. */
  skips: (index: number) => boolean;
  scrollTo: (index: number) => void;
  hand?: RefObject<ListHand | null> | undefined;
}) {
  const [key, setKey] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  const known = key === null ? -1 : keys.indexOf(key);
  const first = keys.findIndex((_, index) => !skips(index));
  // A row that is gone leaves its place to the one that stands there now.
  const lastAt = useRef(0);
  const active = known >= 0 ? known : Math.min(lastAt.current > 0 ? lastAt.current : first, keys.length - 1);
  useEffect(() => {
    lastAt.current = active;
  });

  const rowAt = (index: number) =>
    frame.current?.querySelector<HTMLElement>(`[data-row-at="${index}"]`) ?? null;

  // A row far away is drawn first, and then it takes the focus.
  useLayoutEffect(() => {
    if (wanted.current === null || wanted.current !== key) return;
    const row = rowAt(keys.indexOf(wanted.current));
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  });

  const goTo = (index: number) => {
    const to = keys[index];
    if (to === undefined) return;
    wanted.current = to;
    setKey(to);
    scrollTo(index);
    if (to === key) {
      wanted.current = null;
      rowAt(index)?.focus();
    }
  };
  useEffect(() => {
    if (!hand) return;
    hand.current = { goTo, at: () => active };
    return () => {
      hand.current = null;
    };
  });

  // The controls of the rows are reached by the arrows: Tab goes past them.
  useEffect(() => {
    const list = frame.current;
    if (!list) return;
    const pass = () => {
      for (const control of list.querySelectorAll<HTMLElement>(
        '[data-row-at] :is(a, button, input, select, textarea)',
      )) {
        if (control.tabIndex !== -1) control.tabIndex = -1;
      }
    };
    pass();
    const watch = new MutationObserver(pass);
    watch.observe(list, { subtree: true, childList: true });
    return () => watch.disconnect();
  }, [frame]);

  const step = (by: 1 | -1) => {
    for (let to = active + by; to >= 0 && to < keys.length; to += by) if (!skips(to)) return to;
    return active;
  };
  const far = (by: 1 | -1) => {
    const page = frame.current?.clientHeight ?? 0;
    const height = rowAt(active)?.offsetHeight || 1;
    let to = Math.max(0, Math.min(keys.length - 1, active + by * Math.max(1, Math.floor(page / height) - 1)));
    while (skips(to) && to + by >= 0 && to + by < keys.length) to += by;
    return skips(to) ? active : to;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target instanceof HTMLElement ? event.target : null;
    const row = target?.closest<HTMLElement>('[data-row-at]');
    // What a menu or a dialog hears comes here too, through React, and is none of the row's.
    if (!target || !row || !frame.current?.contains(row)) return;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const onRow = target === row;
    if (!onRow && target.matches(takesKeys) && event.key !== 'Escape') return;
    if (!act(event.key, row, target, onRow)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const act = (pressed: string, row: HTMLElement, target: HTMLElement, onRow: boolean): boolean => {
    switch (pressed) {
      case 'ArrowDown':
        goTo(step(1));
        return true;
      case 'ArrowUp':
        goTo(step(-1));
        return true;
      case 'PageDown':
        goTo(far(1));
        return true;
      case 'PageUp':
        goTo(far(-1));
        return true;
      case 'Home':
        goTo(first);
        return true;
      case 'End':
        goTo(keys.length - 1);
        return true;
      case 'ArrowLeft':
      case 'ArrowRight': {
        const rtl = document.documentElement.dir === 'rtl';
        const all = controlsOf(row);
        const to = all.indexOf(target) + ((pressed === 'ArrowRight') === rtl ? -1 : 1);
        (all[to] ?? (to < 0 ? row : undefined))?.focus();
        return true;
      }
      case 'Escape':
        if (onRow) return false;
        row.focus();
        return true;
      case ' ':
        if (!onRow) return false;
        (row.querySelector<HTMLElement>('input[type="checkbox"]:not(:disabled)') ?? mainOf(row))?.click();
        return true;
      case 'Enter':
        if (!onRow) return false;
        mainOf(row)?.click();
        return true;
      default:
        return false;
    }
  };

  return {
    active,
    onKeyDown,
    /** What a row is given. */
    row: (index: number) => ({
      role: 'listitem' as const,
      tabIndex: index === active ? 0 : -1,
      'data-row-at': index,
      'data-first': index === active || undefined,
      onFocus: () => setKey(keys[index] ?? null),
    }),
  };
}

function controlsOf(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(controls)].filter(
    (one) => !one.matches(':disabled') && one.checkVisibility({ checkVisibilityCSS: true }),
  );
}

/** What Enter does on a row: it unfolds it where it can be, or else what its first control does. */
function mainOf(row: HTMLElement): HTMLElement | undefined {
  const all = controlsOf(row).filter((one) => !one.matches('input'));
  return all.find((one) => one.ariaExpanded !== null && one.ariaHasPopup === null) ?? all[0];
}
