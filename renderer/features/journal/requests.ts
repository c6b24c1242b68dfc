import type { JournalItem } from '../../../shared/model/journal';

/** An action on an entry that is confirmed in a dialog first. */
export interface HistoryRequest {
  readonly type: 'revert' | 'revert-order' | 'revert-to' | 'compare';
  readonly item: JournalItem;
}

/** Whether the entry may have changed the record: only then is there something to take back or to compare. */
export function hasWritten({ type, outcome }: JournalItem): boolean {
  return type === 'write' && (outcome === 'applied' || outcome === 'side-effect' || outcome === 'unknown');
}
