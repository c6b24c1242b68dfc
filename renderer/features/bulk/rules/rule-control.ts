import type { BulkRule } from '../../../../shared/bulk/rule';
import type { Catalog, FieldSpec } from '../../../../shared/catalog';
import type { ShownValue } from '../../../../shared/model/record';

/** A rule of one name. */
export type RuleOf<N extends BulkRule['rule']> = Extract<BulkRule, { rule: N }>;

/** What the control of a rule gets. */
export interface RuleControlProps<N extends BulkRule['rule']> {
  readonly catalog: Catalog;
  readonly spec: FieldSpec;
  readonly rule: RuleOf<N>;
  /** Chosen, and nothing said with it yet. */
  readonly offered: boolean;
  readonly id: string;
  readonly labelId: string;
  /** What the field is in all records, where that is known and the same. */
  readonly common: ShownValue;
  type(rule: BulkRule): void;
  choose(rule: BulkRule): void;
  leave(): void;
}
