import { catalogOf, fieldsByName } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import { fieldValue, recordTitle } from '../../shared/catalog/read';
import { type Comparison, compareChange } from '../../shared/diff';
import type { ChangeId, WorkOrderId } from '../../shared/model/change';
import type { RecordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { Outcome } from '../../shared/model/plan';
import { type Problem, ProblemError, problem } from '../../shared/model/problem';
import type { OpenChange } from '../changes/prepared';
import type { Driver, WriteAnswer, WriteRequest } from '../drivers/driver';
import { type KeptResult, namedCollection } from '../journal/entries';
import type { Journal, Subject } from '../journal/journal';
import { keepField } from '../journal/keep';
import { type Database, inTransaction } from '../storage/database';
import { recordKey } from '../storage/owner';
import { inside, type Place } from '../storage/place';
import { sealRecord } from '../storage/sealed-record';
import type { Sealer } from '../storage/sealing';
import { decide, refusedAsBusy } from './decide';
import { keptResult, readBackOf } from './read-back';
import { laterReading, openIntent } from './resolver';
import type { RunStore } from './run-store';
import { formsToWrite, onServer, sameEdits, sameIn, toWrite } from './to-write';

/** One row of a run, as the engine needs it: values open. */
export interface EngineRow {
  readonly runId: string;
  readonly change: OpenChange;
  readonly connection: RecordsOf;
  readonly workOrderId: WorkOrderId;
  /** The record as last kept, secrets sealed: a hint for servers that search by number or name. */
  readonly hint: JsonObject | null;
  /** The intent of its last attempt, if the server was busy and the row is to be sent again. */
  readonly refused?: number | null;
}

/** A row that is ready to be sent, with the record it was compared with. */
export interface PreparedWrite {
  readonly row: EngineRow;
  readonly live: JsonObject;
  readonly comparison: Comparison;
  readonly request: WriteRequest;
}

export interface RowWriterParts {
  readonly database: Database;
  readonly journal: Journal;
  readonly runs: RunStore;
  readonly sealer: Sealer;
  readonly actor: string;
  /** A work order's number and name, for the journal. */
  readonly workOrderLabel: (id: WorkOrderId) => string;
  /** Takes the record as read back into the directory. */
  readonly refresh: (of: RecordsOf, remoteId: string, raw: JsonObject) => void;
  /** The change as it is prepared at this moment; null where it was undone. */
  readonly prepared: (id: ChangeId) => OpenChange | null;
  /** Removes the edits that are on the server now from the change; the values are those that were written. */
  readonly removeWritten: (
    change: OpenChange,
    values: ReadonlyMap<string, FieldValue>,
    now: JsonObject | null,
  ) => void;
}

/** What a row that was sent is judged by. */
export interface RowEvidence {
  readonly write: PreparedWrite;
  /** Its intent's number. */
  readonly seq: number;
  readonly answer: WriteAnswer;
  /** The record as read back; null where it could not be read, then `why` says why. */
  readonly now: JsonObject | null;
  readonly why: Problem | null;
  /** How often the row may be sent again where the server refused it for the moment. */
  readonly resends: number;
}

/** `alone`: the journal and run only, not the copies in directory and change. */
type Keeping = 'with copies' | 'alone';

export interface JudgedRow {
  readonly outcome: Outcome;
  readonly result: KeptResult;
  /** The row is back in the queue: the server was busy, and the reading shows no change. */
  readonly again?: true;
}

/**
 * The steps of one row's write, each durable before the next: prepare, intent, (send), judge. Journal, run row, change
 * and directory move together, in one transaction a step.
 */
export class RowWriter {
  constructor(private readonly parts: RowWriterParts) {}

  /** Compares a row with the record as just read. @returns the write, or why there must be none */
  prepare(
    row: EngineRow,
    driver: Driver,
    live: JsonObject | null,
  ): PreparedWrite | { readonly skip: Problem } {
    const comparison = compareChange(catalogOf(row.connection), row.change.edits, live);
    if (!live || comparison.status !== 'ready' || row.change.unreadable.length > 0) {
      return { skip: problem('changed-since-plan', { status: live ? comparison.status : 'missing' }) };
    }
    if (recordTitle(catalogOf(row.connection), row.change.remoteId, live) !== row.change.title) {
      return { skip: problem('changed-since-plan', { status: comparison.status, what: 'title' }) };
    }
    if (!sameEdits(row.change, this.parts.prepared(row.change.id))) {
      return { skip: problem('changed-since-plan', { status: comparison.status, what: 'edit' }) };
    }
    try {
      const [edits, forms] = [toWrite(comparison), formsToWrite(comparison)];
      const request = driver.buildWrite(row.connection, row.change.remoteId, live, edits, forms);
      return { row, live, comparison, request };
    } catch (error) {
      // Concerns this row only: the others go on.
      if (!(error instanceof ProblemError)) throw error;
      return { skip: error.problem };
    }
  }

  /** Journals the intent; returns once it is on the disk. @returns the intent's number */
  intent({ row, live, request }: PreparedWrite): number {
    const { journal, runs, sealer, database } = this.parts;
    return inTransaction(database, () => {
      const entry = journal.nextPlace(subjectOf(row));
      const seq = journal.intent(subjectOf(row), {
        ...this.#about(row),
        runId: row.runId,
        changeId: row.change.id,
        fields: this.#fields(row, entry, live, request.asked),
        before: sealRecord(sealer, catalogOf(row.connection), live, inside(entry, 'before')),
      });
      runs.written(row.runId, row.change.id, seq);
      return seq;
    });
  }

  /** Journals the intents of writes that leave at the same moment, in one transaction: all of them, or none. */
  intents(writes: readonly PreparedWrite[]): number[] {
    return inTransaction(this.parts.database, () => writes.map((write) => this.intent(write)));
  }

  /** Judges a row that was sent, from the answer and the record read again, and keeps the outcome. */
  judge(evidence: RowEvidence): JudgedRow {
    try {
      return inTransaction(this.parts.database, () => this.#judge(evidence, 'with copies'));
    } catch {
      // The next sync and plan repair the local copies; the outcome must be kept in any case.
      return inTransaction(this.parts.database, () => this.#judge(evidence, 'alone'));
    }
  }

  /** Judges several rows in one transaction. If that fails, nothing is kept, and each can be judged separately. */
  judgeTogether(list: readonly RowEvidence[]): JudgedRow[] {
    return inTransaction(this.parts.database, () => list.map((one) => this.#judge(one, 'with copies')));
  }

  #judge({ write, seq, answer, now, why: readProblem, resends }: RowEvidence, how: Keeping): JudgedRow {
    const { row, live, request } = write;
    const { journal, runs, sealer } = this.parts;
    const catalog = catalogOf(row.connection);
    const readBack = now ? readBackOf(catalog, request.asked, live, now) : null;
    const evidence = { answer, readBack, readProblem };
    const { outcome, problem: why } = decide(evidence);
    const untouched = now !== null && sameIn(catalog, request.asked.keys(), live, now);
    const again =
      outcome === 'rejected' &&
      refusedAsBusy(evidence, untouched) &&
      journal.timesSent(recordKey(row.connection, row.change.remoteId), row.runId) <= resends;
    const entry = journal.nextPlace(subjectOf(row));
    const result = keptResult(sealer, entry, why, readBack);
    const after = now ? sealRecord(sealer, catalog, now, inside(entry, 'after')) : null;
    journal.outcome(seq, subjectOf(row), outcome, { result, after, by: 'run' });
    if (again) runs.again(row.runId, row.change.id, result);
    else runs.done(row.runId, row.change.id, outcome, result);
    if (how === 'with copies') {
      this.parts.removeWritten(row.change, onServer(write.comparison, answer, outcome, readBack), now);
      if (now) this.parts.refresh(row.connection, row.change.remoteId, now);
    }
    return again ? { outcome, result, again } : { outcome, result };
  }

  /**
   * Ends a row that waited for a busy server and cannot be sent again, because the record changed: the server carried
   * it out late, or someone changed the record or the edit.
   */
  overtaken(row: EngineRow, seq: number, now: JsonObject | null, skip: Problem): JudgedRow {
    const { journal, runs, sealer, database } = this.parts;
    const catalog = catalogOf(row.connection);
    const { asked, before } = openIntent(sealer, journal.find(seq));
    const readBack = now && laterReading(readBackOf(catalog, asked, before, now));
    const done = readBack !== null && readBack.stored.length === asked.size;
    const unasked = done && readBack.sideEffects.length > 0;
    const outcome = !done ? 'rejected' : unasked ? 'side-effect' : 'applied';
    const fields = readBack?.sideEffects.map(({ field }) => field).join(', ') ?? '';
    const moved = skip.params.what === 'edit' ? skip : problem('changed-while-waiting');
    const why = !done ? moved : unasked ? problem('side-effect', { fields }) : null;
    return inTransaction(database, () => {
      const entry = journal.nextPlace(subjectOf(row));
      const result = keptResult(sealer, entry, why, readBack);
      const after = now ? sealRecord(sealer, catalog, now, inside(entry, 'after')) : null;
      journal.outcome(seq, subjectOf(row), outcome, { result, after, by: 'run' });
      runs.done(row.runId, row.change.id, outcome, result);
      if (!now) return { outcome, result };
      const stored = new Set(readBack?.stored);
      this.parts.removeWritten(row.change, new Map([...asked].filter(([field]) => stored.has(field))), now);
      this.parts.refresh(row.connection, row.change.remoteId, now);
      return { outcome, result };
    });
  }

  /** Ends a row that waited to be sent again and will not be: cancelled, or the server refuses access. */
  staysRefused(row: EngineRow): JudgedRow {
    return { outcome: 'rejected', result: this.parts.runs.staysRefused(row.runId, row.change.id) };
  }

  /** Keeps that a row was not written, and why. */
  notWritten(row: EngineRow, outcome: 'skipped' | 'cancelled', why: Problem): JudgedRow {
    const { journal, runs, database, sealer } = this.parts;
    return inTransaction(database, () => {
      const entry = journal.nextPlace(subjectOf(row));
      const result = keptResult(sealer, entry, why, null);
      const specs = fieldsByName(catalogOf(row.connection));
      const fields = row.change.edits.flatMap(({ field, base, next }) => {
        const spec = specs.get(field);
        return spec ? [keepField(sealer, inside(entry, 'fields'), spec, base, next)] : [];
      });
      journal.note(
        subjectOf(row),
        { ...this.#about(row), note: 'not-written', fields, problem: why },
        outcome,
      );
      runs.done(row.runId, row.change.id, outcome, result);
      return { outcome, result };
    });
  }

  #about(row: EngineRow) {
    const { name, site, kind } = row.connection;
    const workOrder = this.parts.workOrderLabel(row.workOrderId);
    const collection = namedCollection(row.connection);
    return { connectionName: name, site, kind, ...collection, workOrder, actor: this.parts.actor };
  }

  #fields(row: EngineRow, entry: Place, live: JsonObject, asked: ReadonlyMap<string, FieldValue>) {
    const specs = fieldsByName(catalogOf(row.connection));
    return [...asked].flatMap(([name, next]) => {
      const spec = specs.get(name);
      if (!spec) return [];
      const list = inside(entry, 'fields');
      return [keepField(this.parts.sealer, list, spec, fieldValue(spec, live), next)];
    });
  }
}

function subjectOf(row: EngineRow): Subject {
  const { remoteId, title } = row.change;
  return { connectionId: row.connection.id, remoteId, title, workOrderId: row.workOrderId };
}
