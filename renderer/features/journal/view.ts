import { create } from 'zustand';
import { everything, type JournalFilter, type JournalItem } from '../../../shared/model/journal';
import { useWorkspace } from '../../program/workspace';
import type { Preset } from './span';

/** What the history tab shows. Kept outside the tab, to survive a remount. */
export interface HistoryView {
  readonly filter: JournalFilter;
  /** The title of the record that the filter is narrowed to. */
  readonly record: string;
  /** The preset that the filter's time span came from; null where days were typed. */
  readonly preset: Preset | null;
  /** The list begins with this entry instead of the newest. */
  readonly upTo: number | null;
  /** The name of the archive that the filter looks into. */
  readonly archive: string;
  /** Entries whose detail is unfolded. */
  readonly open: ReadonlySet<number>;
}

const whole: HistoryView = {
  filter: everything,
  record: '',
  preset: null,
  upTo: null,
  archive: '',
  open: new Set(),
};

export const useHistoryView = create<HistoryView>(() => whole);

/** Narrows the history further (or widens it by a null). */
export function narrow(part: Partial<JournalFilter>, more: Partial<HistoryView> = {}): void {
  useHistoryView.setState(({ filter }) => ({ filter: { ...filter, ...part }, ...more }));
}

/** Shows everything again, of an archive where one is looked at. What is unfolded stays so. */
export function clearFilters(): void {
  useHistoryView.setState(({ open, archive, filter }) => ({
    ...whole,
    filter: { ...everything, archive: filter.archive },
    archive,
    open,
  }));
}

export function toggleEntry(seq: number): void {
  useHistoryView.setState(({ open }) => {
    const after = new Set(open);
    if (!after.delete(seq)) after.add(seq);
    return { open: after };
  });
}

type RecordOf = Pick<JournalItem, 'connectionId' | 'remoteId' | 'title'>;

/** Only what concerns one record. */
export function narrowToRecord({ connectionId, remoteId, title }: RecordOf): void {
  narrow({ connectionId, remoteId }, { record: title, upTo: null });
}

/** Brings the history to the front, showing one record's entries from one of them downwards. */
export function openEntry(item: RecordOf & Pick<JournalItem, 'seq'>): void {
  const { connectionId, remoteId, title, seq } = item;
  openHistory({
    filter: { ...everything, connectionId, remoteId },
    record: title,
    upTo: seq,
    open: new Set([seq]),
  });
}

/** Brings the history to the front, narrowed to what is given and to nothing else. */
export function openHistory(view: Partial<HistoryView>): void {
  useHistoryView.setState({ ...whole, ...view });
  useWorkspace.getState().open({ type: 'history' });
}
