import { randomUUID } from 'node:crypto';
import { type Catalog, catalogOf, fieldSpec } from '../../shared/catalog';
import { type Comparison, compareChange, type PlannedField } from '../../shared/diff';
import { findTogether } from '../../shared/findings';
import { isMaskedByServer } from '../../shared/lib/text';
import type { ChangeId, WorkOrderId } from '../../shared/model/change';
import type { Connection, ConnectionId } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { Finding, Plan, PlanField, PlanRow } from '../../shared/model/plan';
import { fail, type Problem, ProblemError } from '../../shared/model/problem';
import { masked, specOf } from '../directory/view';
import type { WriteRequest } from '../drivers/driver';
import type { ServerPort } from '../drivers/server-port';
import { type Pace, takeTurns } from '../turns';
import type { Changes } from './changes';
import type { OpenChange } from './prepared';
import { toWrite } from './row-writer';
import type { WorkOrders } from './work-orders';

/** One planned row with what the renderer never sees: open values and the live record. */
export interface PlannedRow {
  readonly change: OpenChange;
  readonly connection: Connection;
  readonly live: JsonObject | null;
  readonly comparison: Comparison;
  readonly findings: readonly Finding[];
}

export interface HeldPlan {
  readonly id: string;
  readonly workOrderId: WorkOrderId;
  readonly madeAt: number;
  readonly rows: ReadonlyMap<ChangeId, PlannedRow>;
  readonly inOrder: readonly PlannedRow[];
}

export interface PlanScope {
  /** The current work order where none is named. */
  readonly workOrderId: WorkOrderId | null;
  readonly connectionId: ConnectionId | null;
  readonly changeId: ChangeId | null;
}

export interface PlannerPorts extends ServerPort {
  readonly connection: (id: ConnectionId) => Connection;
  /** What is kept of a record, secrets sealed: a hint for servers that search by number. */
  readonly stored: (connection: Connection, remoteId: string) => JsonObject | null;
}

// A plan is for looking at and applying soon; older ones are forgotten, and with them the records read for them.
const plansKept = 12;
// And no more rows than these, but for those of the newest: each holds its record.
const rowsKept = 60_000;
// Rows in one answer: each has its request with it, and a message of 250 kB is told in a few milliseconds.
const rowsAtOnce = 100;

/** Makes plans: reads the servers again and compares base, live and next. Writes nothing. */
export class Planner {
  readonly #plans = new Map<string, HeldPlan>();

  constructor(
    private readonly changes: Changes,
    private readonly workOrders: WorkOrders,
    private readonly ports: PlannerPorts,
  ) {}

  /**
   * Plans one change, the changes of one connection, or all of a work order. Each server is read once, servers side
   * by side; one that cannot be read does not keep the others from being planned. Done in turns.
   * @returns the plan with its first rows; the others are asked for with `rows`
   */
  async make(scope: PlanScope, signal: AbortSignal, pace: Pace = takeTurns(signal)): Promise<Plan> {
    const workOrderId = scope.workOrderId ?? this.workOrders.current().id;
    const changes = await this.#changes(scope, workOrderId, pace);
    const planned = await Promise.all(
      [...groupBy(changes)].map(([id, group]) =>
        this.#planConnection(this.ports.connection(id), group, signal, pace),
      ),
    );
    const rows = planned.flatMap((part) => part.rows);
    const plan: HeldPlan = {
      id: randomUUID(),
      workOrderId,
      madeAt: Date.now(),
      rows: new Map(rows.map((row) => [row.change.id, row])),
      inOrder: rows,
    };
    this.#hold(plan);
    return {
      id: plan.id,
      workOrderId,
      madeAt: plan.madeAt,
      rows: this.rows(plan.id, 0, rowsAtOnce),
      total: rows.length,
      unread: planned.flatMap((part) => part.unread),
    };
  }

  /** Some rows of a plan, as they may be shown. @throws ProblemError `not-found` where it has been forgotten */
  rows(planId: string, offset: number, limit: number): PlanRow[] {
    const { inOrder } = this.get(planId);
    return inOrder.slice(offset, offset + limit).map((row) => this.#shown(row));
  }

  /** A plan that was made. @throws ProblemError `not-found` where it has been forgotten: plan again */
  get(id: string): HeldPlan {
    return this.#plans.get(id) ?? fail('not-found', { what: 'plan' });
  }

  /** The ready rows of a plan, but for those named. */
  readyBut(planId: string, except: readonly ChangeId[]): ChangeId[] {
    const out = new Set(except);
    const ready = this.get(planId).inOrder.filter(({ comparison }) => comparison.status === 'ready');
    return ready.flatMap(({ change }) => (out.has(change.id) ? [] : [change.id]));
  }

  async #changes(
    { connectionId, changeId }: PlanScope,
    workOrderId: WorkOrderId,
    pace: Pace,
  ): Promise<OpenChange[]> {
    if (changeId === null) return this.changes.openAll(workOrderId, connectionId, pace);
    const change = this.changes.find(changeId);
    const inScope =
      change !== null &&
      this.changes.byId(changeId).work_order_id === workOrderId &&
      (connectionId === null || change.connectionId === connectionId);
    return inScope ? [change] : [];
  }

  async #planConnection(
    connection: Connection,
    changes: readonly OpenChange[],
    signal: AbortSignal,
    pace: Pace,
  ) {
    const unread: { connectionId: ConnectionId; changes: number; problem: Problem }[] = [];
    const rows: PlannedRow[] = [];
    try {
      const live = await this.#read(connection, changes, signal, pace);
      const findings = await findTogether(
        catalogOf(connection.kind),
        changes.map((change) => ({ ...change, key: change.id })),
        live,
        () => pace.tick(),
      );
      for (const change of changes) {
        const now = live.get(change.remoteId) ?? null;
        rows.push(this.#sendable(planRow(connection, change, now, findings.get(change.id) ?? [])));
        const rest = pace.tick();
        if (rest) await rest;
      }
    } catch (error) {
      if (!(error instanceof ProblemError) || signal.aborted) throw error;
      unread.push({ connectionId: connection.id, changes: changes.length, problem: error.problem });
    }
    return { rows, unread };
  }

  /** Reads the changes' records; all records where an edit has to be seen together with the others. */
  #read(connection: Connection, changes: readonly OpenChange[], signal: AbortSignal, pace: Pace) {
    const together = changes.some(({ edits }) =>
      edits.some(({ field }) => {
        const spec = fieldSpec(connection.kind, field);
        return spec?.unique === true || spec?.refersTo !== undefined;
      }),
    );
    return this.ports.withServer(
      connection,
      signal,
      async (driver, context): Promise<Map<string, JsonObject>> => {
        if (together) return driver.readEvery(context);
        const hints = new Map<string, JsonObject>();
        for (const { remoteId } of changes) {
          const stored = this.ports.stored(connection, remoteId);
          if (stored) hints.set(remoteId, stored);
          const rest = pace.tick();
          if (rest) await rest;
        }
        return driver.readMany(
          context,
          changes.map(({ remoteId }) => remoteId),
          hints,
        );
      },
    );
  }

  #shown(row: PlannedRow): PlanRow {
    const catalog = catalogOf(row.connection.kind);
    const { change, comparison } = row;
    return {
      changeId: change.id,
      connectionId: change.connectionId,
      remoteId: change.remoteId,
      title: change.title,
      status: comparison.status,
      fields: [
        ...comparison.fields.map((field) => shownField(catalog, field)),
        ...change.unreadable.map((field) => unreadableField(field)),
      ],
      findings: [...row.findings],
      request: this.#request(row),
    };
  }

  /** A row whose request the driver will not build is invalid; it must not keep the others from being planned. */
  #sendable(row: PlannedRow): PlannedRow {
    try {
      this.#build(row);
      return row;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const refused = error.problem.params.field;
      const fields = row.comparison.fields.map((field): PlannedField => {
        const masked = isMaskedByServer(field.next ?? '');
        const problem = { code: masked ? 'masked-secret' : 'not-allowed' } as const;
        return field.field === refused ? { ...field, verdict: 'invalid', problem } : field;
      });
      return { ...row, comparison: { status: 'invalid', fields } };
    }
  }

  #build(row: PlannedRow): WriteRequest | null {
    if (row.comparison.status !== 'ready' || !row.live) return null;
    const driver = this.ports.driverFor(row.connection);
    return driver.buildWrite(row.connection, row.change.remoteId, row.live, toWrite(row.comparison));
  }

  #request(row: PlannedRow): PlanRow['request'] {
    const write = this.#build(row);
    return write && { method: write.method, url: write.url, body: write.masked };
  }

  #hold(plan: HeldPlan): void {
    this.#plans.set(plan.id, plan);
    const rows = () => [...this.#plans.values()].reduce((sum, { inOrder }) => sum + inOrder.length, 0);
    for (const id of this.#plans.keys()) {
      if (id === plan.id || (this.#plans.size <= plansKept && rows() <= rowsKept)) break;
      this.#plans.delete(id);
    }
  }
}

/**
 * Compares one change with the record as it is now. A value whose seal cannot be opened, or a finding that blocks,
 * makes the row invalid.
 */
export function planRow(
  connection: Connection,
  change: OpenChange,
  live: JsonObject | null,
  findings: readonly Finding[],
): PlannedRow {
  const comparison = compareChange(catalogOf(connection.kind), change.edits, live);
  const blocked =
    change.unreadable.length > 0 ||
    (findings.some(({ blocking }) => blocking) && comparison.status !== 'no-op');
  const status = live && blocked ? 'invalid' : comparison.status;
  return { change, connection, live, comparison: { ...comparison, status }, findings };
}

function groupBy(changes: readonly OpenChange[]): Map<ConnectionId, OpenChange[]> {
  const groups = new Map<ConnectionId, OpenChange[]>();
  for (const change of changes) {
    const group = groups.get(change.connectionId);
    if (group) group.push(change);
    else groups.set(change.connectionId, [change]);
  }
  return groups;
}

function shownField(catalog: Catalog, field: PlannedField): PlanField {
  const spec = specOf(catalog, field.field);
  return {
    field: field.field,
    base: masked(spec, field.base),
    live: masked(spec, field.live),
    next: masked(spec, field.next),
    verdict: field.verdict,
    problem: field.problem,
  };
}

function unreadableField(field: string): PlanField {
  const unreadable = { secret: 'unreadable' } as const;
  return { field, base: unreadable, live: unreadable, next: unreadable, verdict: 'invalid', problem: null };
}
