import { z } from 'zod';
import { catalogOf } from '../../shared/catalog';
import { type FieldValue, sameValue } from '../../shared/catalog/compare';
import { type FieldSpec, readPath } from '../../shared/catalog/field';
import { fieldValue, valueAt } from '../../shared/catalog/read';
import { type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import type { JournalItem } from '../../shared/model/journal';
import type { JsonObject } from '../../shared/model/json';
import { type Outcome, outcomeSchema } from '../../shared/model/plan';
import { fail } from '../../shared/model/problem';
import type { ShownValue } from '../../shared/model/record';
import { secretState, shownUnknown } from '../directory/view';
import type { Database } from '../storage/database';
import { one } from '../storage/rows';
import { openRecord, type Sealer, sealedText } from '../storage/sealing';
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
  const body = withSealed(database, seq, found.body);
  if (found.type === 'note') return { note: noteSchema.parse(body), title };
  const sql = 'SELECT seq, outcome, body FROM journal WHERE intent_seq = ? ORDER BY seq DESC LIMIT 1';
  const last = one(database, endedRow, sql, seq);
  const ended = last ? outcomeEntrySchema.parse(withSealed(database, last.seq, last.body)) : null;
  const intent = intentSchema.parse(body);
  return { write: { seq, connectionId, remoteId, title, intent, outcome: last?.outcome ?? null, ended } };
}

/** A record after a write; as it was before where it could not be read back. */
export function recordAfter({ intent, ended }: WrittenEntry): JsonObject {
  return ended?.after ?? intent.before;
}

/** A field of a kept record, open; undefined where its seal does not open (any more). */
export function openField(sealer: Sealer, spec: FieldSpec, stored: JsonObject): FieldValue | undefined {
  if (!spec.secret) return fieldValue(spec, stored);
  const path = readPath(spec);
  const value = valueAt(stored, path);
  if (sealedText(value) === null) return fieldValue(spec, stored);
  // Only this value: that another secret of the record is forgotten must not close it.
  const alone = path.reduceRight<JsonObject>((inner, key, at) => {
    return { [key]: at === path.length - 1 ? (value ?? null) : inner };
  }, {});
  const open = openRecord(sealer, alone);
  return open === null ? undefined : fieldValue(spec, open);
}

/** The fields in which two kept moments of a record differ; a secret only as being one. */
export function differences(
  sealer: Sealer,
  kind: JournalItem['kind'],
  before: JsonObject,
  after: JsonObject,
): { field: string; before: ShownValue; after: ShownValue }[] {
  const catalog = catalogOf(kind);
  const known = catalog.fields.flatMap((spec) => {
    const was = openField(sealer, spec, before);
    const now = openField(sealer, spec, after);
    if (was !== undefined && now !== undefined && sameValue(spec, was, now)) return [];
    const show = (value: FieldValue | undefined, stored: JsonObject): ShownValue =>
      spec.secret ? { secret: secretState(sealer, valueAt(stored, readPath(spec))) } : (value ?? null);
    return [{ field: spec.name, before: show(was, before), after: show(now, after) }];
  });
  return [...known, ...unknownDifferences(sealer, kind, before, after)];
}

function unknownDifferences(
  sealer: Sealer,
  kind: JournalItem['kind'],
  before: JsonObject,
  after: JsonObject,
): { field: string; before: ShownValue; after: ShownValue }[] {
  const shown = (stored: JsonObject) =>
    new Map(shownUnknown(sealer, catalogOf(kind), stored).map(({ name, value }) => [name, value]));
  const was = shown(before);
  const now = shown(after);
  return [...new Set([...was.keys(), ...now.keys()])]
    .map((field) => ({ field, before: was.get(field) ?? null, after: now.get(field) ?? null }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}
