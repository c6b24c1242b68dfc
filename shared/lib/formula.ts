// Characters that start a formula in spreadsheets, in both widths, and before them whatever a spreadsheet may skip:
// white space and invisible characters.
const begins = '[=+\\-@＝＋－＠]';
const skipped = '[\\s\\p{C}]*';
const formula = new RegExp(`^${skipped}${begins}|^[\\t\\r\\n]`, 'u');

/*
 * The delimiter is a setting of the spreadsheet, not of the file. A program that uses another one begins a cell in the
 * middle of ours and does not treat the quotes there as quotes.
 */
const parting = `[;,|\\t\\r\\n][\\s\\p{C}"]*`;
const within = new RegExp(`${parting}'*${begins}`, 'u');
const places = new RegExp(`(${parting}'*)(?=${begins})`, 'gu');
const guardedPlaces = new RegExp(`(${parting}'*)'(?=${begins})`, 'gu');

/** Returns whether a spreadsheet could take a cell for a formula, or for anything else than text. */
export function isFormula(cell: string): boolean {
  return formula.test(cell);
}

/** Returns whether a part of the cell could be a formula to a program that uses another delimiter. */
export function hidesFormula(cell: string): boolean {
  return within.test(split(cell).rest);
}

/** Puts an apostrophe before a cell and before each formula that could begin in it: text, however it is split. */
export function armless(cell: string): string {
  const { head, rest } = split(cell);
  return `'${head}${rest.replace(places, "$1'")}`;
}

/** Reverses `armless`. */
export function armed(cell: string): string {
  const { head, rest } = split(cell.slice(1));
  return head + rest.replace(guardedPlaces, '$1');
}

/** The new apostrophe goes before everything that may be skipped, other apostrophes included. */
function split(cell: string): { head: string; rest: string } {
  const head = /^'*[\s\p{C}]*/u.exec(cell)?.[0] ?? '';
  return { head, rest: cell.slice(head.length) };
}
