import type { BulkRule, TypedRule } from '../../../shared/bulk/rule';
import type { FieldSpec } from '../../../shared/catalog';
import { fail } from '../../../shared/model/problem';
import type { Envelopes } from '../envelopes';

/**
 * A rule as it came from the window, its value opened. A secret crosses in an envelope or not at all; what came in clear
 * would stand in traces of the messages.
 * @throws ProblemError `invalid-input`
 */
export async function openTypedRule(
  envelopes: Envelopes,
  spec: FieldSpec,
  typed: TypedRule,
): Promise<BulkRule> {
  if (typed.rule !== 'set') return typed;
  const { value } = typed;
  if (typeof value !== 'string') return { rule: 'set', value: await envelopes.open(value.envelope) };
  if (spec.secret && value !== '') fail('invalid-input', { field: spec.name, reason: 'in-clear' });
  return { rule: 'set', value };
}
