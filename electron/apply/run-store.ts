import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type CollectionId, fieldSpec, isOpenSomewhere } from '../../shared/catalog';
import type { FieldEdit } from '../../shared/diff';
import {
  type ChangeId,
  changeIdSchema,
  type WorkOrderId,
  workOrderIdSchema,
} from '../../shared/model/change';
import { type ConnectionId, connectionIdSchema, type RecordsOf } from '../../shared/model/connection';
import { type Outcome, outcomeSchema } from '../../shared/model/plan';
import { fail, type ProblemCode } from '../../shared/model/problem';
import type { OpenChange } from '../changes/prepared';
import {
  type KeptField,
  type KeptResult,
  type KeptValue,
  keptFieldSchema,
  keptResultSchema,
} from '../journal/entries';
import { HadValues } from '../journal/had';
import { foundField, keepField, unkeep } from '../journal/keep';
import { type Database, inTransaction } from '../storage/database';
import { namedIn, storedName } from '../storage/owner';
import { type Place, runPlace } from '../storage/place';
import { all, jsonObject, one, run } from '../storage/rows';
import type { Sealer } from '../storage/sealing';
import { proofOf, unproved } from './run-proof';

export interface StoredRun {
  readonly id: string;
  readonly workOrderId: WorkOrderId;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

export interface StoredRunRow {
  readonly changeId: ChangeId;
  readonly connectionId: ConnectionId;
  /** Left out: the kind's first. */
  readonly collection?: CollectionId;
  readonly remoteId: string;
  readonly title: string;
  readonly state: 'waiting' | 'written' | 'done';
  /** Its newest intent. A waiting row that has one met a busy server, and is sent again. */
  readonly intentSeq: number | null;
  readonly outcome: Outcome | null;
  readonly result: KeptResult | null;
}

const runRow = z.object({
  id: z.string(),
  work_order_id: workOrderIdSchema,
  started_at: z.number(),
  ended_at: z.number().nullable(),
});

const rowRow = z.object({
  change_id: changeIdSchema,
  connection_id: connectionIdSchema,
  collection: z.string(),
  remote_id: z.string(),
  title: z.string(),
  edits: z.string(),
  state: z.enum(['waiting', 'written', 'done']),
  intent_seq: z.number().nullable(),
  outcome: outcomeSchema.nullable(),
  result: z.string().nullable(),
});

/** What was confirmed for a field, as it is kept. `returns`: the entry of the history whose value is put back. */
export const confirmedSchema = keptFieldSchema.extend({ returns: z.number().int().optional() });

const thereRow = z.object({ there: z.number() });

/** Keeps runs on the disk, row by row, so that a crash loses no progress. */
export class RunStore {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {}

  /** Keeps a run that begins, with what was confirmed for each row. */
  create(
    workOrderId: WorkOrderId,
    rows: readonly { change: OpenChange; connection: RecordsOf }[],
  ): StoredRun {
    const id = randomUUID();
    const startedAt = Date.now();
    // The work order may have been removed since the plan was made.
    one(this.database, thereRow, 'SELECT 1 AS there FROM work_orders WHERE id = ?', workOrderId) ??
      fail('not-found', { what: 'work-order' });
    inTransaction(this.database, () => {
      run(
        this.database,
        'INSERT INTO runs (id, work_order_id, started_at) VALUES (?, ?, ?)',
        id,
        workOrderId,
        startedAt,
      );
      rows.forEach(({ change, connection }, ordinal) => {
        const edits = JSON.stringify(
          this.#keep(runPlace(id, change.id, change.connectionId, change.remoteId), connection, change.edits),
        );
        run(
          this.database,
          `INSERT INTO run_rows
            (run_id, change_id, ordinal, connection_id, collection, remote_id, title, edits, state, proof)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?)`,
          id,
          change.id,
          ordinal,
          change.connectionId,
          storedName(connection),
          change.remoteId,
          change.title,
          edits,
          proofOf(this.sealer, {
            run_id: id,
            work_order_id: workOrderId,
            change_id: change.id,
            ordinal,
            connection_id: change.connectionId,
            collection: storedName(connection),
            remote_id: change.remoteId,
            title: change.title,
            edits,
          }),
        );
      });
    });
    return { id, workOrderId, startedAt, endedAt: null };
  }

  get(id: string): StoredRun | undefined {
    const row = one(this.database, runRow, 'SELECT * FROM runs WHERE id = ?', id);
    return row && toRun(row);
  }

  /** The newest run of a work order. */
  newest(workOrderId: WorkOrderId): StoredRun | undefined {
    const sql = 'SELECT * FROM runs WHERE work_order_id = ? ORDER BY started_at DESC, rowid DESC LIMIT 1';
    const row = one(this.database, runRow, sql, workOrderId);
    return row && toRun(row);
  }

  /** All runs of a work order, oldest first. */
  ofWorkOrder(workOrderId: WorkOrderId): StoredRun[] {
    const sql = 'SELECT * FROM runs WHERE work_order_id = ? ORDER BY started_at, rowid';
    return all(this.database, runRow, sql, workOrderId).map(toRun);
  }

  /** Runs that have not ended. */
  unfinished(): StoredRun[] {
    return all(this.database, runRow, 'SELECT * FROM runs WHERE ended_at IS NULL ORDER BY started_at').map(
      toRun,
    );
  }

  rows(runId: string): StoredRunRow[] {
    const sql = 'SELECT * FROM run_rows WHERE run_id = ? ORDER BY ordinal';
    return all(this.database, rowRow, sql, runId).map(toRow);
  }

  row(runId: string, changeId: ChangeId): StoredRunRow | undefined {
    const sql = 'SELECT * FROM run_rows WHERE run_id = ? AND change_id = ?';
    const row = one(this.database, rowRow, sql, runId, changeId);
    return row && toRow(row);
  }

  /**
   * What was confirmed for a row, open.
   * @returns null where a seal in it cannot be opened now
   */
  edits(runId: string, changeId: ChangeId, connection: RecordsOf): FieldEdit[] | null {
    const sql = 'SELECT * FROM run_rows WHERE run_id = ? AND change_id = ?';
    const row = one(this.database, rowRow, sql, runId, changeId);
    const kept = z.array(confirmedSchema).parse(row ? JSON.parse(row.edits) : []);
    const edits: FieldEdit[] = [];
    const had = new HadValues(this.database, this.sealer);
    const place = runPlace(runId, changeId, row?.connection_id ?? '', row?.remote_id ?? '');
    for (const confirmed of kept) {
      const { field, before, after, returns } = foundField(confirmed, place);
      const base = unkeep(this.sealer, before);
      const next = unkeep(this.sealer, after);
      if (base === undefined || next === undefined || !fieldSpec(connection, field)) return null;
      const { id: connectionId, kind, collection } = connection;
      const target = { connectionId, kind, collection, remoteId: row?.remote_id ?? '' };
      edits.push(had.vouch(target, { field, base, next }, returns ?? null));
    }
    return edits;
  }

  /** Why nothing can be proved now: there is no key in memory. Null where there is one. */
  get whyNoProof(): ProblemCode | null {
    return this.sealer.ready ? null : this.sealer.whyUnreadable;
  }

  /** Waiting rows that are not what was confirmed, or cannot be proved to be. */
  unproved(runId: string): ReadonlySet<string> {
    return unproved(this.database, this.sealer, runId);
  }

  /** Marks a row as written, in the same transaction as its intent. */
  written(runId: string, changeId: ChangeId, intentSeq: number): void {
    const sql = `UPDATE run_rows SET state = 'written', intent_seq = ? WHERE run_id = ? AND change_id = ?`;
    run(this.database, sql, intentSeq, runId, changeId);
  }

  /** Puts a row back in the queue after a busy answer; keeps the result in case it is not sent again. */
  again(runId: string, changeId: ChangeId, result: KeptResult): void {
    const sql = `UPDATE run_rows SET state = 'waiting', result = ? WHERE run_id = ? AND change_id = ?`;
    run(this.database, sql, JSON.stringify(withoutSealed(result)), runId, changeId);
  }

  /** Ends a row that is not sent again after a busy answer. @returns the result it had */
  staysRefused(runId: string, changeId: ChangeId): KeptResult {
    const sql = `UPDATE run_rows SET state = 'done', outcome = 'rejected' WHERE run_id = ? AND change_id = ?`;
    run(this.database, sql, runId, changeId);
    return (
      this.row(runId, changeId)?.result ?? { problem: null, notStored: [], sideEffects: [], unverifiable: [] }
    );
  }

  done(runId: string, changeId: ChangeId, outcome: Outcome, result: KeptResult): void {
    const sql = `UPDATE run_rows SET state = 'done', outcome = ?, result = ? WHERE run_id = ? AND change_id = ?`;
    run(this.database, sql, outcome, JSON.stringify(withoutSealed(result)), runId, changeId);
  }

  /** Gives the row of an intent another outcome, after reading again. @returns the run it belongs to */
  decided(intentSeq: number, outcome: Outcome, result: KeptResult): string | null {
    const sql = `UPDATE run_rows SET state = 'done', outcome = ?, result = ? WHERE intent_seq = ?`;
    run(this.database, sql, outcome, JSON.stringify(withoutSealed(result)), intentSeq);
    const found = z.object({ run_id: z.string() });
    return (
      one(this.database, found, 'SELECT run_id FROM run_rows WHERE intent_seq = ?', intentSeq)?.run_id ?? null
    );
  }

  end(runId: string): void {
    run(this.database, 'UPDATE runs SET ended_at = ? WHERE id = ? AND ended_at IS NULL', Date.now(), runId);
  }

  #keep(place: Place, connection: RecordsOf, edits: readonly FieldEdit[]) {
    return edits.flatMap(({ field, base, next, returns }) => {
      const spec = fieldSpec(connection, field);
      const seq = returns ? { returns: returns.seq } : {};
      return spec ? [{ ...keepField(this.sealer, place, spec, base, next), ...seq }] : [];
    });
  }
}

/** A result without its secrets, which only the history keeps. */
export function withoutSealed(result: KeptResult): KeptResult {
  const bare = (field: string, value: KeptValue): KeptValue => {
    if (value === null || value === '') return value;
    return typeof value === 'string' && isOpenSomewhere(field) ? value : { sealed: inHistory };
  };
  const list = (fields: readonly KeptField[]): KeptField[] =>
    fields.map(({ field, before, after }) => ({
      field,
      before: bare(field, before),
      after: bare(field, after),
    }));
  return { ...result, notStored: list(result.notStored), sideEffects: list(result.sideEffects) };
}

const inHistory = 'in the history';

function toRun(row: z.infer<typeof runRow>): StoredRun {
  return { id: row.id, workOrderId: row.work_order_id, startedAt: row.started_at, endedAt: row.ended_at };
}

function toRow(row: z.infer<typeof rowRow>): StoredRunRow {
  const result = keptResultSchema.safeParse(row.result === null ? null : jsonObject(row.result));
  return {
    changeId: row.change_id,
    connectionId: row.connection_id,
    ...namedIn(row.collection),
    remoteId: row.remote_id,
    title: row.title,
    state: row.state,
    intentSeq: row.intent_seq,
    outcome: row.outcome,
    result: result.success ? result.data : null,
  };
}
