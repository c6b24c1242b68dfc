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
   * by side; one that cannot be read does not keep the others from being planned.
   */
  async make(scope: PlanScope, signal: AbortSignal): Promise<Plan> {
    const workOrderId = scope.workOrderId ?? this.workOrders.current().id;
    const changes = this.changes
      .list(scope.connectionId, workOrderId)
      .filter((change) => scope.changeId === null || change.id === scope.changeId)
      .map((change) => this.changes.open(change.id));
    const planned = await Promise.all(
      [...groupBy(changes)].map(([id, group]) =>
        this.#planConnection(this.ports.connection(id), group, signal),
      ),
    );
    const rows = planned.flatMap((part) => part.rows);
    const plan: HeldPlan = {
      id: randomUUID(),
      workOrderId,
      madeAt: Date.now(),
      rows: new Map(rows.map((row) => [row.change.id, row])),
    };
    this.#hold(plan);
    return {
      id: plan.id,
      workOrderId,
      madeAt: plan.madeAt,
      rows: rows.map((row) => this.#shown(row)),
      unread: planned.flatMap((part) => part.unread),
    };
  }

  /** A plan that was made. @throws ProblemError `not-found` where it has been forgotten: plan again */
  get(id: string): HeldPlan {
    return this.#plans.get(id) ?? fail('not-found', { what: 'plan' });
  }

  async #planConnection(connection: Connection, changes: readonly OpenChange[], signal: AbortSignal) {
    const unread: { connectionId: ConnectionId; changes: number; problem: Problem }[] = [];
    const rows: PlannedRow[] = [];
    try {
      const live = await this.#read(connection, changes, signal);
      const findings = findTogether(
        catalogOf(connection.kind),
        changes.map((change) => ({ ...change, key: change.id })),
        live,
      );
      for (const change of changes) {
        const now = live.get(change.remoteId) ?? null;
        rows.push(this.#sendable(planRow(connection, change, now, findings.get(change.id) ?? [])));
      }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      unread.push({ connectionId: connection.id, changes: changes.length, problem: error.problem });
    }
    return { rows, unread };
  }

  /** Reads the changes' records; all records where an edit has to be seen together with the others. */
  #read(connection: Connection, changes: readonly OpenChange[], signal: AbortSignal) {
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
        const ids = changes.map((change) => change.remoteId);
        if (!together) {
          const hints = new Map(ids.flatMap((id) => asHint(id, this.ports.stored(connection, id))));
          return driver.readMany(context, ids, hints);
        }
        return driver.readEvery(context);
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
    for (const id of this.#plans.keys()) {
      if (this.#plans.size <= plansKept) break;
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

function asHint(id: string, stored: JsonObject | null): [string, JsonObject][] {
  return stored ? [[id, stored]] : [];
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
