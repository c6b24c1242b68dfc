import type { JournalItem } from '../../../shared/model/journal';
import { type Language, localeOf } from '../../../shared/words';

export interface EntryOfDay {
  readonly item: JournalItem;
  /** A moment of its day, where the entry is the first one shown of that day. */
  readonly begins: number | null;
}

/** Entries in the order given, each day's first one marked. Days are those of this computer's clock. */
export function byDay(items: readonly JournalItem[]): readonly EntryOfDay[] {
  return items.map((item, at) => {
    const before = items[at - 1];
    return { item, begins: before && midnight(before.at) === midnight(item.at) ? null : item.at };
  });
}

/** "Today, Tuesday 1 December 2026": the words for the last two days, and the day itself. */
export function dayHeading(at: number, language: Language, now = Date.now()): string {
  const locale = localeOf(language);
  // In two parts: Persian has no good order for all four.
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' }).format(at);
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
  const day = `${weekday} ${date}`;
  const ago = Math.round((midnight(now) - midnight(at)) / dayMs);
  if (ago !== 0 && ago !== 1) return day;
  const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-ago, 'day');
  return `${word.charAt(0).toLocaleUpperCase(locale)}${word.slice(1)} · ${day}`;
}

// Rounded by the callers: a day of a change of clocks is an hour longer or shorter.
const dayMs = 86_400_000;

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
