import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fieldSpec } from '../../shared/catalog';
import type { FieldEdit } from '../../shared/diff';
import {
  type ChangeId,
  changeIdSchema,
  type WorkOrderId,
  workOrderIdSchema,
} from '../../shared/model/change';
import { type Connection, type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import { type Outcome, outcomeSchema } from '../../shared/model/plan';
import { type KeptResult, keptFieldSchema, keptResultSchema } from '../journal/entries';
import { keepField, unkeep } from '../journal/keep';
import { type Database, inTransaction } from '../storage/database';
import { all, jsonObject, one, run } from '../storage/rows';
import type { Sealer } from '../storage/sealing';
import type { OpenChange } from './prepared';

export interface StoredRun {
  readonly id: string;
  readonly workOrderId: WorkOrderId;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

export interface StoredRunRow {
  readonly changeId: ChangeId;
  readonly connectionId: ConnectionId;
  readonly remoteId: string;
  readonly title: string;
  readonly state: 'waiting' | 'written' | 'done';
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
  remote_id: z.string(),
  title: z.string(),
  edits: z.string(),
  state: z.enum(['waiting', 'written', 'done']),
  outcome: outcomeSchema.nullable(),
  result: z.string().nullable(),
});

/** Runs, row by row, on the disk: after a crash a run stands exactly as far as it came. */
export class RunStore {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {}

  /** Keeps a run that begins, with what was confirmed for each row. */
  create(
    workOrderId: WorkOrderId,
    rows: readonly { change: OpenChange; connection: Connection }[],
  ): StoredRun {
    const id = randomUUID();
    const startedAt = Date.now();
    inTransaction(this.database, () => {
      run(
        this.database,
        'INSERT INTO runs (id, work_order_id, started_at) VALUES (?, ?, ?)',
        id,
        workOrderId,
        startedAt,
      );
      rows.forEach(({ change, connection }, ordinal) => {
        run(
          this.database,
          `INSERT INTO run_rows (run_id, change_id, ordinal, connection_id, remote_id, title, edits, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting')`,
          id,
          change.id,
          ordinal,
          change.connectionId,
          change.remoteId,
          change.title,
          JSON.stringify(this.#keep(connection, change.edits)),
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

  /** Runs that have not come to their end. */
  unfinished(): StoredRun[] {
    return all(this.database, runRow, 'SELECT * FROM runs WHERE ended_at IS NULL ORDER BY started_at').map(
      toRun,
    );
  }

  rows(runId: string): StoredRunRow[] {
    const sql = 'SELECT * FROM run_rows WHERE run_id = ? ORDER BY ordinal';
    return all(this.database, rowRow, sql, runId).map(toRow);
  }

  /**
   * What was confirmed for a row, open.
   * @returns null where a seal in it cannot be opened now
   */
  edits(runId: string, changeId: ChangeId, connection: Connection): FieldEdit[] | null {
    const sql = 'SELECT * FROM run_rows WHERE run_id = ? AND change_id = ?';
    const row = one(this.database, rowRow, sql, runId, changeId);
    const kept = z.array(keptFieldSchema).parse(row ? JSON.parse(row.edits) : []);
    const edits: FieldEdit[] = [];
    for (const { field, before, after } of kept) {
      const base = unkeep(this.sealer, before);
      const next = unkeep(this.sealer, after);
      if (base === undefined || next === undefined || !fieldSpec(connection.kind, field)) return null;
      edits.push({ field, base, next });
    }
    return edits;
  }

  /** Marks a row as written: its intent stands in the journal, in the same transaction. */
  written(runId: string, changeId: ChangeId, intentSeq: number): void {
    const sql = `UPDATE run_rows SET state = 'written', intent_seq = ? WHERE run_id = ? AND change_id = ?`;
    run(this.database, sql, intentSeq, runId, changeId);
  }

  done(runId: string, changeId: ChangeId, outcome: Outcome, result: KeptResult): void {
    const sql = `UPDATE run_rows SET state = 'done', outcome = ?, result = ? WHERE run_id = ? AND change_id = ?`;
    run(this.database, sql, outcome, JSON.stringify(result), runId, changeId);
  }

  /** Gives the row of an intent another outcome, after reading again. @returns the run it belongs to */
  decided(intentSeq: number, outcome: Outcome, result: KeptResult): string | null {
    const sql = `UPDATE run_rows SET state = 'done', outcome = ?, result = ? WHERE intent_seq = ?`;
    run(this.database, sql, outcome, JSON.stringify(result), intentSeq);
    const found = z.object({ run_id: z.string() });
    return (
      one(this.database, found, 'SELECT run_id FROM run_rows WHERE intent_seq = ?', intentSeq)?.run_id ?? null
    );
  }

  end(runId: string): void {
    run(this.database, 'UPDATE runs SET ended_at = ? WHERE id = ? AND ended_at IS NULL', Date.now(), runId);
  }

  #keep(connection: Connection, edits: readonly FieldEdit[]) {
    return edits.flatMap(({ field, base, next }) => {
      const spec = fieldSpec(connection.kind, field);
      return spec ? [keepField(this.sealer, spec, base, next)] : [];
    });
  }
}

function toRun(row: z.infer<typeof runRow>): StoredRun {
  return { id: row.id, workOrderId: row.work_order_id, startedAt: row.started_at, endedAt: row.ended_at };
}

function toRow(row: z.infer<typeof rowRow>): StoredRunRow {
  const result = keptResultSchema.safeParse(row.result === null ? null : jsonObject(row.result));
  return {
    changeId: row.change_id,
    connectionId: row.connection_id,
    remoteId: row.remote_id,
    title: row.title,
    state: row.state,
    outcome: row.outcome,
    result: result.success ? result.data : null,
  };
}
