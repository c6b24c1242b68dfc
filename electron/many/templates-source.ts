import { catalogOf, isSameCollection, type OfCollection } from '../../shared/catalog';
import type { FieldSpec } from '../../shared/catalog/field';
import { type Connection, type ConnectionId, type RecordsOf, recordsOf } from '../../shared/model/connection';
import type { ComparedItem } from '../../shared/model/many';
import { fail } from '../../shared/model/problem';
import type { PresentOne } from '../changes/present';
import type { OpenFieldRule } from './stored-rules';

export type TemplateFrom =
  | (ComparedItem & { readonly fields: readonly string[] })
  | { readonly draftOf: ConnectionId };

export interface TemplateSourceParts {
  readonly connection: (id: ConnectionId) => Connection;
  readonly present: (of: RecordsOf, remoteId: string) => PresentOne | null;
  /** The rules of a directory's bulk edit, open. @throws ProblemError `not-found` where it has none */
  readonly draftRules: (of: RecordsOf) => readonly OpenFieldRule[];
}

/**
 * What a new template begins with.
 * @throws ProblemError `not-found`, `invalid-input` where it is of another collection, or why a secret does not open now
 */
export function templateRulesFrom(
  parts: TemplateSourceParts,
  of: OfCollection,
  from: TemplateFrom,
): OpenFieldRule[] {
  const connection = parts.connection('draftOf' in from ? from.draftOf : from.connectionId);
  const source = recordsOf(connection, 'draftOf' in from ? of.collection : from.collection);
  if (!isSameCollection(source, of)) fail('invalid-input', { field: 'kind' });
  if ('draftOf' in from) {
    const rules = parts.draftRules(source);
    return rulesOfDraft(of, rules, (rule) =>
      parts.present(recordsOf(parts.connection(rule.connectionId), rule.collection), rule.remoteId),
    );
  }
  const record = parts.present(source, from.remoteId) ?? fail('not-found', { what: 'record' });
  return rulesOfRecord(of, record, from.fields);
}

/** A record's own values as rules, of the fields named; secrets and what cannot be written are left out. */
function rulesOfRecord(of: OfCollection, record: PresentOne, fields: readonly string[]): OpenFieldRule[] {
  return catalogOf(of)
    .fields.filter((spec) => fields.includes(spec.name) && !spec.secret && !spec.readOnly)
    .flatMap((spec) => valueRule(spec, record));
}

/**
 * The rules of a bulk edit for keeping. What refers to another record becomes the value that it has now: a template
 * stands for itself. Where that is a secret, or gone, the rule is left out.
 */
function rulesOfDraft(
  of: OfCollection,
  rules: readonly OpenFieldRule[],
  sourceOf: (item: ComparedItem) => PresentOne | null,
): OpenFieldRule[] {
  const specs = new Map(catalogOf(of).fields.map((spec) => [spec.name, spec]));
  return rules.flatMap(({ field, rule }) => {
    const spec = specs.get(field);
    if (rule.rule !== 'same' || !spec) return [{ field, rule }];
    const record = spec.secret ? null : sourceOf(rule);
    return record ? valueRule(spec, record) : [];
  });
}

function valueRule(spec: FieldSpec, record: PresentOne): OpenFieldRule[] {
  const value = record.value(spec);
  return value === undefined ? [] : [{ field: spec.name, rule: { rule: 'set', value: value ?? '' } }];
}
