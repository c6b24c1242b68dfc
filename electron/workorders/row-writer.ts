import { catalogOf, fieldsByName } from '../../shared/catalog';
import { type FieldValue, sameValue } from '../../shared/catalog/compare';
import { fieldValue } from '../../shared/catalog/read';
import type { ReadBack } from '../../shared/diff';
import type { ChangeId } from '../../shared/model/change';
import type { Connection } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { Outcome, RowOutcome } from '../../shared/model/plan';
import { type Problem, ProblemError, problem } from '../../shared/model/problem';
import { masked, specOf } from '../directory/view';
import type { Driver, DriverContext, WriteAnswer } from '../drivers/driver';
import type { Intent, KeptResult } from '../journal/entries';
import type { Journal, Subject } from '../journal/journal';
import { keepDifference, keepField } from '../journal/keep';
import { problemOf } from '../storage/problems';
import { type Sealer, sealRecord } from '../storage/sealing';
import type { OpenChange } from './changes';
import { type Decision, decide } from './decide';
import { type PlannedRow, planRow, toWrite } from './planner';
import { readBackOf } from './read-back';

export interface RowWriterParts {
  readonly journal: Journal;
  readonly sealer: Sealer;
  readonly actor: string;
  /** The work order's number and name, for the journal. */
  readonly workOrder: () => string;
  /** Takes the record as read back into the directory. */
  readonly refresh: (connection: Connection, remoteId: string, raw: JsonObject) => void;
  /** The change as it is prepared at this moment; null where it was undone. */
  readonly prepared: (id: ChangeId) => OpenChange | null;
  /** Removes the edits that are on the server now from the change; the values are those that were written. */
  readonly written: (row: PlannedRow, values: ReadonlyMap<string, FieldValue>) => void;
}

export interface WrittenRow {
  readonly result: RowOutcome;
  /** The server refuses this account: its other rows would fail alike. */
  readonly stop: Problem | null;
}

export type RowStep = 'checking' | 'writing' | 'reading-back';

/** Writes one row: read again, journal the intent, send once, read back, compare whole, journal the outcome. */
export class RowWriter {
  constructor(private readonly parts: RowWriterParts) {}

  async write(
    row: PlannedRow,
    runId: string,
    driver: Driver,
    context: DriverContext,
    step: (step: RowStep) => void,
  ): Promise<WrittenRow> {
    step('checking');
    const live = await readOne(driver, context, row.change.remoteId, row.live);
    const now = planRow(row.connection, row.change, live);
    if (!live || now.comparison.status !== 'ready' || movedSincePlan(row, live)) {
      const why = problem('changed-since-plan', { status: now.comparison.status });
      return { result: this.notWritten(row, 'skipped', why), stop: null };
    }
    if (!sameEdits(row.change, this.parts.prepared(row.change.id))) {
      const why = problem('changed-since-plan', { status: now.comparison.status, what: 'edit' });
      return { result: this.notWritten(row, 'skipped', why), stop: null };
    }
    const asked = toWrite(now.comparison);
    const request = driver.buildWrite(row.connection, row.change.remoteId, live, asked);
    const seq = this.parts.journal.intent(subjectOf(row), this.#intent(row, runId, live, asked));

    // From here on a write may have left, so nothing thrown may be mistaken for "not written".
    try {
      step('writing');
      const answer = await driver.send(context, request);
      step('reading-back');
      return await this.#judge(row, seq, answer, live, request.asked, () =>
        answer.kind === 'not-sent'
          ? Promise.resolve(null)
          : readOne(driver, context, row.change.remoteId, after(live, asked)),
      );
    } catch (error) {
      const why = problemOf(error);
      return { result: shown(row, { outcome: 'unknown', problem: why }, null), stop: why };
    }
  }

  /** Journals that a row was not written, and why. */
  notWritten(row: PlannedRow, outcome: Extract<Outcome, 'skipped' | 'cancelled'>, why: Problem): RowOutcome {
    const fields = this.#fields(row, row.live ?? {}, toWrite(row.comparison));
    const note = { ...this.#about(row), note: 'not-written' as const, fields, problem: why };
    this.parts.journal.note(subjectOf(row), note, outcome);
    return { outcome, problem: why, notStored: [], sideEffects: [], unverifiable: [] };
  }

  async #judge(
    row: PlannedRow,
    seq: number,
    answer: WriteAnswer,
    before: JsonObject,
    asked: ReadonlyMap<string, FieldValue>,
    read: () => Promise<JsonObject | null>,
  ): Promise<WrittenRow> {
    const catalog = catalogOf(row.connection.kind);
    let now: JsonObject | null = null;
    let readProblem: Problem | null = null;
    try {
      now = await read();
      if (!now) readProblem = problem('unknown-record');
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      readProblem = error.problem;
    }
    const readBack = now ? readBackOf(catalog, asked, before, now) : null;
    const decision = decide({ answer, readBack, readProblem });
    this.parts.journal.outcome(seq, subjectOf(row), decision.outcome, {
      result: this.#kept(decision, readBack),
      after: now ? sealRecord(this.parts.sealer, catalog, now) : null,
      by: 'run',
    });
    const result = shown(row, decision, readBack);
    try {
      if (now) this.parts.refresh(row.connection, row.change.remoteId, now);
      this.#settle(row, answer, decision, readBack);
    } catch (error) {
      // The outcome stands; what failed are the copies kept here, which the next sync and plan put right.
      return { result, stop: problemOf(error) };
    }
    return { result, stop: answer.kind === 'stop' ? answer.problem : null };
  }

  /** What is on the server now is no prepared edit any more; all else stays prepared. */
  #settle(row: PlannedRow, answer: WriteAnswer, { outcome }: Decision, readBack: ReadBack | null): void {
    const done = new Set(readBack?.stored);
    // What cannot be read back is done only where the server said so: else it may be anything.
    if (answer.kind === 'accepted') for (const field of readBack?.unverifiable ?? []) done.add(field);
    for (const field of row.comparison.fields)
      if (outcome === 'applied' && field.verdict === 'no-op') done.add(field.field);
    const written = row.comparison.fields.filter((field) => done.has(field.field));
    this.parts.written(row, new Map(written.map((field) => [field.field, field.next])));
  }

  #intent(row: PlannedRow, runId: string, live: JsonObject, asked: ReadonlyMap<string, FieldValue>): Intent {
    return {
      ...this.#about(row),
      runId,
      changeId: row.change.id,
      fields: this.#fields(row, live, asked),
      before: sealRecord(this.parts.sealer, catalogOf(row.connection.kind), live),
    };
  }

  #about(row: PlannedRow) {
    const { name, site, kind } = row.connection;
    return { connectionName: name, site, kind, workOrder: this.parts.workOrder(), actor: this.parts.actor };
  }

  #fields(row: PlannedRow, live: JsonObject, asked: ReadonlyMap<string, FieldValue>) {
    const specs = fieldsByName(catalogOf(row.connection.kind));
    return [...asked].flatMap(([name, next]) => {
      const spec = specs.get(name);
      return spec ? [keepField(this.parts.sealer, spec, fieldValue(spec, live), next)] : [];
    });
  }

  #kept(decision: Decision, readBack: ReadBack | null): KeptResult {
    const { sealer } = this.parts;
    return {
      problem: decision.problem,
      notStored: readBack?.notStored.map((one) => keepDifference(sealer, one)) ?? [],
      sideEffects: readBack?.sideEffects.map((one) => keepDifference(sealer, one)) ?? [],
      unverifiable: [...(readBack?.unverifiable ?? [])],
    };
  }
}

function subjectOf(row: PlannedRow): Subject {
  return { connectionId: row.connection.id, remoteId: row.change.remoteId, title: row.change.title };
}

/** Whether what is prepared is what was planned: the person may have typed on, or undone it, since. */
function sameEdits(planned: OpenChange, prepared: OpenChange | null): boolean {
  const said = (change: OpenChange) => JSON.stringify([change.edits, change.unreadable]);
  return prepared !== null && said(planned) === said(prepared);
}

/** Whether a field that would be written says something else than when the plan was shown. */
function movedSincePlan(row: PlannedRow, live: JsonObject): boolean {
  const specs = fieldsByName(catalogOf(row.connection.kind));
  return row.comparison.fields.some((field) => {
    const spec = specs.get(field.field);
    return spec !== undefined && !spec.writeOnly && !sameValue(spec, fieldValue(spec, live), field.live);
  });
}

async function readOne(driver: Driver, context: DriverContext, id: string, hint: JsonObject | null) {
  const found = await driver.readMany(context, [id], new Map(hint ? [[id, hint]] : []));
  return found.get(id) ?? null;
}

/** A hint for finding the record after the write: its number may be a new one. */
function after(live: JsonObject, asked: ReadonlyMap<string, FieldValue>): JsonObject {
  return { ...live, ...Object.fromEntries([...asked].filter(([name]) => Object.hasOwn(live, name))) };
}

function shown(row: PlannedRow, decision: Decision, readBack: ReadBack | null): RowOutcome {
  const catalog = catalogOf(row.connection.kind);
  const show = (differences: ReadBack['notStored']) =>
    differences.map((one) => {
      const spec = specOf(catalog, one.field);
      const mask = (value: FieldValue) =>
        one.secret && !spec?.secret && value !== null ? ({ secret: 'set' } as const) : masked(spec, value);
      return { field: one.field, before: mask(one.before), after: mask(one.after) };
    });
  return {
    outcome: decision.outcome,
    problem: decision.problem,
    notStored: show(readBack?.notStored ?? []),
    sideEffects: show(readBack?.sideEffects ?? []),
    unverifiable: [...(readBack?.unverifiable ?? [])],
  };
}
