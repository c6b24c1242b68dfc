import type { BulkRule, RuleName, ShownRule, TypedRule } from '../../../shared/bulk/rule';
import type { Catalog, FieldSpec } from '../../../shared/catalog';
import { seal } from '../../../shared/lib/envelope';
import type { ShownValue } from '../../../shared/model/record';
import { useAppInfo } from '../../program/appInfo';

/** A rule as its controls hold it: the values open, that of a stored secret empty. */
export function openRule(rule: ShownRule): BulkRule {
  return rule.rule === 'set' ? { rule: 'set', value: textOf(rule.value) } : rule;
}

/** Whether a stored rule sets a secret that is there and cannot be seen. */
export function setsSecret(rule: ShownRule | null): boolean {
  return rule?.rule === 'set' && isSecret(rule.value);
}

function isSecret(value: ShownValue): boolean {
  return value !== null && typeof value === 'object' && value.secret !== 'empty';
}

function textOf(value: ShownValue): string {
  return typeof value === 'string' ? value : '';
}

/** A rule as it leaves the window: the value of a secret field sealed on its way. Only then it is a promise. */
export function typedRule(spec: FieldSpec, rule: BulkRule): TypedRule | Promise<TypedRule> {
  if (!spec.secret || rule.rule !== 'set') return rule;
  return seal(crypto, useAppInfo.getState().envelopeKey, rule.value).then((envelope) => ({
    rule: 'set',
    value: { envelope },
  }));
}

const usualDays = 365;
const usualLength = 20;

/**
 * What a rule begins as when it is chosen.
 * @param before the rule in whose place it comes; what was typed there is taken over where it fits
 * @param common the value that all records have in common, null where they have none
 * @returns the rule, and whether it says nothing yet: then it is shown and not stored
 */
export function firstRule(
  name: RuleName,
  before: BulkRule | null,
  common: string | null,
): { rule: BulkRule; blank: boolean } {
  const text = typedText(before) ?? common ?? '';
  switch (name) {
    case 'set':
      return { rule: { rule: 'set', value: text }, blank: text === '' };
    case 'series':
      return { rule: { rule: 'series', start: text, step: 1 }, blank: text === '' };
    case 'text': {
      const template = text.replaceAll('{', '{{').replaceAll('}', '}}');
      return { rule: { rule: 'text', template }, blank: text === '' };
    }
    case 'replace':
      return { rule: { rule: 'replace', find: '', with: '', pattern: false, matchCase: false }, blank: true };
    case 'copy':
      return { rule: { rule: 'copy', from: '' }, blank: true };
    case 'generate':
      return { rule: { rule: 'generate', length: usualLength }, blank: false };
    case 'add':
    case 'remove':
      return { rule: { rule: name, value: text }, blank: text === '' };
    case 'days':
      return { rule: { rule: 'days', days: usualDays, from: 'later' }, blank: false };
    case 'same':
      // Only ever made where another record is at hand; here it is kept as it is.
      return before?.rule === 'same'
        ? { rule: before, blank: false }
        : { rule: { rule: 'set', value: text }, blank: text === '' };
  }
}

function typedText(rule: BulkRule | null): string | null {
  switch (rule?.rule) {
    case 'set':
    case 'add':
    case 'remove':
      return rule.value === '' ? null : rule.value;
    case 'series':
      return rule.start === '' ? null : rule.start;
    case 'text':
      return rule.template === '' ? null : rule.template.replaceAll('{{', '{').replaceAll('}}', '}');
    default:
      return null;
  }
}

/** The fields whose values another field may be made of: what can be seen and is one line or several of text. */
export function readableFields(catalog: Catalog): readonly FieldSpec[] {
  const found = catalog.fields.filter((spec) => !spec.secret && spec.type !== 'json');
  // A record's title is what one looks for first.
  const title = new Set(catalog.titleFields);
  return [...found.filter((spec) => title.has(spec.name)), ...found.filter((spec) => !title.has(spec.name))];
}
