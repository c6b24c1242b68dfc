import { z } from 'zod';
import { ofCollection } from '../../shared/catalog';
import { workOrderIdSchema } from '../../shared/model/change';
import { connectionIdSchema, noConnection } from '../../shared/model/connection';
import {
  type JournalFilter,
  type JournalItem,
  type JournalNote,
  journalItemSchema,
} from '../../shared/model/journal';
import { outcomeSchema } from '../../shared/model/plan';
import { fail } from '../../shared/model/problem';
import { remoteIdSchema } from '../../shared/model/record';
import type { Database } from '../storage/database';
import { all, jsonObject, one } from '../storage/rows';
import {
  fieldsOf,
  type Intent,
  listedIntentSchema,
  listedOutcomeSchema,
  type Note,
  noteSchema,
} from './entries';
import type { HistoryIndex } from './history-index';
import { type ExportLink, linksOf } from './links';
import { HistorySearch } from './search';
import { shownKept, shownResult } from './shown';

const row = z.object({
  seq: z.number(),
  at: z.number(),
  type: z.enum(['intent', 'note']),
  connection_id: connectionIdSchema.catch(noConnection),
  remote_id: z.string(),
  title: z.string(),
  // An older version may have written what is no work order's id by today's rule: the entry is shown all the same.
  work_order_id: workOrderIdSchema.nullable().catch(null),
  outcome: outcomeSchema.nullable().catch(null),
  body: z.string(),
  ended_at: z.number().nullable(),
  ended_outcome: outcomeSchema.nullable().catch(null),
  ended_body: z.string().nullable(),
});

const select = `SELECT i.seq, i.at, i.type, i.connection_id, i.remote_id, i.title, i.work_order_id, i.outcome, i.body,
    o.at AS ended_at, o.outcome AS ended_outcome, o.body AS ended_body
  FROM journal i
  LEFT JOIN journal o ON o.seq = (SELECT max(seq) FROM journal l WHERE l.intent_seq = i.seq)`;

/** The journal as a person reads it: intents joined with what became of them, secrets never shown. */
export class History {
  readonly #search: HistorySearch;

  constructor(
    private readonly database: Database,
    index: HistoryIndex,
  ) {
    this.#search = new HistorySearch(database, index);
  }

  /** A page, newest first, of what a filter leaves. `before` is the sequence number that the last page ended with. */
  async page(filter: JournalFilter, before: number | null, limit: number): Promise<{ items: JournalItem[] }> {
    const seqs = JSON.stringify(await this.#search.find(filter, before, limit));
    const sql = `${select} WHERE i.seq IN (SELECT value FROM json_each(?)) ORDER BY i.seq DESC`;
    return { items: all(this.database, row, sql, seqs).map(toItem) };
  }

  /** How many entries a filter leaves. */
  count(filter: JournalFilter): Promise<number> {
    return this.#search.count(filter);
  }

  /** The sites that occur, in the order of their names. */
  sites(): string[] {
    const sql = "SELECT text FROM history_names WHERE kind = 'site' AND text <> '' ORDER BY text";
    return all(this.database, z.object({ text: z.string() }), sql).map(({ text }) => text);
  }

  /** The links of entries in the chain, for exports. */
  links(seqs: readonly number[]): ReadonlyMap<number, readonly ExportLink[]> {
    return linksOf(this.database, seqs);
  }

  /** One entry by the sequence number of its intent. @throws ProblemError `not-found` */
  item(seq: number): JournalItem {
    const found = one(this.database, row, `${select} WHERE i.seq = ? AND i.type <> 'outcome'`, seq);
    return found ? toItem(found) : fail('not-found', { what: 'entry' });
  }
}

/** One that cannot be read is shown as that: it must not take the entries around it out of sight. */
function toItem(found: z.infer<typeof row>): JournalItem {
  try {
    return journalItemSchema.parse(found.type === 'intent' ? writeItem(found) : noteItem(found));
  } catch {
    return unreadableItem(found);
  }
}

function unreadableItem(found: z.infer<typeof row>): JournalItem {
  return {
    ...common(found),
    // What it says it is about may be what cannot be read.
    remoteId: remoteIdSchema.safeParse(found.remote_id).data ?? '',
    type: 'unreadable',
    endedAt: found.ended_at,
    connectionName: '',
    site: '',
    kind: null,
    collection: null,
    workOrder: '',
    actor: '',
    fields: [],
    outcome: found.ended_outcome,
    result: null,
  };
}

function common(found: z.infer<typeof row>) {
  return {
    seq: found.seq,
    at: found.at,
    connectionId: found.connection_id,
    remoteId: found.remote_id,
    title: found.title,
    workOrderId: found.work_order_id,
  };
}

function writeItem(found: z.infer<typeof row>): JournalItem {
  const intent = listedIntentSchema.parse(jsonObject(found.body));
  const of = ofCollection(intent);
  const ended = found.ended_body === null ? null : listedOutcomeSchema.parse(jsonObject(found.ended_body));
  return {
    ...common(found),
    type: 'write',
    endedAt: found.ended_at,
    connectionName: intent.connectionName,
    site: intent.site,
    ...of,
    workOrder: intent.workOrder,
    ...actorOf(intent),
    fields: intent.fields.map((one) => shownKept(one, of)),
    outcome: found.ended_outcome,
    result:
      ended && found.ended_outcome
        ? { outcome: found.ended_outcome, ...shownResult(ended.result, of) }
        : null,
  };
}

function noteItem(found: z.infer<typeof row>): JournalItem {
  const note = noteSchema.parse(jsonObject(found.body));
  const of = ofCollection(note);
  const notWritten = note.note === 'not-written';
  const told = notWritten ? undefined : noteOf(note);
  return {
    ...common(found),
    type: notWritten ? 'write' : note.note,
    endedAt: found.at,
    connectionName: note.connectionName,
    site: note.site,
    kind: note.kind,
    collection: of?.collection ?? null,
    workOrder: note.workOrder,
    ...actorOf(note),
    ...(told ? { note: told } : {}),
    fields: notWritten
      ? note.fields.map((one) => shownKept(one, of))
      : fieldsOf(note).map((field) => ({ field, before: null, after: null })),
    outcome: found.outcome,
    result:
      notWritten && found.outcome
        ? { outcome: found.outcome, problem: note.problem, notStored: [], sideEffects: [], unverifiable: [] }
        : null,
  };
}

/** What is told of a note that is about no single record. */
function noteOf(note: Note): JournalNote | undefined {
  switch (note.note) {
    case 'secrets-exported':
    case 'secrets-to-sheet':
      return { type: note.note, secrets: note.secrets, records: note.records };
    case 'restored':
      return { type: note.note, backupAt: note.backupAt, left: note.left.seq };
    case 'history-accepted':
      return { type: note.note, upTo: note.upTo.seq, doubts: note.doubts };
    case 'authority-added':
    case 'authority-removed':
      return { type: note.note, authority: note.authority };
    case 'credential-moved':
      return { type: note.note, from: note.from, to: note.to };
    default:
      return undefined;
  }
}

function actorOf({ who, actor }: Pick<Intent | Note, 'who' | 'actor'>): { actor: string; account?: string } {
  if (!who || who.displayName === '') return { actor };
  return { actor: `${who.displayName} @ ${who.machine}`, account: `${who.account}@${who.machine}` };
}
