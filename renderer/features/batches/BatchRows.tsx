import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfCollection } from '../../../shared/catalog';
import type { BatchSummary } from '../../../shared/model/batch';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { BatchBlock, blockSize } from './BatchBlock';
import css from './batches.module.css';
import { type BatchFilter, filterKey } from './filter';
import { useBatchRows, type WantedWindows, windowSize } from './useBatchRows';

const usualHeight = 31;
/** How many rows beyond the screen are asked for, so that scrolling meets them already there. */
const ahead = 40;

/** The rows of a batch that the filter leaves. Only those on the screen are asked for and drawn. */
export function BatchRows({
  summary,
  of,
  filter,
}: {
  summary: BatchSummary;
  of: OfCollection;
  filter: BatchFilter;
}) {
  const { t } = useTranslation('batches');
  const frame = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState<WantedWindows>({ first: 0, last: 0 });
  const rows = useBatchRows(summary.id, filter, wanted);
  const virtual = useVirtualizer({
    count: Math.ceil(rows.total / blockSize),
    getScrollElement: () => frame.current,
    estimateSize: (block) => usualHeight * Math.min(blockSize, rows.total - block * blockSize),
    overscan: 1,
  });
  const last = Math.max(0, rows.total - 1);
  const start = Math.min((virtual.range?.startIndex ?? 0) * blockSize, last);
  const end = Math.min(((virtual.range?.endIndex ?? 0) + 1) * blockSize, last);
  const firstWindow = Math.floor(Math.max(0, start - ahead) / windowSize);
  const lastWindow = Math.floor(Math.min(last, end + ahead) / windowSize);
  useEffect(() => setWanted({ first: firstWindow, last: lastWindow }), [firstWindow, lastWindow]);

  // Other rows are looked at from their top; the same rows worked out again, where one was.
  const looked = filterKey(filter);
  const before = useRef(looked);
  useLayoutEffect(() => {
    if (before.current === looked) return;
    before.current = looked;
    if (frame.current) frame.current.scrollTop = 0;
    setWanted({ first: 0, last: 0 });
  }, [looked]);
  // Heights belong to the rows of one question. What is drawn already is measured at once: only those whose height
  // changes would be noticed by themselves, and the others would be taken to be as high as was guessed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew for each question alone
  useLayoutEffect(() => {
    virtual.measure();
    // Only a height that is another than the one it goes by is taken in: that has to be the guess again first.
    virtual.getTotalSize();
    for (const block of frame.current?.querySelectorAll<HTMLElement>('[data-index]') ?? [])
      virtual.measureElement(block);
  }, [rows.of]);

  if (rows.problem) {
    return (
      <div className={css.notice}>
        <ProblemAlert problem={rows.problem} />
      </div>
    );
  }
  const lines = kindHasLines(rows.row(start)?.line);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls has to be reachable by keyboard
    <section ref={frame} className={css.rows} aria-label={t('title')} tabIndex={0} data-lines={lines}>
      <div className={css.all} style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index: block, key, start: top }) => (
          <div
            key={key}
            data-index={block}
            ref={virtual.measureElement}
            className={css.place}
            style={{ transform: `translateY(${top}px)` }}
          >
            <BatchBlock
              of={of}
              connectionId={summary.connectionId}
              rows={Array.from({ length: Math.min(blockSize, rows.total - block * blockSize) }, (_, at) =>
                rows.row(block * blockSize + at),
              )}
            />
          </div>
        ))}
      </div>
    </section>
  );
}

/** Rows of a bulk edit are on no line. */
function kindHasLines(line: number | null | undefined): boolean {
  return line !== null && line !== undefined;
}
