import { catalogOf, fieldsByName } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import { fieldValue } from '../../shared/catalog/read';
import { type Comparison, compareChange, type ReadBack } from '../../shared/diff';
import type { ChangeId, WorkOrderId } from '../../shared/model/change';
import type { Connection } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { Outcome } from '../../shared/model/plan';
import { type Problem, ProblemError, problem } from '../../shared/model/problem';
import type { Driver, WriteAnswer, WriteRequest } from '../drivers/driver';
import type { KeptResult } from '../journal/entries';
import type { Journal, Subject } from '../journal/journal';
import { keepDifference, keepField } from '../journal/keep';
import { type Database, inTransaction } from '../storage/database';
import { type Sealer, sealRecord } from '../storage/sealing';
import { decide } from './decide';
import type { OpenChange } from './prepared';
import { readBackOf } from './read-back';
import type { RunStore } from './run-store';

/** One row of a run, as the engine needs it: values open. */
export interface EngineRow {
  readonly runId: string;
  readonly change: OpenChange;
  readonly connection: Connection;
  readonly workOrderId: WorkOrderId;
  /** The record as last kept, secrets sealed: a hint for servers that search by number or name. */
  readonly hint: JsonObject | null;
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
  readonly refresh: (connection: Connection, remoteId: string, raw: JsonObject) => void;
  /** The change as it is prepared at this moment; null where it was undone. */
  readonly prepared: (id: ChangeId) => OpenChange | null;
  /** Removes the edits that are on the server now from the change; the values are those that were written. */
  readonly removeWritten: (change: OpenChange, values: ReadonlyMap<string, FieldValue>) => void;
}

export interface JudgedRow {
  readonly outcome: Outcome;
  readonly result: KeptResult;
}

/** The fields that a row would write: those that are ready. The others are on the server already. */
export function toWrite(comparison: Comparison): ReadonlyMap<string, FieldValue> {
  return new Map(
    comparison.fields.filter((field) => field.verdict === 'ready').map((field) => [field.field, field.next]),
  );
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
    const comparison = compareChange(catalogOf(row.connection.kind), row.change.edits, live);
    if (!live || comparison.status !== 'ready' || row.change.unreadable.length > 0) {
      return { skip: problem('changed-since-plan', { status: live ? comparison.status : 'missing' }) };
    }
    if (!sameEdits(row.change, this.parts.prepared(row.change.id))) {
      return { skip: problem('changed-since-plan', { status: comparison.status, what: 'edit' }) };
    }
    try {
      const request = driver.buildWrite(row.connection, row.change.remoteId, live, toWrite(comparison));
      return { row, live, comparison, request };
    } catch (error) {
      // What cannot be built for one row says nothing of the others.
      if (!(error instanceof ProblemError)) throw error;
      return { skip: error.problem };
    }
  }

  /** Journals that the write is about to leave. Returns when that is on the disk. @returns the intent's number */
  intent({ row, live, request }: PreparedWrite): number {
    const { journal, runs, sealer, database } = this.parts;
    return inTransaction(database, () => {
      const seq = journal.intent(subjectOf(row), {
        ...this.#about(row),
        runId: row.runId,
        changeId: row.change.id,
        fields: this.#fields(row, live, request.asked),
        before: sealRecord(sealer, catalogOf(row.connection.kind), live),
      });
      runs.written(row.runId, row.change.id, seq);
      return seq;
    });
  }

  /**
   * Judges a row that was sent, from the answer and the record read again, and keeps the outcome.
   * @param now the record as read back; null where it could not be read, then `readProblem` says why
   */
  judge(
    write: PreparedWrite,
    seq: number,
    answer: WriteAnswer,
    now: JsonObject | null,
    readProblem: Problem | null,
  ): JudgedRow {
    const { row, live, request } = write;
    const { journal, runs, sealer, database } = this.parts;
    const catalog = catalogOf(row.connection.kind);
    const readBack = now ? readBackOf(catalog, request.asked, live, now) : null;
    const { outcome, problem: why } = decide({ answer, readBack, readProblem });
    const result = keptResult(sealer, why, readBack);
    const keepOutcome = (): void => {
      const after = now ? sealRecord(sealer, catalog, now) : null;
      journal.outcome(seq, subjectOf(row), outcome, { result, after, by: 'run' });
      runs.done(row.runId, row.change.id, outcome, result);
    };
    try {
      inTransaction(database, () => {
        keepOutcome();
        this.parts.removeWritten(row.change, onServer(write.comparison, answer, outcome, readBack));
        if (now) this.parts.refresh(row.connection, row.change.remoteId, now);
      });
    } catch {
      // The copies kept here are put right by the next sync and plan; the outcome must stand whatever becomes of them.
      inTransaction(database, keepOutcome);
    }
    return { outcome, result };
  }

  /** Keeps that a row was not written, and why. */
  notWritten(row: EngineRow, outcome: 'skipped' | 'cancelled', why: Problem): JudgedRow {
    const { journal, runs, database, sealer } = this.parts;
    const result = keptResult(sealer, why, null);
    inTransaction(database, () => {
      const specs = fieldsByName(catalogOf(row.connection.kind));
      const fields = row.change.edits.flatMap(({ field, base, next }) => {
        const spec = specs.get(field);
        return spec ? [keepField(sealer, spec, base, next)] : [];
      });
      journal.note(
        subjectOf(row),
        { ...this.#about(row), note: 'not-written', fields, problem: why },
        outcome,
      );
      runs.done(row.runId, row.change.id, outcome, result);
    });
    return { outcome, result };
  }

  #about(row: EngineRow) {
    const { name, site, kind } = row.connection;
    const workOrder = this.parts.workOrderLabel(row.workOrderId);
    return { connectionName: name, site, kind, workOrder, actor: this.parts.actor };
  }

  #fields(row: EngineRow, live: JsonObject, asked: ReadonlyMap<string, FieldValue>) {
    const specs = fieldsByName(catalogOf(row.connection.kind));
    return [...asked].flatMap(([name, next]) => {
      const spec = specs.get(name);
      return spec ? [keepField(this.parts.sealer, spec, fieldValue(spec, live), next)] : [];
    });
  }
}

/** What was found on reading back, as it is kept: secrets sealed. */
export function keptResult(sealer: Sealer, why: Problem | null, readBack: ReadBack | null): KeptResult {
  return {
    problem: why,
    notStored: readBack?.notStored.map((one) => keepDifference(sealer, one)) ?? [],
    sideEffects: readBack?.sideEffects.map((one) => keepDifference(sealer, one)) ?? [],
    unverifiable: [...(readBack?.unverifiable ?? [])],
  };
}

function subjectOf(row: EngineRow): Subject {
  const { remoteId, title } = row.change;
  return { connectionId: row.connection.id, remoteId, title, workOrderId: row.workOrderId };
}

/** What is on the server now, with the values that were written: no prepared edit any more. */
function onServer(
  comparison: Comparison,
  answer: WriteAnswer,
  outcome: Outcome,
  readBack: ReadBack | null,
): ReadonlyMap<string, FieldValue> {
  const done = new Set(readBack?.stored);
  // What cannot be read back is done only where the server said so: else it may be anything.
  if (answer.kind === 'accepted') for (const field of readBack?.unverifiable ?? []) done.add(field);
  for (const { field, verdict } of comparison.fields) {
    if (outcome === 'applied' && verdict === 'no-op') done.add(field);
  }
  const written = comparison.fields.filter(({ field }) => done.has(field));
  return new Map(written.map(({ field, next }) => [field, next]));
}

/** Whether what is prepared is what was confirmed: the person may have typed on, or undone it, since. */
function sameEdits(confirmed: OpenChange, prepared: OpenChange | null): boolean {
  const said = (change: OpenChange) => JSON.stringify([change.edits, change.unreadable]);
  return prepared !== null && said(confirmed) === said(prepared);
}
