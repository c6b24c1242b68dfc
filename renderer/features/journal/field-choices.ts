import {
  catalogOf,
  collectionsOf,
  type FieldSpec,
  type Kind,
  kindSchema,
  serverKind,
} from '../../../shared/catalog';
import { localised } from '../../i18n';

export { labelOfField } from '../../ui/field-label';

interface Group {
  readonly group: string;
  readonly items: { readonly value: string; readonly label: string }[];
}

/**
 * The fields of the catalogs by their labels, grouped by kind; of one kind where one is named. A name that every kind
 * has stands once, in a group of its own: the filter goes by the name.
 */
export function fieldChoices(kind: Kind | null, everyKind: string): Group[] {
  const kinds = kind === null ? kindSchema.options : [kind];
  const specsOf = (one: Kind) =>
    collectionsOf(one).flatMap((collection) => catalogOf({ kind: one, collection }).fields);
  const inAll = (name: string) =>
    kinds.length > 1 && kinds.every((one) => specsOf(one).some((field) => field.name === name));
  const shared: Group = { group: everyKind, items: [] };
  const seen = new Set<string>();
  const own = kinds.map((one): Group => {
    const items: Group['items'] = [];
    for (const spec of specsOf(one)) {
      if (seen.has(spec.name)) continue;
      seen.add(spec.name);
      (inAll(spec.name) ? shared.items : items).push(choiceOf(spec));
    }
    return { group: localised(serverKind(one).noun), items };
  });
  return [shared, ...own].filter(({ items }) => items.length > 0);
}

function choiceOf(spec: FieldSpec): Group['items'][number] {
  return { value: spec.name, label: localised(spec.label) };
}
