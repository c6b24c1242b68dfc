import type { Catalog } from '../../shared/catalog';
import { keyFields } from '../../shared/catalog/identity';
import { fieldValue } from '../../shared/catalog/read';
import { asciiDigits, searchFold } from '../../shared/lib/text';
import type { JsonObject } from '../../shared/model/json';
import { mostNamed, type Numbered } from '../../shared/model/many';
import { inTurns, type Pace, takeTurns } from '../jobs/turns';

/** One number as typed, or a range of them, both ends in it. */
export type NumberTerm =
  | { readonly text: string; readonly one: string }
  | { readonly text: string; readonly from: bigint; readonly to: bigint; readonly digits: number | null };

const mostUnknown = 100;

/**
 * Numbers as a person types or pastes them: apart by commas, semicolons, spaces or lines; a range with a dash or the
 * Persian word for "to"; digits in any script. Each once.
 */
export function numberTerms(text: string): NumberTerm[] {
  const joined = asciiDigits(text).replace(/(\d)\s*(?:[-–—−]|\.\.\.?|…|تا)\s*(?=\d)/g, '$1-');
  const words = joined.split(/[\s,;،؛|]+/).filter(Boolean);
  return [...new Set(words)].map(termOf);
}

function termOf(text: string): NumberTerm {
  const ends = /^(\d{1,30})-(\d{1,30})$/.exec(text);
  const [, first, last] = ends ?? [];
  if (first === undefined || last === undefined) return { text, one: text };
  const [a, b] = [BigInt(first), BigInt(last)];
  const [from, to] = a <= b ? [a, b] : [b, a];
  // `0010-0020` are numbers of four digits; 98-102 are of as many as they have.
  const digits = first.length === last.length ? first.length : null;
  return { text, from, to, digits };
}

/** The records that are meant, in the order given, and what no record is meant by; in turns. */
export async function numberedRecords(
  catalog: Catalog,
  records: Iterable<{ readonly remoteId: string; readonly stored: JsonObject }>,
  text: string,
  pace: Pace = takeTurns(),
): Promise<Numbered> {
  const terms = numberTerms(text);
  const singles = new Map<string, NumberTerm>();
  for (const term of terms) if ('one' in term) singles.set(searchFold(term.one), term);
  const ranges = terms.filter((term) => 'from' in term);
  const seen = new Set<NumberTerm>();
  const remoteIds: string[] = [];
  const specs = keyFields(catalog);
  await inTurns(records, pace, ({ remoteId, stored }) => {
    const keys = [remoteId, ...specs.map((spec) => fieldValue(spec, stored) ?? '')].map(searchFold);
    const meant = [
      ...keys.flatMap((key) => singles.get(key) ?? []),
      // The server's own ids are no numbers that anybody counts through.
      ...keys.slice(1).flatMap((key) => rangesWith(ranges, key)),
    ];
    if (meant.length === 0) return;
    for (const term of meant) seen.add(term);
    remoteIds.push(remoteId);
  });
  const unknown = terms.filter((term) => !seen.has(term)).map((term) => term.text.slice(0, 60));
  return {
    remoteIds: remoteIds.slice(0, mostNamed),
    total: remoteIds.length,
    unknown: unknown.slice(0, mostUnknown),
    unknownTotal: unknown.length,
  };
}

type Range = Extract<NumberTerm, { from: bigint }>;

function rangesWith(ranges: readonly Range[], key: string): readonly Range[] {
  if (ranges.length === 0 || !/^\d{1,30}$/.test(key)) return [];
  const number = BigInt(key);
  // Leading zeros count: 0101 and 101 are different numbers.
  const plain = String(number).length;
  return ranges.filter(
    ({ from, to, digits }) => key.length === (digits ?? plain) && number >= from && number <= to,
  );
}
