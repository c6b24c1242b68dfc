import type { Json, JsonObject } from '../../shared/model/json';

/*
 * Every sealed value is bound to the place where it is kept: what it is for, whose it is, and which value of it. In the
 * database it stands without its place, because whoever can write the file could write that too. Whoever reads it there
 * says where it was found, and it opens only where that is the place that it was sealed for.
 */

/** What a sealed value is kept for. Each use has a key of its own. */
export type SealUse = 'record' | 'change' | 'run' | 'history' | 'bulk' | 'template';

/** A use, and names from the outside in: connection, record, field, and which of its values. */
export type Place = readonly [use: SealUse, ...names: string[]];

export type Side = 'base' | 'next';

/** Key of a sealed value inside a stored record. */
export const sealedKey = '$sealed';

const storedForm = /^sealed[12]:[0-9a-f]{12}:[\w-]+:[\w-]+$/;
const foundForm = /^(sealed[12]):([0-9a-f]{12}):([\w-]+):([\w-]+)@(.+)$/s;

/** A value deeper inside a place. */
export function inside([use, ...names]: Place, ...more: readonly string[]): Place {
  return [use, ...names, ...more];
}

/** The record of a directory. @param owner its `ownerName` */
export function recordPlace(owner: string, remoteId: string): Place {
  return ['record', owner, remoteId];
}

/** A prepared edit of a field; that of a step of many is the same edit. */
export function editPlace(owner: string, remoteId: string, field: string, side: Side): Place {
  return ['change', owner, remoteId, field, side];
}

/** What was confirmed for a row of a run. */
export function runPlace(runId: string, changeId: string, connectionId: string, remoteId: string): Place {
  return ['run', runId, changeId, connectionId, remoteId];
}

/** An entry of the history. */
export function entryPlace(seq: number, connectionId: string, remoteId: string): Place {
  return ['history', String(seq), connectionId, remoteId];
}

/** A rule of a bulk edit that is being put together. */
export function bulkPlace(owner: string, field: string): Place {
  return ['bulk', owner, field];
}

/** A rule of a template. */
export function templatePlace(templateId: string, field: string): Place {
  return ['template', templateId, field];
}

/**
 * A sealed text as it was found, with the place where that was. What is no sealed text stays as it is; one that already
 * says where it was found was written so by somebody else, and opens nowhere.
 */
export function foundAt(stored: string, place: Place): string {
  if (storedForm.test(stored)) return `${stored}@${JSON.stringify(place)}`;
  return foundForm.test(stored) ? `not ours: ${stored}` : stored;
}

/** The parts of a sealed text that was found at a place; null where it is none, or nobody said where it was found. */
export function partsOf(found: string) {
  const [, form, keyId = '', iv = '', body = '', place = ''] = foundForm.exec(found) ?? [];
  return form === undefined ? null : { form, keyId, iv, body, place };
}

/** The sealed text of a stored value, or null where it is not a sealed one. */
export function sealedText(value: Json | undefined): string | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const text = value[sealedKey];
  return typeof text === 'string' && Object.keys(value).length === 1 ? text : null;
}

/**
 * Puts other texts in the place of a record's sealed ones, in the record itself.
 * @param place where the record is; each text is given the place that it has in it
 */
export function eachSealed(
  record: JsonObject,
  place: Place,
  replace: (text: string, place: Place) => string,
): JsonObject {
  const visit = (value: Json, names: readonly string[]): void => {
    if (value === null || typeof value !== 'object') return;
    if (!Array.isArray(value)) {
      const text = sealedText(value);
      if (text !== null) {
        value[sealedKey] = replace(text, inside(place, ...names));
        return;
      }
    }
    for (const [key, inner] of Object.entries(value)) visit(inner, [...names, key]);
  };
  visit(record, []);
  return record;
}

/** A record that was just read from the database, each sealed value with the place where it was found. */
export function foundRecord(record: JsonObject, place: Place): JsonObject {
  return eachSealed(record, place, foundAt);
}
