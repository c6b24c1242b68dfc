// What spreadsheets begin a formula with, in both widths, and before it whatever one of them may skip: white space and
// all that cannot be seen.
const formula = /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** Whether a spreadsheet could take a cell for a formula, or for something else than a text. */
export function isFormula(cell: string): boolean {
  return formula.test(cell);
}
