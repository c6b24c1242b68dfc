import { z } from 'zod';
import { connectionIdSchema } from '../../shared/model/connection';
import type { JournalFilter, JournalItem } from '../../shared/model/journal';
import { outcomeSchema } from '../../shared/model/plan';
import { fail } from '../../shared/model/problem';
import type { Database } from '../storage/database';
import { all, jsonObject, one } from '../storage/rows';
import { intentSchema, noteSchema, outcomeEntrySchema } from './entries';
import { shownKept, shownResult } from './shown';

const row = z.object({
  seq: z.number(),
  at: z.number(),
  type: z.enum(['intent', 'note']),
  connection_id: connectionIdSchema,
  remote_id: z.string(),
  title: z.string(),
  outcome: outcomeSchema.nullable(),
  body: z.string(),
  ended_at: z.number().nullable(),
  ended_outcome: outcomeSchema.nullable(),
  ended_body: z.string().nullable(),
});

const select = `SELECT i.seq, i.at, i.type, i.connection_id, i.remote_id, i.title, i.outcome, i.body,
    o.at AS ended_at, o.outcome AS ended_outcome, o.body AS ended_body
  FROM journal i
  LEFT JOIN journal o ON o.seq = (SELECT max(seq) FROM journal l WHERE l.intent_seq = i.seq)`;

/** The journal as a person reads it: intents joined with what became of them, secrets never shown. */
export class History {
  constructor(private readonly database: Database) {}

  /** A page, newest first, of what a filter leaves. `before` is the sequence number that the last page ended with. */
  page(filter: JournalFilter, before: number | null, limit: number): { items: JournalItem[]; total: number } {
    const { where, values } = conditions(filter);
    const sql = `${select} WHERE ${where} AND (? IS NULL OR i.seq < ?) ORDER BY i.seq DESC LIMIT ?`;
    const rows = all(this.database, row, sql, ...values, before, before, limit);
    const counted = one(
      this.database,
      z.object({ n: z.number() }),
      `SELECT count(*) AS n FROM (${select} WHERE ${where})`,
      ...values,
    );
    return { items: rows.map(toItem), total: counted?.n ?? 0 };
  }

  /** One entry by the sequence number of its intent. @throws ProblemError `not-found` */
  item(seq: number): JournalItem {
    const found = one(this.database, row, `${select} WHERE i.seq = ? AND i.type <> 'outcome'`, seq);
    return found ? toItem(found) : fail('not-found', { what: 'entry' });
  }
}

function conditions(filter: JournalFilter): { where: string; values: (string | null)[] } {
  const text = filter.text.trim();
  const like = text === '' ? null : `%${text.replace(/[\\%_]/g, (char) => `\\${char}`)}%`;
  const where = `i.type <> 'outcome'
    AND (? IS NULL OR i.connection_id = ?) AND (? IS NULL OR i.remote_id = ?)
    AND (? IS NULL OR coalesce(o.outcome, i.outcome) = ?)
    AND (? IS NULL OR i.title LIKE ? ESCAPE '\\' OR i.remote_id LIKE ? ESCAPE '\\')`;
  const { connectionId, remoteId, outcome } = filter;
  return {
    where,
    values: [connectionId, connectionId, remoteId, remoteId, outcome, outcome, like, like, like],
  };
}

function toItem(found: z.infer<typeof row>): JournalItem {
  return found.type === 'intent' ? writeItem(found) : noteItem(found);
}

function common(found: z.infer<typeof row>) {
  return {
    seq: found.seq,
    at: found.at,
    connectionId: found.connection_id,
    remoteId: found.remote_id,
    title: found.title,
  };
}

function writeItem(found: z.infer<typeof row>): JournalItem {
  const intent = intentSchema.parse(jsonObject(found.body));
  const ended = found.ended_body === null ? null : outcomeEntrySchema.parse(jsonObject(found.ended_body));
  return {
    ...common(found),
    type: 'write',
    endedAt: found.ended_at,
    connectionName: intent.connectionName,
    site: intent.site,
    kind: intent.kind,
    workOrder: intent.workOrder,
    actor: intent.actor,
    fields: intent.fields.map(shownKept),
    outcome: found.ended_outcome,
    result:
      ended && found.ended_outcome ? { outcome: found.ended_outcome, ...shownResult(ended.result) } : null,
  };
}

function noteItem(found: z.infer<typeof row>): JournalItem {
  const note = noteSchema.parse(jsonObject(found.body));
  const notWritten = note.note === 'not-written';
  return {
    ...common(found),
    type: notWritten ? 'write' : note.note,
    endedAt: found.at,
    connectionName: note.connectionName,
    site: note.site,
    kind: note.kind,
    workOrder: note.workOrder,
    actor: note.actor,
    fields: notWritten ? note.fields.map(shownKept) : [{ field: note.field, before: null, after: null }],
    outcome: found.outcome,
    result:
      notWritten && found.outcome
        ? { outcome: found.outcome, problem: note.problem, notStored: [], sideEffects: [], unverifiable: [] }
        : null,
  };
}
