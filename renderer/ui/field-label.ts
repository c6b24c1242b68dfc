import { type Catalog, catalogs, type Kind, kindSchema } from '../../shared/catalog';
import { currentLanguage, directionOf, localised } from '../i18n';

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

/** A field's label inside a sentence: in the direction of its language, whatever letter it begins with ("IPهای مجاز"). */
export function isolateLabel(label: string): string {
  return `${directionOf(currentLanguage()) === 'rtl' ? '\u2067' : '\u2066'}${label}\u2069`;
}
