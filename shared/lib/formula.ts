// What spreadsheets begin a formula with, in both widths, and before it whatever one of them may skip: white space and
// all that cannot be seen.
const begins = '[=+\\-@＝＋－＠]';
const skipped = '[\\s\\p{C}]*';
const formula = new RegExp(`^${skipped}${begins}|^[\\t\\r\\n]`, 'u');

/*
 * Which character parts a file's cells, the spreadsheet's own settings say, not the file. One that reads with another
 * begins a cell in the middle of ours, and quotes there are no quotes to it.
 */
const parting = `[;,|\\t\\r\\n][\\s\\p{C}"]*`;
const within = new RegExp(`${parting}'*${begins}`, 'u');
const places = new RegExp(`(${parting}'*)(?=${begins})`, 'gu');
const guardedPlaces = new RegExp(`(${parting}'*)'(?=${begins})`, 'gu');

/** Whether a spreadsheet could take a cell for a formula, or for something else than a text. */
export function isFormula(cell: string): boolean {
  return formula.test(cell);
}

/** Whether one could take a part of it for one, where it parts cells by another character than the file does. */
export function hidesFormula(cell: string): boolean {
  return within.test(split(cell).rest);
}

/** A cell with an apostrophe before it, and before each formula that could begin in it: a text, however it is read. */
export function armless(cell: string): string {
  const { head, rest } = split(cell);
  return `'${head}${rest.replace(places, "$1'")}`;
}

/** The cell that `armless` was given. */
export function armed(cell: string): string {
  const { head, rest } = split(cell.slice(1));
  return head + rest.replace(guardedPlaces, '$1');
}

/** What may be skipped at the beginning, apostrophes too, has the new one before all of it. */
function split(cell: string): { head: string; rest: string } {
  const head = /^'*[\s\p{C}]*/u.exec(cell)?.[0] ?? '';
  return { head, rest: cell.slice(head.length) };
}
