import type { Pause } from './turns';

/** Numbers of entries: above `after`, up to `to`. */
export interface Range {
  readonly after: number;
  readonly to: number;
}

/** The first statement looks at so many numbers, and no later one at more than the most. */
const firstWidth = 4_096;
const mostWidth = 65_536;
/** A statement that was quicker makes the next slice wider, one that was slower makes it narrower. */
const quickMs = 2;
const slowMs = 5;

/**
 * Goes through ranges from the newest number to the oldest in slices, each so narrow that its statement takes some
 * milliseconds at most: SQLite answers while everything else waits.
 * @param work looks at one slice; false where it has enough
 * @param pause is awaited between two slices
 * @param firstly how wide the first slice is: infinite where few rows are looked at however many numbers there are
 */
export async function inSlices(
  ranges: readonly Range[],
  pause: Pause,
  work: (slice: Range) => boolean,
  firstly = firstWidth,
): Promise<void> {
  let width = firstly;
  for (const { after: end, to: start } of ranges) {
    for (let to = start; to > end; ) {
      const after = Math.max(end, to - width);
      const began = performance.now();
      if (!work({ after, to })) return;
      const ms = performance.now() - began;
      if (ms < quickMs) width = Math.min(mostWidth, width * 2);
      else if (ms > slowMs) width = Math.max(firstWidth / 4, width / 2);
      to = after;
      await pause();
    }
  }
}
