import { asciiDigits } from '../lib/text';

/** Where a series begins, taken apart: what stands around its last run of digits stays. */
export interface Series {
  readonly before: string;
  readonly first: bigint;
  /** As many digits as were typed; shorter numbers get zeros in front. */
  readonly width: number;
  readonly after: string;
  readonly step: bigint;
}

const digit = '[0-9\u06f0-\u06f9\u0660-\u0669]';
const parts = new RegExp(`^(.*?)(${digit}+)((?:(?!${digit}).)*)$`, 's');

/** Reads where a series begins; null where there is no digit to count on from. */
export function seriesOf(start: string, step: number): Series | null {
  const found = parts.exec(start);
  if (!found) return null;
  const [, before = '', digits = '', after = ''] = found;
  return {
    before,
    first: BigInt(asciiDigits(digits)),
    width: digits.length,
    after,
    step: BigInt(step),
  };
}

/** The text at a place of a series, from 0; null where it would run below zero. */
export function inSeries({ before, first, width, after, step }: Series, place: number): string | null {
  const number = first + step * BigInt(place);
  return number < 0n ? null : before + number.toString().padStart(width, '0') + after;
}
