import { type Catalog, catalogs, type Kind, kindSchema } from '../../shared/catalog';
import { localised } from '../i18n';

/** A field's label where only its name is known: of the kind named first, else of the first kind that has it. */
export function labelOfField(field: string, kind: Kind | null): string {
  const kinds: readonly Kind[] = kind === null ? kindSchema.options : [kind, ...kindSchema.options];
  for (const one of kinds) {
    const catalog: Catalog = catalogs[one];
    const spec = catalog.fields.find(({ name }) => name === field);
    if (spec) return localised(spec.label);
  }
  return field;
}
