import { type Catalog, fieldsByName } from '../catalog';
import type { FieldSpec } from '../catalog/field';

/** A parsed template: literal texts, fields, and the counter. */
export type TemplatePart = string | { readonly field: FieldSpec } | { readonly count: true };

/** The placeholder for the record's position, from 1. */
const count = 'n';
const pieces = /\{\{|\}\}|\{[^{}]*\}?|[^{}]+|\}/g;

/**
 * Parses a text with placeholders: `{number}` is a field's value, `{n}` counts from 1, `{{` and `}}` are braces.
 * @returns the parts, or the name of the first placeholder that is not a field that may be shown
 */
export function placeholdersIn(
  catalog: Catalog,
  template: string,
): { readonly parts: readonly TemplatePart[] } | { readonly unknown: string } {
  const fields = fieldsByName(catalog);
  const parts: TemplatePart[] = [];
  for (const [piece] of template.matchAll(pieces)) {
    if (piece === '{{') parts.push('{');
    else if (piece === '}}') parts.push('}');
    else if (!piece.startsWith('{')) parts.push(piece);
    else {
      const name = piece.replace(/^\{|\}$/g, '').trim();
      const field = fields.get(name);
      if (piece.endsWith('}') && name === count && !field) parts.push({ count: true });
      else if (piece.endsWith('}') && field && !field.secret) parts.push({ field });
      else return { unknown: name };
    }
  }
  return { parts };
}
