import { type BulkRule, rulesFor } from '../../shared/bulk/rule';
import type { FieldSpec } from '../../shared/catalog';

/** Whether a template can hold a rule of a field. None refers to another record: a template stands for itself. */
export function fitsTemplate(spec: FieldSpec, rule: BulkRule): boolean {
  return rule.rule !== 'same' && rulesFor(spec).includes(rule.rule);
}
