import { useState } from 'react';
import type { Catalog, FieldSpec } from '../../../shared/catalog';
import type { ShownValue } from '../../../shared/model/record';
import { usualFields } from './fields';

/**
 * Holds which fields are chosen, as `FieldChooser` takes them. Until one is ticked by hand: the usual ones, which the
 * record's values have a say in.
 */
export function useFieldChoice(
  catalog: Catalog,
  specs: readonly FieldSpec[],
  shownValue: (field: string) => ShownValue | undefined,
) {
  const [ticked, onChange] = useState<string[] | null>(null);
  const chosen = ticked ?? usualFields(catalog, specs, shownValue);
  return { catalog, specs, chosen, onChange, shownValue };
}
