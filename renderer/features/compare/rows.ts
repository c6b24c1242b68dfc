import { type Catalog, catalogOf, type FieldSpec, fieldSpec } from '../../../shared/catalog';
import type { Comparison } from '../../../shared/model/many';
import { localised } from '../../i18n';

/** One line of the comparison: a field of the catalog, or one that no catalog knows. */
export interface CompareRow {
  readonly name: string;
  readonly spec: FieldSpec | undefined;
  readonly differs: boolean;
  readonly values: Comparison['fields'][number]['values'];
}

export interface CompareGroup {
  readonly title: string;
  readonly rows: readonly CompareRow[];
}

/**
 * The lines in catalog order, by its tabs; what differs first where so wished.
 * @param onlyDifferent leaves out what is the same in all
 */
export function compareGroups(
  comparison: Comparison,
  texts: { readonly different: string; readonly same: string },
  order: { readonly onlyDifferent: boolean; readonly differentFirst: boolean },
): CompareGroup[] {
  const catalog = catalogOf(comparison);
  const rows = rowsOf(comparison).filter((row) => row.differs || !order.onlyDifferent);
  if (!order.differentFirst || order.onlyDifferent) return byTab(catalog, rows);
  return [
    { title: texts.different, rows: rows.filter((row) => row.differs) },
    { title: texts.same, rows: rows.filter((row) => !row.differs) },
  ].filter((group) => group.rows.length > 0);
}

function rowsOf({ fields, unknown, ...of }: Comparison): CompareRow[] {
  return [
    ...fields.map(({ field, ...row }) => ({ name: field, spec: fieldSpec(of, field), ...row })),
    ...unknown.map(({ values, ...row }) => ({
      ...row,
      spec: undefined,
      values: values.map((value) => ({ value, prepared: false })),
    })),
  ];
}

function byTab(catalog: Catalog, rows: readonly CompareRow[]): CompareGroup[] {
  return catalog.tabs
    .map(({ id, label }) => ({
      title: localised(label),
      rows: rows.filter((row) => (row.spec?.tab ?? catalog.unknownTab) === id),
    }))
    .filter((group) => group.rows.length > 0);
}
