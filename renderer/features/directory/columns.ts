import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Catalog, type FieldSpec, fieldsByName } from '../../../shared/catalog';
import type { ConnectionId } from '../../../shared/model/connection';
import type { LookupItem, SecretState } from '../../../shared/model/record';
import { localised } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { keys } from '../../program/queries';
import { useWorkspace } from '../../program/workspace';

/** A column of the grid: its field, its heading, and what its values are called where they have names. */
export interface GridColumn {
  readonly name: string;
  readonly spec: FieldSpec;
  readonly label: string;
  readonly width: number;
  readonly valueLabels: ReadonlyMap<string, string>;
  /** What to say in place of a secret. */
  readonly secretLabels: Readonly<Record<SecretState, string>>;
}

/** The fields of a catalog that the grid can show, in catalog order. */
export function gridFields(catalog: Catalog): readonly FieldSpec[] {
  return catalog.fields.filter((spec) => spec.gridWidth !== undefined);
}

/** The columns that a directory shows before anybody chose. */
export function usualColumns(catalog: Catalog): readonly string[] {
  return gridFields(catalog)
    .filter((spec) => spec.gridDefault)
    .map((spec) => spec.name);
}

/** Names of the columns shown, in order: the chosen ones that the catalog still knows, else the usual ones. */
export function useColumnNames(connectionId: string, catalog: Catalog): readonly string[] {
  const chosen = useWorkspace((state) => state.columns[connectionId]);
  return useMemo(() => {
    const known = new Set(gridFields(catalog).map((spec) => spec.name));
    const kept = chosen?.filter((name) => known.has(name)) ?? [];
    return kept.length > 0 ? kept : usualColumns(catalog);
  }, [chosen, catalog]);
}

/** The columns shown, ready to draw in the language in use. */
export function useGridColumns(
  connectionId: ConnectionId,
  catalog: Catalog,
  names: readonly string[],
): readonly GridColumn[] {
  const { t, i18n } = useTranslation('directory');
  const lookups = useLookups(connectionId, catalog, names);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `localised` reads the language in use
  return useMemo(() => {
    const specs = fieldsByName(catalog);
    const secretLabels = {
      set: t('secret.set'),
      empty: t('secret.empty'),
      withheld: t('secret.withheld'),
      unreadable: t('secret.unreadable'),
    };
    return names.flatMap((name) => {
      const spec = specs.get(name);
      if (!spec) return [];
      const listed = spec.values?.map((one): [string, string] => [one.value, localised(one.label)]) ?? [];
      return [
        {
          name,
          spec,
          label: localised(spec.label),
          width: spec.gridWidth ?? 120,
          valueLabels: new Map([...listed, ...(lookups.get(name) ?? [])]),
          secretLabels,
        },
      ];
    });
  }, [catalog, names, lookups, i18n.language]);
}

type Labels = ReadonlyMap<string, readonly (readonly [string, string])[]>;

/** What the server's own lists call the values of the columns that have such a list. */
function useLookups(connectionId: ConnectionId, catalog: Catalog, names: readonly string[]): Labels {
  const fields = useMemo(() => {
    const specs = fieldsByName(catalog);
    return names.filter((name) => specs.get(name)?.suggest === 'lookup');
  }, [catalog, names]);
  // One function as long as the columns are the same, so that its result is too.
  const combine = useCallback(
    (answers: UseQueryResult<LookupItem[]>[]): Labels =>
      new Map(
        fields.map((field, i) => [
          field,
          (answers[i]?.data ?? []).map((item) => [item.value, item.label] as const),
        ]),
      ),
    [fields],
  );
  return useQueries({
    queries: fields.map((field) => ({
      queryKey: keys.lookup(connectionId, field),
      queryFn: () => ask(patchbay.directory.lookup({ connectionId, field })),
    })),
    combine,
  });
}
