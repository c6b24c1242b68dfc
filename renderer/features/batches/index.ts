/** What a bulk edit and a spreadsheet show of a batch. */
export { BatchView } from './BatchView';
export { PreparedStep } from './PreparedStep';
export { type Preview, usePreview } from './usePreview';
