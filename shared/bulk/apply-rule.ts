import { type Catalog, fieldsByName } from '../catalog';
import { type FieldValue, sameValue } from '../catalog/compare';
import type { FieldSpec } from '../catalog/field';
import { generatePassword, generateSecret, type RandomSource } from '../catalog/password';
import { type FieldProblemCode, validateField } from '../catalog/validate';
import type { BatchReason } from '../model/batch';
import { cleanTyped, cleanValue } from '../values/clean';
import { movedDay } from './days';
import { addEntries, removeEntries } from './ip-entries';
import { placeholdersIn, type TemplatePart } from './placeholders';
import type { BulkRule } from './rule';
import { inSeries, seriesOf } from './series';

/** A problem with a rule's result. `detail` never holds a secret. */
export interface RuleProblem {
  readonly code: `reason.${BatchReason}` | `field.${FieldProblemCode}`;
  readonly detail?: string;
}

/** A rule's result for a field: a value, a problem, or both. */
export interface Ruled {
  readonly value: FieldValue | undefined;
  readonly problem: RuleProblem | null;
}

/** One record with its prepared edits. */
export interface RuledRecord {
  /** The field's current value, prepared edits included. */
  readonly current: FieldValue;
  readonly stored: FieldValue;
  /** The record's index in the order, from 0. */
  readonly place: number;
  /** Returns another, non-secret field of the record. */
  readonly other: (spec: FieldSpec) => FieldValue;
}

export type Replacer = (
  value: string,
) => { readonly value: string } | 'bad-pattern' | 'pattern-slow' | 'too-long';

/** The environment that rules run in. */
export interface RuleTools {
  /** Today's date in the technician's time zone, `YYYY-MM-DD`. */
  readonly today: string;
  readonly random: RandomSource;
  /** Runs a regular expression where it can be interrupted: one can backtrack catastrophically on a single value. */
  readonly pattern: (rule: ReplaceRule) => Replacer;
  /** Returns the value of the record named by a `same` rule. */
  readonly same: (
    rule: SameRule,
  ) => { readonly value: FieldValue } | { readonly gone: 'source-gone' | 'secret-closed' };
}

export type ReplaceRule = Extract<BulkRule, { rule: 'replace' }>;
export type SameRule = Extract<BulkRule, { rule: 'same' }>;

/** The same limit as for a value typed into a field. */
export const longestValue = 60_000;

type Maker = (record: RuledRecord) => Ruled;

const made = (value: FieldValue): Ruled => ({ value, problem: null });
const reason = (code: BatchReason, detail?: string): Ruled => ({
  value: undefined,
  problem: { code: `reason.${code}`, ...told(detail) },
});
/** Cut to the limit of a problem's `detail`: a longer one would fail the whole page of rows. */
const told = (detail: string | undefined): { detail?: string } =>
  detail === undefined ? {} : { detail: detail.slice(0, 400) };
const always =
  (ruled: Ruled): Maker =>
  () =>
    ruled;

/**
 * Compiles a rule for use on many records.
 * @returns a function that makes one field's value for a record and validates it as if typed. A value equal in meaning
 * to the current one is returned as the current one, without problems.
 */
export function ruleWorker(catalog: Catalog, spec: FieldSpec, rule: BulkRule, tools: RuleTools): Maker {
  const make = makerOf(catalog, spec, rule, tools);
  // A computed day is always Gregorian; a typed one may be Jalali.
  const counted = rule.rule === 'days' || rule.rule === 'generate';
  return (record) => {
    const { value, problem } = make(record);
    if (problem || value === undefined) return { value, problem };
    const next = value === null || counted ? value : cleanTyped(spec, value, record.stored);
    if (sameValue(spec, record.current, next)) return made(record.current);
    // A write-only field has no value to go back to: empty means no edit.
    if (spec.writeOnly && (next ?? '') === '') return made('');
    if ((next ?? '').length > longestValue) return reason('too-long');
    const wrong = validateField(spec, next, record.stored);
    if (!wrong) return made(next);
    return {
      value: next,
      problem: { code: `field.${wrong.code}`, ...told(spec.secret ? undefined : wrong.detail) },
    };
  };
}

function makerOf(catalog: Catalog, spec: FieldSpec, rule: BulkRule, tools: RuleTools): Maker {
  switch (rule.rule) {
    case 'set':
      return always(made(rule.value));
    case 'series':
      return seriesMaker(spec, rule.start, rule.step);
    case 'text': {
      const found = placeholdersIn(catalog, rule.template);
      if ('unknown' in found) return always(reason('no-such-placeholder', found.unknown));
      return (record) => made(found.parts.map((part) => filled(part, record)).join(''));
    }
    case 'replace': {
      const replace = rule.find === '' ? null : rule.pattern ? tools.pattern(rule) : plainReplacer(rule);
      return ({ current }) => {
        const result = replace?.(current ?? '') ?? { value: current };
        return typeof result === 'string' ? reason(result) : made(result.value);
      };
    }
    case 'copy': {
      const from = fieldsByName(catalog).get(rule.from);
      if (!from || from.secret) return always(reason('no-such-placeholder', rule.from));
      return ({ other }) => made(other(from));
    }
    case 'same': {
      const source = tools.same(rule);
      return always('gone' in source ? reason(source.gone, rule.title) : made(source.value));
    }
    case 'generate': {
      const generate = spec.type === 'password' ? generatePassword : generateSecret;
      return () => made(generate(tools.random, rule.length));
    }
    case 'add':
      return ({ current }) => made(addEntries(current ?? '', cleanValue(spec, rule.value)));
    case 'remove':
      return ({ current }) => made(removeEntries(current ?? '', cleanValue(spec, rule.value)));
    case 'days':
      return ({ current }) => {
        const day = movedDay(current, rule.days, rule.from, tools.today);
        return day === null ? reason('no-date') : made(day);
      };
  }
}

function seriesMaker(spec: FieldSpec, start: string, step: number): Maker {
  const series = seriesOf(start, step);
  if (!series) return always(reason('not-a-number-to-count'));
  if (spec.type === 'integer' && series.before.trim() === '-') return always(reason('below-zero'));
  return ({ place }) => {
    const value = inSeries(series, place);
    return value === null ? reason('below-zero') : made(value);
  };
}

function filled(part: TemplatePart, { place, other }: RuledRecord): string {
  if (typeof part === 'string') return part;
  return 'field' in part ? (other(part.field) ?? '') : String(place + 1);
}

/**
 * Replaces a literal text. Look-alike Persian and Arabic letters are not treated as equal here: replacing them would
 * change more than the user asked for.
 */
function plainReplacer({ find, with: replacement, matchCase }: ReplaceRule): Replacer {
  if (matchCase) return (value) => ({ value: value.replaceAll(find, () => replacement) });
  const pattern = new RegExp(find.replace(/[\\^$.*+?()[\]{}|/-]/g, escaped), 'giu');
  return (value) => ({ value: value.replace(pattern, () => replacement) });
}

function escaped(letter: string): string {
  // With the u flag a hyphen may not be escaped by a backslash.
  return `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
