import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { type ListHand, useRovingRows } from './useRovingRows';
import classes from './VirtualList.module.css';

/** Shorter lists are drawn whole: the browser's own search and selection then reach every row. */
const drawnWholeUpTo = 100;

/**
 * A scrolling list of rows of different heights, of which only those in sight are drawn where there are many. It is one
 * stop for Tab: see `useRovingRows`.
 */
export function VirtualList<T>({
  items,
  keyOf,
  estimate,
  render,
  label,
  head,
  onEnd,
  footer,
  isHeading = never,
  hand,
}: {
  items: readonly T[];
  keyOf: (item: T) => string;
  /** Height of a row in pixels before it is measured. */
  estimate: (item: T) => number;
  render: (item: T) => ReactNode;
  label: string;
  /** The columns' names: stay in sight, and are as wide as the rows. */
  head?: ReactNode;
  /** Called when the end comes into sight, for lists that are read page by page. */
  onEnd?: () => void;
  footer?: ReactNode;
  /** Rows that only name those below them: the arrow keys pass over. */
  isHeading?: (item: T) => boolean;
  /** Filled with what brings the focus to a row. */
  hand?: RefObject<ListHand | null>;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const inHand = useRef(0);
  const itemKeys = useMemo(() => items.map(keyOf), [items, keyOf]);
  const whole = items.length <= drawnWholeUpTo && onEnd === undefined;
  const virtual = useVirtualizer({
    count: whole ? 0 : items.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => {
      const item = items[index];
      return item === undefined ? 28 : estimate(item);
    },
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: 12,
    // The row with the focus stays, however far away it is scrolled: the focus would fall with it.
    rangeExtractor: (range) =>
      [...new Set([inHand.current, ...defaultRangeExtractor(range)])]
        .filter((index) => index >= 0 && index < range.count)
        .sort((a, b) => a - b),
  });
  const roving = useRovingRows({
    frame,
    keys: itemKeys,
    skips: (index) => {
      const item = items[index];
      return item !== undefined && isHeading(item);
    },
    scrollTo: (index) => {
      inHand.current = index;
      if (!whole) virtual.scrollToIndex(index, { align: 'auto' });
    },
    hand,
  });
  inHand.current = roving.active;
  const drawn = virtual.getVirtualItems();
  const last = drawn.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= items.length - 1) onEnd?.();
  }, [last, items.length, onEnd]);

  return (
    <section ref={frame} className={classes.frame} aria-label={label} onKeyDown={roving.onKeyDown}>
      {head === undefined ? null : <div className={classes.head}>{head}</div>}
      {whole ? (
        // biome-ignore lint/a11y/useSemanticElements: its rows are dividers, as those of the drawn part are
        <div role="list">
          {items.map((item, index) => (
            <div key={keyOf(item)} className={classes.stop} {...roving.row(index)}>
              <Later height={estimate(item)}>{() => render(item)}</Later>
            </div>
          ))}
        </div>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <div role="list" className={classes.all} style={{ blockSize: virtual.getTotalSize() }}>
          {drawn.map(({ key, index, start }) => {
            const item = items[index];
            return item === undefined ? null : (
              <div
                key={key}
                data-index={index}
                ref={virtual.measureElement}
                className={`${classes.row} ${classes.stop}`}
                {...roving.row(index)}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Later height={estimate(item)}>{() => render(item)}</Later>
              </div>
            );
          })}
        </div>
      )}
      {footer}
    </section>
  );
}

const never = (): boolean => false;

/**
 * A row's content, drawn when the window has time for it: some dozens of rows drawn in one go would keep it from taking
 * the next key for half a second. Its place is kept until then.
 */
function Later({ height, children }: { height: number; children: () => ReactNode }) {
  const drawn = useDeferredValue(true, false);
  return drawn ? children() : <div style={{ blockSize: height }} />;
}
