import { everyCollection, fieldSpec, type OfCollection } from '../../shared/catalog';
import { currentLanguage, directionOf, localised } from '../i18n';

/** A field's label where only its name is known: of the collection named first, else of the first that has it. */
export function labelOfField(field: string, of: OfCollection | null): string {
  for (const one of of === null ? everyCollection() : [of, ...everyCollection()]) {
    const spec = fieldSpec(one, field);
    if (spec) return localised(spec.label);
  }
  return field;
}

/** A field's label inside a sentence: in the direction of its language, whatever letter it begins with ("IPهای مجاز"). */
export function isolateLabel(label: string): string {
  return `${directionOf(currentLanguage()) === 'rtl' ? '\u2067' : '\u2066'}${label}\u2069`;
}
