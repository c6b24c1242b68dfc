import type { Catalog, FieldSpec } from '../../shared/catalog';
import { yesNo } from '../../shared/catalog/values';
import { asciiDigits, searchFold } from '../../shared/lib/text';
import type { MatchedBy } from './headings';
import { ValueWords } from './value-words';

/*
 * Whether the cells of a column can be of a field. Two programs call different things alike: `type` is SIP in one and
 * friend in the other, `username` a number here and a person there.
 */

const words = new ValueWords(() => []);

/** Whether the cells below a heading contradict its field. In doubt they do not. */
export function canBeOf(catalog: Catalog, spec: FieldSpec, cells: readonly string[], by: MatchedBy): boolean {
  const said = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (said.length === 0) return true;
  if (spec.unique && spec.type === 'digits' && by === 'alias') {
    return said.filter(isNumber).length >= said.length / 2;
  }
  // Groups by name, while this field's are by number. Under the API name, the cells' own problems are reported
  // instead.
  if (spec.type === 'digits' && by !== 'name' && said.every(isWord)) return false;
  if (!isClosed(spec) || said.some((cell) => isOneOf(spec, cell))) return true;
  const others = catalog.fields.filter(
    (other) => other !== spec && isClosed(other) && other.type === 'choice',
  );
  return !others.some((other) => said.every((cell) => isNamed(other, cell)));
}

/** Digits in any form that a cell may have, including `1.01E+02`. */
function isNumber(cell: string): boolean {
  const text = asciiDigits(cell);
  return /\d/.test(text) && !/\p{L}/u.test(text.replace(/(?<=\d)e(?=[+-]?\d)/i, ''));
}

/** Letters and no digit; not what a spreadsheet writes in place of a value. */
function isWord(cell: string): boolean {
  return /^\p{L}/u.test(cell) && !/\d/.test(asciiDigits(cell));
}

function isClosed(spec: FieldSpec): boolean {
  return spec.values !== undefined && spec.open !== true;
}

function isOneOf(spec: FieldSpec, cell: string): boolean {
  const read = words.read(spec, cell);
  return spec.values?.some(({ value }) => value === read) === true;
}

/** Whether a cell is a value of a field by its name; yes and no are those of many. */
function isNamed(spec: FieldSpec, cell: string): boolean {
  const common = new Set(yesNo.map(({ value }) => value));
  return (
    spec.values?.some(({ value }) => searchFold(value) === searchFold(cell) && !common.has(value)) === true
  );
}
