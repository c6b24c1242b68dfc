import { type Catalog, catalogOf } from '../../shared/catalog';
import { recordTitle } from '../../shared/catalog/read';
import { type Comparison, compareChange } from '../../shared/diff';
import type { RecordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { Finding, SecretLook } from '../../shared/model/plan';
import type { OpenChange } from '../changes/prepared';
import { specOf } from '../values/show';
import { formerTitle, titleFinding, unreadTitle } from './identity-findings';

/** One planned row with what the renderer never sees: open values and the live record. */
export interface PlannedRow {
  readonly change: OpenChange;
  readonly connection: RecordsOf;
  readonly live: JsonObject | null;
  readonly comparison: Comparison;
  readonly findings: readonly Finding[];
  /** The record's title now; as last known if it is missing. */
  readonly title: string;
  /** Its title when the change was prepared, if that differs. */
  readonly formerTitle: string | null;
  /** What its secrets look like, by field. */
  readonly looks: ReadonlyMap<string, SecretLook>;
}

/** Compares one change with the record as it is now. Notes findings; does not yet hold the row back for them. */
export function compareRow(
  connection: RecordsOf,
  change: OpenChange,
  live: JsonObject | null,
  findings: readonly Finding[],
): PlannedRow {
  const catalog = catalogOf(connection);
  const comparison = compareChange(catalog, change.edits, live);
  const title = live ? recordTitle(catalog, change.remoteId, live) : unreadTitle(change);
  const former = live ? formerTitle(catalog, change, live) : null;
  const own = [
    ...(former === null ? [] : [titleFinding(former, title)]),
    ...returnedUnchecked(catalog, comparison),
  ];
  const all = [...own, ...findings];
  return {
    change,
    connection,
    live,
    comparison,
    title,
    formerTitle: former,
    looks: new Map(),
    findings: all,
  };
}

/** Marks the row `invalid` if a finding blocks it or a value cannot be opened. */
export function withFindings(row: PlannedRow, findings: readonly Finding[]): PlannedRow {
  const { change, live, comparison } = row;
  const blocked =
    change.unreadable.length > 0 ||
    (findings.some(({ blocking }) => blocking) && comparison.status !== 'no-op');
  const status = live && blocked ? 'invalid' : comparison.status;
  return { ...row, comparison: { ...comparison, status }, findings };
}

/**
 * Notes values that go back because the server had them, though today's checks would refuse them. A warning, not a
 * block.
 */
function returnedUnchecked(catalog: Catalog, { fields }: Comparison): Finding[] {
  return fields.flatMap(({ field, next, verdict, waived }): Finding[] => {
    if (!waived || verdict === 'no-op') return [];
    const value = specOf(catalog, field)?.secret ? '' : (next ?? '');
    return [{ code: 'returned-unchecked', field, value, other: '', blocking: false, confirm: 'none' }];
  });
}
