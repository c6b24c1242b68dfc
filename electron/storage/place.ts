import type { Json, JsonObject } from '../../shared/model/json';

/*
 * Every sealed value is bound to the place where it is kept: its use, its owner, and which of the owner's values it is.
 * The database stores it without its place, which anyone with write access could forge. The reader supplies the place
 * where it was found, and it opens only if that is the place it was sealed for.
 */

/** What a sealed value is kept for. Each use has a key of its own. */
export type SealUse = 'record' | 'change' | 'run' | 'history' | 'bulk' | 'template';

/** A use, and names from the outside in: connection, record, field, and which of its values. */
export type Place = readonly [use: SealUse, ...names: string[]];

export type Side = 'base' | 'next';

export const sealedKey = '$sealed';

const storedForm = /^sealed[12]:[0-9a-f]{12}:[\w-]+:[\w-]+$/;
const foundForm = /^(sealed[12]):([0-9a-f]{12}):([\w-]+):([\w-]+)@(.+)$/s;

/** Returns the place of a value inside another place. */
export function inside([use, ...names]: Place, ...more: readonly string[]): Place {
  return [use, ...names, ...more];
}

/** The place of a directory's record. @param owner its `ownerName` */
export function recordPlace(owner: string, remoteId: string): Place {
  return ['record', owner, remoteId];
}

/** The place of a prepared edit of a field; the same for a step's copy of it. */
export function editPlace(owner: string, remoteId: string, field: string, side: Side): Place {
  return ['change', owner, remoteId, field, side];
}

/** The place of the values confirmed for a row of a run. */
export function runPlace(runId: string, changeId: string, connectionId: string, remoteId: string): Place {
  return ['run', runId, changeId, connectionId, remoteId];
}

/** The place of an entry of the history. */
export function entryPlace(seq: number, connectionId: string, remoteId: string): Place {
  return ['history', String(seq), connectionId, remoteId];
}

/** The place of a rule of an unfinished bulk edit. */
export function bulkPlace(owner: string, field: string): Place {
  return ['bulk', owner, field];
}

/** The place of a template's rule. */
export function templatePlace(templateId: string, field: string): Place {
  return ['template', templateId, field];
}

/**
 * Adds to a sealed text the place where it was found. Other text is returned as it is; a stored text that already names
 * a place is forged, and opens nowhere.
 */
export function foundAt(stored: string, place: Place): string {
  if (storedForm.test(stored)) return `${stored}@${JSON.stringify(place)}`;
  return foundForm.test(stored) ? `not ours: ${stored}` : stored;
}

/** Splits a sealed text with a place into its parts; null if it is none, or names no place. */
export function partsOf(found: string) {
  const [, form, keyId = '', iv = '', body = '', place = ''] = foundForm.exec(found) ?? [];
  return form === undefined ? null : { form, keyId, iv, body, place };
}

/** Returns the sealed text of a stored value; null if it is not sealed. */
export function sealedText(value: Json | undefined): string | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const text = value[sealedKey];
  return typeof text === 'string' && Object.keys(value).length === 1 ? text : null;
}

/**
 * Replaces a record's sealed texts in the record itself.
 * @param place the record's; each text gets its place inside it
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

/** Returns a record just read from the database, with the place of each sealed value. */
export function foundRecord(record: JsonObject, place: Place): JsonObject {
  return eachSealed(record, place, foundAt);
}
