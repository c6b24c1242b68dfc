import { z } from 'zod';
import { catalogOf, isOpenSomewhere, type Kind, kindSchema } from '../../shared/catalog';
import { jsonObjectSchema } from '../../shared/model/json';
import { jsonObject } from '../storage/rows';
import { hasOpenUnknown } from '../storage/sealed-record';
import { keptResultSchema } from './entries';

const parts = z.object({
  kind: kindSchema.nullable().optional(),
  before: jsonObjectSchema.optional(),
  after: jsonObjectSchema.nullable().optional(),
  result: keptResultSchema.optional(),
});

/** The kind of server that an entry is about; null where its body does not say. */
export function kindIn(body: string): Kind | null {
  return parts.pick({ kind: true }).safeParse(jsonObject(body)).data?.kind ?? null;
}

/**
 * Whether an entry has something in clear of fields that no catalog knows, as a version before sealed them kept it. The
 * chain proves such an entry, so it stays; but it leaves the database in no export.
 * @param kind of the server; where it is null only side effects are looked at
 */
export function tellsUnknown(body: string, kind: Kind | null): boolean {
  const found = parts.safeParse(jsonObject(body));
  if (!found.success) return false;
  const { before, after, result } = found.data;
  const records = [before, after].filter((one) => one !== undefined && one !== null);
  if (kind && records.some((one) => hasOpenUnknown(catalogOf(kind), one))) return true;
  const clear = (value: unknown): boolean => typeof value === 'string' && value !== '';
  return (result?.sideEffects ?? []).some(
    (one) => !isOpenSomewhere(one.field) && (clear(one.before) || clear(one.after)),
  );
}
