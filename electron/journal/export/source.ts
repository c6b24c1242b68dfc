import type { JournalFilter, JournalItem } from '../../../shared/model/journal';
import type { Turn } from '../../jobs/jobs';

/** A row of the journal as the chain has it: an entry is an intent and the outcomes that name it. */
export interface Link {
  readonly seq: number;
  readonly hash: string;
  readonly previous: string;
  /** The text that the hash is of; it begins with the hash before it. */
  readonly hashed: string;
}

type Soon<T> = T | Promise<T>;

/** Where an export reads. Services hand in the history; it may answer at once or from a thread of its own. */
export interface EntrySource {
  /** A page, newest first, of entries with numbers below `before`. */
  readonly page: (
    filter: JournalFilter,
    before: number | null,
    limit: number,
  ) => Soon<readonly JournalItem[]>;
  readonly count: (filter: JournalFilter) => Soon<number>;
  /** The links of the entries named, each with its outcomes', in the order of the chain. */
  readonly links: (seqs: readonly number[]) => Soon<ReadonlyMap<number, readonly Link[]>>;
}

export interface ExportEntry {
  readonly item: JournalItem;
  readonly links: readonly Link[];
}

const sliceLength = 400;

/**
 * Goes through what a filter leaves, newest first, a slice at a time. Between slices others have their turn, and no
 * slice is kept: memory stays flat however long the history is.
 * @throws ProblemError `cancelled` where it is stopped
 */
export async function* slices(
  source: EntrySource,
  filter: JournalFilter,
  turn: Turn,
): AsyncGenerator<readonly ExportEntry[]> {
  let before: number | null = null;
  for (;;) {
    const items: readonly JournalItem[] = await source.page(filter, before, sliceLength);
    if (items.length === 0) return;
    const links = await source.links(items.map(({ seq }) => seq));
    yield items.map((item) => ({ item, links: links.get(item.seq) ?? [] }));
    before = items.at(-1)?.seq ?? null;
    await turn.rest();
  }
}
