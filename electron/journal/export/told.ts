import { isOpenField, type OfCollection, ofCollection } from '../../../shared/catalog';
import type { JournalItem } from '../../../shared/model/journal';
import type { ShownValue } from '../../../shared/model/record';

/** Which of an entry's lists a field stands in. */
export type FieldPart = 'asked' | 'not-stored' | 'side-effect' | 'unverifiable';

export interface ToldField {
  readonly part: FieldPart;
  readonly field: string;
  readonly secret: boolean;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Every field of an entry as an export may tell it. A secret has no values, only that it is one: by the catalog,
 * because no catalog knows it, or by having been sealed.
 */
export function toldFields({ fields, result, ...item }: JournalItem): ToldField[] {
  const of = ofCollection(item);
  const told = (part: FieldPart) => (one: JournalItem['fields'][number]) => toldField(of, part, one);
  return [
    ...fields.map(told('asked')),
    ...(result?.notStored.map(told('not-stored')) ?? []),
    ...(result?.sideEffects.map(told('side-effect')) ?? []),
    ...(result?.unverifiable.map((field) => told('unverifiable')({ field, before: null, after: null })) ??
      []),
  ];
}

function toldField(
  of: OfCollection | null,
  part: FieldPart,
  { field, before, after }: JournalItem['fields'][number],
): ToldField {
  const secret = !isOpenField(of, field) || isState(before) || isState(after);
  return { part, field, secret, before: secret ? null : text(before), after: secret ? null : text(after) };
}

const isState = (value: ShownValue): boolean => value !== null && typeof value === 'object';
const text = (value: ShownValue): string | null => (typeof value === 'string' ? value : null);

/** Who did it, for whoever has only the file: a name that somebody chose says nothing without the account. */
export function toldActor({ actor, account }: Pick<JournalItem, 'actor' | 'account'>): string {
  return account === undefined ? actor : `${actor} (${account})`;
}
