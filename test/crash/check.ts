import { z } from 'zod';
import type { Kind } from '../../shared/catalog';
import type { WorkOrderId } from '../../shared/model/change';
import type { Connection } from '../../shared/model/connection';
import type { EdgeSimulator, Fields, LogEntry, SimotelSimulator } from '../simulators';
import { type Engine, inDirectory, means, onServer } from '../support/engine';
import { editedFields, nextValue } from './edits';

export interface Servers {
  readonly simotel: SimotelSimulator;
  readonly edge: EdgeSimulator;
}

const journalRow = z.object({
  seq: z.number(),
  type: z.enum(['intent', 'outcome', 'note']),
  intent_seq: z.number().nullable(),
  connection_id: z.string(),
  remote_id: z.string(),
  work_order_id: z.string().nullable(),
  outcome: z.string().nullable(),
});
type JournalRow = z.infer<typeof journalRow>;

const rowRow = z.object({
  run_id: z.string(),
  change_id: z.string(),
  connection_id: z.string(),
  remote_id: z.string(),
  state: z.string(),
  intent_seq: z.number().nullable(),
  outcome: z.string().nullable(),
});
type RowRow = z.infer<typeof rowRow>;

export interface Checked {
  readonly violations: string[];
  readonly outcomes: Record<string, number>;
}

/** Compares everything that must agree after a round: server, journal, runs, changes, directory, and the file itself. */
export function checkRound(
  engine: Engine,
  servers: Servers,
  before: Readonly<Record<Kind, readonly Fields[]>>,
  round: number,
): Checked {
  const { database, services } = engine;
  const violations: string[] = [];
  const say = (text: string): void => {
    // A rule that is broken is often broken for every row: some tell enough.
    if (violations.length < 20) violations.push(text);
  };
  const order = services.workOrders.list().find(({ name }) => name === `round ${round}`);
  if (!order) return { violations: ['its work order is gone'], outcomes: {} };
  const journal = z.array(journalRow).parse(database.prepare('SELECT * FROM journal ORDER BY seq').all());
  const rows = z.array(rowRow).parse(
    database
      .prepare(
        `SELECT x.* FROM run_rows x JOIN runs r ON r.id = x.run_id WHERE r.work_order_id = ?
            ORDER BY r.started_at, r.rowid, x.ordinal`,
      )
      .all(order.id),
  );
  checkFile(engine, say);
  const outcomesOf = byIntent(journal);
  checkJournal(journal, outcomesOf, say);
  checkRows(
    rows,
    journal.filter(({ work_order_id }) => work_order_id === order.id),
    outcomesOf,
    say,
  );
  const outcomes: Record<string, number> = {};
  for (const { outcome } of rows) outcomes[outcome ?? 'none'] = (outcomes[outcome ?? 'none'] ?? 0) + 1;
  for (const connection of services.connections.list()) {
    const { kind } = connection;
    const mine = rows.filter((row) => row.connection_id === connection.id);
    if (mine.length < before[kind].length)
      say(`${kind}: ${before[kind].length - mine.length} records are in no run`);
    checkRecords(engine, connection, servers[kind], before[kind], mine, order.id, round, say);
    const intents = journal.filter(
      (entry) =>
        entry.type === 'intent' && entry.work_order_id === order.id && entry.connection_id === connection.id,
    );
    checkWrites(servers[kind].log, kind, intents, say);
  }
  return { violations, outcomes };
}

type Say = (text: string) => void;

function checkFile({ database, services }: Engine, say: Say): void {
  const verdict = z
    .object({ integrity_check: z.string() })
    .parse(database.prepare('PRAGMA integrity_check').get());
  if (verdict.integrity_check !== 'ok') say(`the file is damaged: ${verdict.integrity_check}`);
  if (services.runs.unfinished().length > 0) say('a run has not ended');
  if (services.resolver.waiting().size > 0) say('a write is undecided');
}

type OutcomesOf = ReadonlyMap<number | null, readonly (string | null)[]>;

function byIntent(journal: readonly JournalRow[]): OutcomesOf {
  const found = new Map<number | null, (string | null)[]>();
  for (const { type, seq, intent_seq, outcome } of journal) {
    if (type === 'intent') found.set(seq, []);
    else if (type === 'outcome') found.get(intent_seq)?.push(outcome);
  }
  return found;
}

/**
 * No intent without an outcome; of each intent's outcomes only the last is final, and there is one. A write that was
 * refused for the moment may be found carried out, or overtaken, before it is sent again.
 */
function checkJournal(journal: readonly JournalRow[], outcomesOf: OutcomesOf, say: Say): void {
  for (const { seq } of journal.filter(({ type }) => type === 'intent')) {
    const said = outcomesOf.get(seq) ?? [];
    const known = said.filter((outcome) => outcome !== 'unknown');
    const final = known.length > 1 && known[0] === 'rejected' ? known.slice(1) : known;
    if (said.length === 0) say(`intent ${seq} has no outcome`);
    else if (final.length !== 1 || said.at(-1) === 'unknown')
      say(`intent ${seq} ended as ${said.join(', ')}`);
  }
}

/** Every row of every run is done, and the journal says the same of it, once. */
function checkRows(
  rows: readonly RowRow[],
  journal: readonly JournalRow[],
  outcomesOf: OutcomesOf,
  say: Say,
): void {
  const intents = new Set<number>();
  for (const row of rows) {
    const name = `row ${row.remote_id} of run ${row.run_id}`;
    if (row.state !== 'done' || row.outcome === null) {
      say(`${name} stands at ${row.state}`);
      continue;
    }
    if (row.intent_seq === null) {
      if (row.outcome !== 'skipped' && row.outcome !== 'cancelled')
        say(`${name} is ${row.outcome} unwritten`);
      continue;
    }
    if (intents.has(row.intent_seq)) say(`${name} shares its intent`);
    intents.add(row.intent_seq);
    const last = outcomesOf.get(row.intent_seq)?.at(-1);
    if (last !== row.outcome) say(`${name} is ${row.outcome}, its journal says ${last}`);
  }
  // A row's own intent is its newest; those before it were refused for the moment, and not carried out.
  const newest = new Map(
    rows.flatMap((row) => (row.intent_seq ? [[placeOf(row), row.intent_seq] as const] : [])),
  );
  const before = journal.filter(
    (entry) =>
      entry.type === 'intent' && !intents.has(entry.seq) && entry.seq < (newest.get(placeOf(entry)) ?? 0),
  );
  for (const { seq } of before) {
    const last = outcomesOf.get(seq)?.at(-1);
    if (last !== 'rejected') say(`intent ${seq} was followed by another one and is ${last}`);
  }
  const written = journal.filter(({ type }) => type === 'intent').length - before.length;
  const notes = journal.filter(({ type }) => type === 'note').length;
  if (written !== intents.size) say(`${written} intents for ${intents.size} written rows`);
  if (notes !== rows.length - intents.size)
    say(`${notes} notes for ${rows.length - intents.size} unwritten rows`);
}

function placeOf({ connection_id, remote_id }: { connection_id: string; remote_id: string }): string {
  return `${connection_id} ${remote_id}`;
}

/** The server holds what the journal says, the directory what the server holds, and a change is left where it is not. */
function checkRecords(
  engine: Engine,
  connection: Connection,
  server: SimotelSimulator | EdgeSimulator,
  before: readonly Fields[],
  rows: readonly RowRow[],
  order: WorkOrderId,
  round: number,
  say: Say,
): void {
  const { kind } = connection;
  const left = new Set(engine.services.changes.list(connection.id, order).map(({ remoteId }) => remoteId));
  for (const was of before) {
    const id = String(was._id ?? was.user_id);
    const mine = rows.filter(({ remote_id }) => remote_id === id);
    const applied = mine.some(({ outcome }) => outcome === 'applied');
    const change = left.has(id);
    if (applied === change)
      say(`${kind} ${id} is ${applied ? '' : 'not '}applied and is ${change ? '' : 'not '}prepared`);
    for (const field of editedFields[kind]) {
      const now = onServer(kind, server.record(id), field);
      const told = applied ? nextValue(round, id, field) : onServer(kind, was, field);
      if (!means(kind, field, now, told))
        say(
          `${kind} ${id} ${field} is ${now}, by the journal (${mine.map(({ outcome }) => outcome)}) ${told}`,
        );
      const kept = inDirectory(engine, connection, id, field);
      if (mine.some(({ intent_seq }) => intent_seq !== null) && !means(kind, field, kept, now))
        say(`${kind} ${id} ${field} is ${now}, in the directory ${kept}`);
    }
  }
}

/** No write without an intent, and none of a record after another one without a reading between them. */
function checkWrites(log: readonly LogEntry[], kind: Kind, intents: readonly JournalRow[], say: Say): void {
  const written = new Map<string, number>();
  let lastReading = -1;
  const last = new Map<string, number>();
  for (const entry of log) {
    if (!entry.path.endsWith('/update')) {
      if (entry.status === 200 && !entry.fault) lastReading = entry.seq;
      continue;
    }
    const id = entry.recordId ?? '';
    const before = last.get(id);
    if (before !== undefined && before > lastReading)
      say(`${kind} ${id} was written twice without a reading`);
    last.set(id, entry.seq);
    written.set(id, (written.get(id) ?? 0) + 1);
  }
  for (const [id, times] of written) {
    const own = intents.filter(({ remote_id }) => remote_id === id).length;
    if (times > own) say(`${kind} ${id} was written ${times} times for ${own} intents`);
  }
}
