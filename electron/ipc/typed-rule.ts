import type { BulkRule, TypedRule } from '../../shared/bulk/rule';
import type { FieldSpec } from '../../shared/catalog/field';
import { fail } from '../../shared/model/problem';
import type { Envelopes } from './envelopes';

/**
 * A rule as typed, its envelope opened. A secret crosses in an envelope or not at all.
 * @throws ProblemError `invalid-input` where a secret came in clear, or the envelope was not sealed to this run
 */
export async function openTypedRule(
  envelopes: Envelopes,
  spec: FieldSpec,
  rule: TypedRule,
): Promise<BulkRule> {
  if (rule.rule !== 'set') return rule;
  if (typeof rule.value !== 'string') return { ...rule, value: await envelopes.open(rule.value.envelope) };
  if (spec.secret && rule.value !== '') fail('invalid-input', { field: spec.name, reason: 'in-clear' });
  return { ...rule, value: rule.value };
}
