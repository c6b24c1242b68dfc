import { z } from 'zod';
import {
  catalogOf,
  collectionIdSchema,
  isOpenSomewhere,
  kindSchema,
  type OfCollection,
  ofCollection,
} from '../../shared/catalog';
import { jsonObjectSchema } from '../../shared/model/json';
import { jsonObject } from '../storage/rows';
import { hasOpenUnknown } from '../storage/sealed-record';
import { keptResultSchema } from './entries';

const parts = z.object({
  kind: kindSchema.nullable().optional(),
  collection: collectionIdSchema.optional(),
  before: jsonObjectSchema.optional(),
  after: jsonObjectSchema.nullable().optional(),
  result: keptResultSchema.optional(),
});

/** The collection that an entry is about; null where its body does not say. */
export function collectionIn(body: string): OfCollection | null {
  const found = parts.pick({ kind: true, collection: true }).safeParse(jsonObject(body)).data;
  return ofCollection({ kind: found?.kind ?? null, collection: found?.collection });
}

/**
 * Whether an entry has something in clear of fields that no catalog knows, as a version before sealed them kept it. The
 * chain proves such an entry, so it stays; but it leaves the database in no export.
 * @param of the collection; where it is null only side effects are looked at
 */
export function tellsUnknown(body: string, of: OfCollection | null): boolean {
  const found = parts.safeParse(jsonObject(body));
  if (!found.success) return false;
  const { before, after, result } = found.data;
  const records = [before, after].filter((one) => one !== undefined && one !== null);
  if (of && records.some((one) => hasOpenUnknown(catalogOf(of), one))) return true;
  const clear = (value: unknown): boolean => typeof value === 'string' && value !== '';
  return (result?.sideEffects ?? []).some(
    (one) => !isOpenSomewhere(one.field) && (clear(one.before) || clear(one.after)),
  );
}
