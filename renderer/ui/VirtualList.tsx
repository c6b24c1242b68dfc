import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useDeferredValue, useEffect, useRef } from 'react';
import classes from './VirtualList.module.css';

/** Shorter lists are drawn whole: the browser's own search and selection then reach every row. */
const drawnWholeUpTo = 100;

/** A scrolling list of rows of different heights, of which only those in sight are drawn where there are many. */
export function VirtualList<T>({
  items,
  keyOf,
  estimate,
  render,
  label,
  head,
  onEnd,
  footer,
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
}) {
  const frame = useRef<HTMLDivElement>(null);
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
  });
  const drawn = virtual.getVirtualItems();
  const last = drawn.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= items.length - 1) onEnd?.();
  }, [last, items.length, onEnd]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls has to be reachable by keyboard
    <section ref={frame} className={classes.frame} aria-label={label} tabIndex={0}>
      {head === undefined ? null : <div className={classes.head}>{head}</div>}
      {whole ? (
        items.map((item) => (
          <div key={keyOf(item)}>
            <Later height={estimate(item)}>{() => render(item)}</Later>
          </div>
        ))
      ) : (
        <div className={classes.all} style={{ blockSize: virtual.getTotalSize() }}>
          {drawn.map(({ key, index, start }) => {
            const item = items[index];
            return item === undefined ? null : (
              <div
                key={key}
                data-index={index}
                ref={virtual.measureElement}
                className={classes.row}
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

/**
 * A row's content, drawn when the window has time for it: some dozens of rows drawn in one go would keep it from taking
 * the next key for half a second. Its place is kept until then.
 */
function Later({ height, children }: { height: number; children: () => ReactNode }) {
  const drawn = useDeferredValue(true, false);
  return drawn ? children() : <div style={{ blockSize: height }} />;
}
