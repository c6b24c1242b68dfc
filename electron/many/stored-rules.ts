import {
  type BulkRule,
  bulkRuleSchema,
  rulesFor,
  type ShownRule,
  shownRuleSchema,
} from '../../shared/bulk/rule';
import type { FieldSpec } from '../../shared/catalog';
import { fail } from '../../shared/model/problem';
import type { Place } from '../storage/place';
import { jsonObject } from '../storage/rows';
import { isSealed, type Sealer } from '../storage/sealing';
import { openValue, sealValue } from '../values/seal';
import { shown } from '../values/show';

/*
 * Rules as they stand in the database: JSON, the value of a secret field sealed. Only `set` brings a value to a secret
 * field; what else a secret takes (`generate`, `same`) has none.
 */

/** A rule of a field with its value open: in the main process only. */
export interface OpenFieldRule {
  readonly field: string;
  readonly rule: BulkRule;
}

/** A rule as text for the database. @throws ProblemError the keychain's, where a secret cannot be sealed now */
export function storedRule(sealer: Sealer, place: Place, spec: FieldSpec, rule: BulkRule): string {
  if (rule.rule !== 'set') return JSON.stringify(rule);
  return JSON.stringify({ ...rule, value: sealValue(sealer, place, spec.secret === true, rule.value) });
}

/** A stored rule as the window may see it; null where its text is damaged. */
export function shownRule(sealer: Sealer, place: Place, spec: FieldSpec, text: string): ShownRule | null {
  // Its values are texts; a sealed one is longer than any that can be typed, so the stricter form does not fit.
  const parsed = shownRuleSchema.safeParse(jsonObject(text));
  if (!parsed.success) return null;
  const rule = parsed.data;
  if (!spec.secret || rule.rule !== 'set' || typeof rule.value !== 'string') return rule;
  const open = isSealed(rule.value) ? openValue(sealer, place, true, rule.value) : rule.value;
  return { ...rule, value: shown(spec, open) };
}

/**
 * A stored rule with its value open, for working it out in the main process; null where its text is damaged.
 * @throws ProblemError why it does not open now
 */
export function openRule(sealer: Sealer, place: Place, spec: FieldSpec, text: string): BulkRule | null {
  const parsed = shownRuleSchema.safeParse(jsonObject(text));
  if (!parsed.success) return null;
  const rule = parsed.data;
  if (spec.secret && rule.rule === 'set' && typeof rule.value === 'string' && isSealed(rule.value)) {
    const value =
      openValue(sealer, place, true, rule.value) ?? fail(sealer.whyUnreadable, { field: spec.name });
    return { ...rule, value };
  }
  const open = bulkRuleSchema.safeParse(rule);
  return open.success ? open.data : null;
}

/** Refuses a rule that a field does not take; what is only not good yet, while it is typed, is taken. */
export function checkRule(spec: FieldSpec, rule: BulkRule): void {
  if (!rulesFor(spec).includes(rule.rule)) fail('invalid-input', { field: spec.name, reason: rule.rule });
}
