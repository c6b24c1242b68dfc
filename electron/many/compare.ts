import { type Catalog, catalogOf, isSameCollection } from '../../shared/catalog';
import { canonicalJson, type FieldValue, sameValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import { unknownFields } from '../../shared/catalog/read';
import { type Connection, type RecordsOf, recordsOf } from '../../shared/model/connection';
import type { Json } from '../../shared/model/json';
import type { ComparedItem, Comparison } from '../../shared/model/many';
import { fail } from '../../shared/model/problem';
import type { ShownValue } from '../../shared/model/record';
import { type PresentOne, type PresentOneParts, presentOne } from '../changes/present';
import { namedIn, storedName } from '../storage/owner';
import { openRecord } from '../storage/sealed-record';
import type { Sealer } from '../storage/sealing';
import { shown, shownUnknown } from '../values/show';

export interface CompareParts extends PresentOneParts {
  readonly sealer: Sealer;
  /** All of the profile. */
  readonly connections: () => readonly Connection[];
  readonly syncedAt: (of: RecordsOf) => number | null;
}

type Side = PresentOne & { readonly syncedAt: number };

/**
 * Records of one collection side by side, what is prepared counted as done. Secrets are compared open, here; what goes out is
 * only whether they are equal. One that cannot be read (`withheld`, `unreadable`) is never called equal.
 * @throws ProblemError `not-found` where none of them is there any more, `invalid-input` where they are of several
 */
export function compareRecords(parts: CompareParts, items: readonly ComparedItem[]): Comparison {
  const connections = new Map(parts.connections().map((one) => [one.id, one]));
  const there = items.flatMap(({ connectionId, collection, remoteId }) => {
    const connection = connections.get(connectionId);
    const of = connection && recordsOf(connection, collection);
    const record = of && presentOne(parts, of, remoteId);
    return record ? [{ of, side: { ...record, syncedAt: parts.syncedAt(of) ?? 0 } }] : [];
  });
  const [first] = there;
  if (!first) return fail('not-found', { what: 'record' });
  const { kind, collection } = first.of;
  if (there.some(({ of }) => !isSameCollection(of, first.of))) fail('invalid-input', { field: 'kind' });
  const catalog = catalogOf(first.of);
  const sides = there.map(({ side }) => side);
  return {
    kind,
    collection,
    items: sides.map(({ connectionId, remoteId, title, syncedAt }) => ({
      connectionId,
      ...namedIn(storedName(first.of)),
      remoteId,
      title,
      syncedAt,
    })),
    fields: catalog.fields.flatMap((spec) => comparedField(spec, sides)),
    unknown: comparedUnknown(parts.sealer, catalog, sides),
  };
}

/** What is written and never read says nothing, but where something is prepared. */
function comparedField(spec: FieldSpec, sides: readonly Side[]): Comparison['fields'] {
  if (spec.writeOnly && !sides.some((side) => side.isPrepared(spec.name))) return [];
  const values = sides.map((side) => side.value(spec));
  const all = values.map((value) => shown(spec, value));
  const differs = spec.writeOnly === true || all.some(isClosed) || !areSame(spec, values);
  return [
    {
      field: spec.name,
      differs: sides.length > 1 && differs,
      values: all.map((value, at) => ({ value, prepared: sides[at]?.isPrepared(spec.name) ?? false })),
    },
  ];
}

function areSame(spec: FieldSpec, values: readonly (FieldValue | undefined)[]): boolean {
  const [first = null, ...others] = values;
  return others.every((value) => sameValue(spec, first, value ?? null));
}

function isClosed(value: ShownValue): boolean {
  if (value === null || typeof value !== 'object') return false;
  return value.secret === 'withheld' || value.secret === 'unreadable';
}

function comparedUnknown(sealer: Sealer, catalog: Catalog, sides: readonly Side[]): Comparison['unknown'] {
  const shown = sides.map(
    ({ stored }) => new Map(shownUnknown(sealer, catalog, stored).map(({ name, value }) => [name, value])),
  );
  const open = sides.map(({ stored }) => new Map(unknownFields(catalog, stored)));
  const names = [...new Set(open.flatMap((fields) => [...fields.keys()]))];
  return names.map((name) => {
    const texts = open.map((fields) => comparable(sealer, fields.get(name)));
    return {
      name,
      differs: sides.length > 1 && (texts.includes(null) || new Set(texts).size > 1),
      values: shown.map((fields) => fields.get(name) ?? null),
    };
  });
}

/** A value as text that is equal where the values are; null where a secret in it does not open. */
function comparable(sealer: Sealer, value: Json | undefined): string | null {
  if (value === undefined) return '';
  const open = openRecord(sealer, { value });
  return open && canonicalJson(JSON.stringify(open));
}
