const persian = [
  ['فروردین'],
  ['اردیبهشت'],
  ['خرداد'],
  ['تیر'],
  ['مرداد', 'امرداد'],
  ['شهریور'],
  ['مهر'],
  ['آبان', 'ابان'],
  ['آذر', 'اذر'],
  ['دی'],
  ['بهمن'],
  ['اسفند'],
] as const;
const english = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

const dayFirst = /^(?:[\p{L}\u200c]+[\s،,]+)*(\d{1,2})[\s-]+(\p{L}+)\.?[\s,،-]+(?:ماه\s+)?(\d{4})(.*)$/u;
const monthFirst = /^(?:[a-z]+[\s,]+)?([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})(.*)$/i;

const longest = 80;

/**
 * Rewrites a date whose month is a word (`30 آبان 1406`, `Sun, 21 Nov 2027 …`) with the year first and the month as a
 * number.
 * @returns null where it is no such date
 */
export function dateInNumbers(text: string): string | null {
  if (text.length > longest) return null;
  const [, day = '', month = '', year = '', rest = ''] =
    dayFirst.exec(text) ?? swapped(monthFirst.exec(text));
  const number = monthNumber(month.normalize('NFKC').replaceAll('ي', 'ی').toLowerCase());
  return number === 0 ? null : `${year}-${number}-${day}${rest.replace(/\s*ساعت\s*/, ' ')}`;
}

function swapped(found: RegExpExecArray | null): readonly string[] {
  return found ? [found[0], found[2] ?? '', found[1] ?? '', found[3] ?? '', found[4] ?? ''] : [];
}

function monthNumber(word: string): number {
  const local = persian.findIndex((names) => (names as readonly string[]).includes(word));
  if (local >= 0) return local + 1;
  return /^[a-z]{3,9}$/.test(word) ? english.findIndex((name) => word.startsWith(name)) + 1 : 0;
}
