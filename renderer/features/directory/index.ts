/** What a spreadsheet takes over from the directory's grid. */
export { useColumnNames } from './columns';
