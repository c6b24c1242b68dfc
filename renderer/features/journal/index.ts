/** The history, opened from elsewhere and shown beside a record. */
export { useOpenArchive } from './archive';
export { HistoryDialog } from './HistoryDialog';
export { type HistoryRequest, hasWritten } from './requests';
export { openEntry, openHistory } from './view';
