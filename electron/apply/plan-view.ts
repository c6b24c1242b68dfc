import { type Catalog, catalogOf } from '../../shared/catalog';
import type { PlannedField } from '../../shared/diff';
import type { PlanField, PlanRow, SecretLook } from '../../shared/model/plan';
import { masked, specOf } from '../values/show';
import type { PlannedRow } from './planned-row';

/** Returns a planned row as the window may see it: secrets masked. */
export function shownRow(row: PlannedRow, request: PlanRow['request']): PlanRow {
  const catalog = catalogOf(row.connection);
  const { change, comparison } = row;
  return {
    changeId: change.id,
    connectionId: change.connectionId,
    collection: change.collection,
    remoteId: change.remoteId,
    title: row.title,
    formerTitle: row.formerTitle,
    status: comparison.status,
    fields: [
      ...comparison.fields.map((field) => shownField(catalog, field, row.looks.get(field.field))),
      ...change.unreadable.map((field) => unreadableField(field)),
    ],
    findings: [...row.findings],
    request,
  };
}

function shownField(catalog: Catalog, field: PlannedField, look: SecretLook | undefined): PlanField {
  const spec = specOf(catalog, field.field);
  return {
    field: field.field,
    base: masked(spec, field.base),
    live: masked(spec, field.live),
    next: masked(spec, field.next),
    ...(look ? { look } : {}),
    verdict: field.verdict,
    problem: field.problem,
  };
}

function unreadableField(field: string): PlanField {
  const unreadable = { secret: 'unreadable' } as const;
  const values = { base: unreadable, live: unreadable, next: unreadable };
  return { field, ...values, verdict: 'invalid', problem: null };
}
