import { asciiDigits } from '../lib/text';

/** A parsed start of a series: the text around its last run of digits stays the same. */
export interface Series {
  readonly before: string;
  readonly first: bigint;
  /** The width of the typed number; shorter ones are padded with zeros. */
  readonly width: number;
  readonly after: string;
  readonly step: bigint;
}

const digit = '[0-9\u06f0-\u06f9\u0660-\u0669]';
const parts = new RegExp(`^(.*?)(${digit}+)((?:(?!${digit}).)*)$`, 's');

/** Parses the start of a series; null where it contains no digit to count from. */
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

/** Returns the text at an index of a series, from 0; null where the number would be negative. */
export function inSeries({ before, first, width, after, step }: Series, place: number): string | null {
  const number = first + step * BigInt(place);
  return number < 0n ? null : before + number.toString().padStart(width, '0') + after;
}
