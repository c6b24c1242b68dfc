/** Without it Excel takes a file for one of the system's own code page and spoils Persian. */
export const byteOrderMark = '\uFEFF';

const newline = '\r\n';

/**
 * A line of CSV as spreadsheets want it, every cell in quotes: what parts cells in one country is a letter like any other
 * in the next.
 */
export function csvLine(cells: readonly string[], delimiter = ','): string {
  return cells.map(quoted).join(delimiter) + newline;
}

/** A cell in its quotes. */
export function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
