/** Writing records to a spreadsheet. */
export { ExportDialog } from './ExportDialog';
