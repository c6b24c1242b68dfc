import { z } from 'zod';
import { catalogOf, type OfCollection, ofCollection } from '../../shared/catalog';
import { canonicalJson, type FieldValue, sameValue } from '../../shared/catalog/compare';
import { readPath } from '../../shared/catalog/field';
import { unknownFields, valueAt } from '../../shared/catalog/read';
import { isMaskedByServer } from '../../shared/lib/text';
import { type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import type { Moments } from '../../shared/model/journal';
import type { Json, JsonObject } from '../../shared/model/json';
import { type Outcome, outcomeSchema } from '../../shared/model/plan';
import { fail } from '../../shared/model/problem';
import type { ShownValue } from '../../shared/model/record';
import type { Database } from '../storage/database';
import { sealedText } from '../storage/place';
import { one } from '../storage/rows';
import { openRecord } from '../storage/sealed-record';
import type { Sealer } from '../storage/sealing';
import { openField } from '../values/open';
import { secretState, shownUnknown } from '../values/show';
import {
  type Intent,
  intentSchema,
  type Note,
  noteSchema,
  type OutcomeEntry,
  outcomeEntrySchema,
} from './entries';
import { withSealed } from './sealed-values';

/** A write of the history with everything that is kept of it. */
export interface WrittenEntry {
  readonly seq: number;
  readonly connectionId: ConnectionId;
  readonly remoteId: string;
  readonly title: string;
  readonly intent: Intent;
  readonly outcome: Outcome | null;
  readonly ended: OutcomeEntry | null;
}

const row = z.object({
  seq: z.number(),
  type: z.enum(['intent', 'note', 'outcome']),
  connection_id: connectionIdSchema,
  remote_id: z.string(),
  title: z.string(),
  body: z.string(),
});
const endedRow = z.object({ seq: z.number(), outcome: outcomeSchema.nullable(), body: z.string() });

/** What an entry is: a write, or a note with the fields that it is about. @throws ProblemError `not-found` */
export function entryAt(
  database: Database,
  seq: number,
): { write: WrittenEntry } | { note: Note; title: string } {
  const found = one(database, row, 'SELECT * FROM journal WHERE seq = ?', seq);
  if (!found || found.type === 'outcome') fail('not-found', { what: 'entry' });
  const { connection_id: connectionId, remote_id: remoteId, title } = found;
  const body = withSealed(database, { seq, connectionId, remoteId, body: found.body });
  if (found.type === 'note') return { note: noteSchema.parse(body), title };
  const sql = 'SELECT seq, outcome, body FROM journal WHERE intent_seq = ? ORDER BY seq DESC LIMIT 1';
  const last = one(database, endedRow, sql, seq);
  const ended = last
    ? outcomeEntrySchema.parse(withSealed(database, { ...last, connectionId, remoteId }))
    : null;
  const intent = intentSchema.parse(body);
  return { write: { seq, connectionId, remoteId, title, intent, outcome: last?.outcome ?? null, ended } };
}

/** A record after a write; as it was before where it could not be read back. */
export function recordAfter({ intent, ended }: WrittenEntry): JsonObject {
  return ended?.after ?? intent.before;
}

/** Names a record: what a write of it and a prepared edit say alike. */
interface RecordOf extends OfCollection {
  readonly connectionId: ConnectionId;
  readonly remoteId: string;
}

export function isSameRecord(write: WrittenEntry, of: RecordOf): boolean {
  return (
    write.connectionId === of.connectionId &&
    write.remoteId === of.remoteId &&
    ofCollection(write.intent).collection === of.collection
  );
}

type Difference = Moments['differences'][number];

/**
 * The fields in which two kept moments of a record differ; a secret only as being one. What cannot be compared (a seal
 * that does not open, a value that the server masks) is among them, and marked: it is not known to be the same.
 */
export function differences(
  sealer: Sealer,
  of: OfCollection,
  before: JsonObject,
  after: JsonObject,
): Difference[] {
  const known = catalogOf(of).fields.flatMap((spec): Difference[] => {
    const was = openField(sealer, spec, before);
    const now = openField(sealer, spec, after);
    const comparable = was !== undefined && now !== undefined && !(spec.secret && eitherMasked(was, now));
    if (comparable && sameValue(spec, was, now)) return [];
    const show = (value: FieldValue | undefined, stored: JsonObject): ShownValue =>
      spec.secret ? { secret: secretState(sealer, valueAt(stored, readPath(spec))) } : (value ?? null);
    return [{ field: spec.name, before: show(was, before), after: show(now, after), comparable }];
  });
  return [...known, ...unknownDifferences(sealer, of, before, after)];
}

function eitherMasked(was: FieldValue, now: FieldValue): boolean {
  return isMaskedByServer(was ?? '') || isMaskedByServer(now ?? '');
}

/** The same of fields that no catalog knows. Sealing makes another text each time, so they are opened to compare. */
function unknownDifferences(
  sealer: Sealer,
  of: OfCollection,
  before: JsonObject,
  after: JsonObject,
): Difference[] {
  const catalog = catalogOf(of);
  const shown = (stored: JsonObject) =>
    new Map(shownUnknown(sealer, catalog, stored).map(({ name, value }) => [name, value]));
  const kept = (stored: JsonObject) => new Map(unknownFields(catalog, stored));
  const [was, now] = [shown(before), shown(after)];
  const [keptWas, keptNow] = [kept(before), kept(after)];
  return [...new Set([...was.keys(), ...now.keys()])].flatMap((field): Difference[] => {
    const open = openText(sealer, keptWas.get(field));
    const opened = openText(sealer, keptNow.get(field));
    const comparable = open !== null && opened !== null;
    if (comparable && open === opened) return [];
    return [{ field, before: was.get(field) ?? null, after: now.get(field) ?? null, comparable }];
  });
}

/** A kept value as a text to compare by; null where a secret in it does not open, or is masked. */
function openText(sealer: Sealer, value: Json | undefined): string | null {
  const open = openRecord(sealer, { value: value ?? null });
  if (open === null) return null;
  const text = typeof open.value === 'string' ? open.value : '';
  return sealedText(value) !== null && isMaskedByServer(text) ? null : canonicalJson(JSON.stringify(open));
}
