import type { Catalog } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import { keyFields } from '../../shared/catalog/identity';
import { fieldValue } from '../../shared/catalog/read';
import type { JsonObject } from '../../shared/model/json';
import type { SecretLook } from '../../shared/model/plan';
import { lookAt } from '../../shared/secret-look';

interface Edited {
  readonly field: string;
  readonly base: FieldValue;
  readonly next: FieldValue;
}

/** Counts how often each secret occurs, without counting a record against itself. */
export class SecretCounts {
  readonly #times = new Map<string, Map<string, Set<string>>>();

  /** Notes that a record has, or gets, a secret in a field. */
  add(spec: FieldSpec, record: string, secret: FieldValue): void {
    if (!spec.secret || !secret) return;
    const ofField = this.#times.get(spec.name) ?? new Map<string, Set<string>>();
    const records = ofField.get(secret) ?? new Set<string>();
    records.add(record);
    ofField.set(secret, records);
    this.#times.set(spec.name, ofField);
  }

  others(spec: FieldSpec, record: string, secret: string): number {
    const records = this.#times.get(spec.name)?.get(secret);
    return records ? records.size - (records.has(record) ? 1 : 0) : 0;
  }
}

/** What the secrets of a row's edits look like, by field. An emptied one looks like nothing. */
export function looksOf(
  catalog: Catalog,
  record: string,
  edits: readonly Edited[],
  live: JsonObject | null,
  counts: { readonly order: SecretCounts; readonly server: SecretCounts | null },
): ReadonlyMap<string, SecretLook> {
  const specs = catalog.fields.filter(({ secret }) => secret);
  const names = new Set(catalog.titleFields);
  const numbers = catalog.fields
    .filter((spec) => keyFields(catalog).includes(spec) || names.has(spec.name))
    .flatMap((spec) => [
      live ? fieldValue(spec, live) : null,
      edits.find(({ field }) => field === spec.name)?.next ?? null,
    ])
    .filter((value): value is string => value !== null && value !== '');
  return new Map(
    edits.flatMap(({ field, base, next }): [string, SecretLook][] => {
      const spec = specs.find(({ name }) => name === field);
      if (!spec || !next) return [];
      const company = {
        before: live && !spec.writeOnly ? fieldValue(spec, live) : base,
        numbers,
        othersInOrder: counts.order.others(spec, record, next),
        othersOnServer: counts.server?.others(spec, record, next) ?? null,
      };
      return [[field, lookAt(next, company)]];
    }),
  );
}
