/** Without it Excel reads the file in the system's code page and garbles Persian. */
export const byteOrderMark = '\uFEFF';

const newline = '\r\n';

/** Makes a CSV line for spreadsheets. Every cell is quoted: the delimiter differs by locale. */
export function csvLine(cells: readonly string[], delimiter = ','): string {
  return cells.map(quoted).join(delimiter) + newline;
}

/** Quotes a cell. */
export function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
