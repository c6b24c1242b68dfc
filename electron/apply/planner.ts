import { randomUUID } from 'node:crypto';
import { type CollectionId, catalogOf, fieldSpec } from '../../shared/catalog';
import { compareChange } from '../../shared/diff';
import { localDay } from '../../shared/expiry';
import { findAlone, findTogether } from '../../shared/findings';
import type { ChangeId, WorkOrderId } from '../../shared/model/change';
import { type Connection, type ConnectionId, type RecordsOf, recordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { Finding, Plan, PlanRow } from '../../shared/model/plan';
import { fail, type Problem, ProblemError } from '../../shared/model/problem';
import type { Changes, Conflict } from '../changes/changes';
import type { OpenChange } from '../changes/prepared';
import type { WorkOrders } from '../changes/work-orders';
import type { ServerPort } from '../drivers/server-port';
import { inTurns, type Pace, takeTurns } from '../jobs/turns';
import type { EditMoments } from '../time/edit-moments';
import { type HeldPlan, HeldPlans } from './held-plans';
import { seenTogether, type TogetherParts } from './plan-together';
import { shownRow } from './plan-view';
import { sendable, shownRequest } from './planned-request';
import { compareRow, type PlannedRow, withFindings } from './planned-row';

export interface PlanScope {
  /** The current work order where none is named. */
  readonly workOrderId: WorkOrderId | null;
  readonly connectionId: ConnectionId | null;
  readonly changeId: ChangeId | null;
}

export interface PlannerPorts extends ServerPort {
  readonly connection: (id: ConnectionId) => Connection;
  readonly moments: EditMoments;
  /** What is kept of a record, secrets sealed: a hint for servers that search by number. */
  readonly stored: (of: RecordsOf, remoteId: string) => JsonObject | null;
  readonly opened: TogetherParts['opened'];
}

// Rows in one answer. Each carries its request; a message of 250 kB takes a few milliseconds.
const rowsAtOnce = 100;

/** Makes plans: reads the servers again and compares base, live and next. Writes nothing. */
export class Planner {
  readonly #plans = new HeldPlans();
  /** Findings that a person has confirmed, until the program ends. */
  readonly #confirmed = new Set<string>();

  constructor(
    private readonly changes: Changes,
    private readonly workOrders: WorkOrders,
    private readonly ports: PlannerPorts,
  ) {}

  /**
   * Plans one change, the changes of one connection, or all of a work order. Each directory is read once, all in
   * parallel; if one cannot be read, the others are still planned. Runs in turns.
   * @returns the plan with its first rows; the others are asked for with `rows`
   */
  async make(scope: PlanScope, signal: AbortSignal, pace: Pace = takeTurns(signal)): Promise<Plan> {
    const workOrderId = scope.workOrderId ?? this.workOrders.current().id;
    // Taken before the changes are read: an edit made while the servers are read is not in the plan.
    const edits = this.ports.moments.edits();
    const changes = await this.#changes(scope, workOrderId, pace);
    const planned = await Promise.all(
      groupBy(changes).map(({ connectionId, collection, group }) =>
        this.#planDirectory(recordsOf(this.ports.connection(connectionId), collection), group, signal, pace),
      ),
    );
    const rows = await seenTogether(
      planned.flatMap((part) => part.rows),
      { opened: this.ports.opened, judged: (row, findings) => this.#judged(row, findings) },
      pace,
    );
    const plan: HeldPlan = {
      id: randomUUID(),
      workOrderId,
      madeAt: this.ports.moments.take(edits),
      rows: new Map(rows.map((row) => [row.change.id, row])),
      order: rows.map(({ change }) => change.id),
    };
    this.#plans.hold(plan);
    return {
      id: plan.id,
      workOrderId,
      madeAt: plan.madeAt,
      rows: this.rows(plan.id, 0, rowsAtOnce),
      total: rows.length,
      unread: planned.flatMap((part) => part.unread),
    };
  }

  /** Returns some rows of a plan, secrets masked. @throws ProblemError `not-found` if the plan has been dropped */
  rows(planId: string, offset: number, limit: number): PlanRow[] {
    const { rows, order } = this.get(planId);
    return order.slice(offset, offset + limit).flatMap((id) => {
      const row = rows.get(id);
      return row ? [this.#shown(row)] : [];
    });
  }

  /**
   * Confirms the findings that hold these rows back, for a person who has looked at them. Findings that cannot be
   * confirmed stay; findings made later need a new confirmation.
   * @returns the rows as they are now
   */
  confirm(planId: string, changeIds: readonly ChangeId[]): PlanRow[] {
    const { rows } = this.get(planId);
    return changeIds.map((id) => {
      const row = rows.get(id) ?? fail('not-found', { what: 'change' });
      for (const finding of row.findings)
        if (finding.confirm === 'wanted') this.#confirmed.add(confirmKey(id, finding));
      const comparison = compareChange(catalogOf(row.connection), row.change.edits, row.live);
      const now = this.#judged({ ...row, comparison }, row.findings);
      rows.set(id, now);
      return this.#shown(now);
    });
  }

  /** Returns a plan. @throws ProblemError `not-found` if it has been dropped: plan again */
  get(id: string): HeldPlan {
    return this.#plans.get(id);
  }

  /**
   * Returns the conflicts of a plan: all, or those of a change, of a field, or of both.
   * @throws ProblemError `not-found` where the plan, or the change in it, is gone
   */
  conflicts(planId: string, changeId: ChangeId | null, field: string | null): Conflict[] {
    const { rows } = this.get(planId);
    const named = changeId && (rows.get(changeId) ?? fail('not-found', { what: 'change' }));
    const within = named ? [named] : [...rows.values()].filter((row) => row.comparison.status === 'conflict');
    return within.flatMap((row) => {
      const title = row.formerTitle === null ? row.title : null;
      const own = row.comparison.fields.filter((one) => one.verdict === 'conflict');
      const wanted = field === null ? own : own.filter((one) => one.field === field);
      return wanted.map((one) => ({ changeId: row.change.id, field: one.field, live: one.live, title }));
    });
  }

  /** Returns the ready rows of a plan, except those named. */
  readyBut(planId: string, except: readonly ChangeId[]): ChangeId[] {
    const out = new Set(except);
    const { rows, order } = this.get(planId);
    return order.filter((id) => rows.get(id)?.comparison.status === 'ready' && !out.has(id));
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

  async #planDirectory(
    connection: RecordsOf,
    changes: readonly OpenChange[],
    signal: AbortSignal,
    pace: Pace,
  ) {
    const unread: { connectionId: ConnectionId; changes: number; problem: Problem }[] = [];
    const rows: PlannedRow[] = [];
    try {
      const live = await this.#read(connection, changes, signal, pace);
      const findings = await findTogether(
        catalogOf(connection),
        changes.map((change) => ({ ...change, key: change.id })),
        live,
        () => pace.tick(),
      );
      const today = localDay(new Date());
      await inTurns(changes, pace, (change) => {
        // A value that the server had goes back in any case: warn only, nothing to confirm.
        const returned = new Set(change.edits.flatMap(({ field, returns }) => (returns ? [field] : [])));
        const alone = findAlone(catalogOf(connection), change.edits, today).map((found): Finding => {
          const meant = found.field !== null && returned.has(found.field);
          return meant ? { ...found, blocking: false, confirm: 'none' } : found;
        });
        const now = live.get(change.remoteId) ?? null;
        rows.push(compareRow(connection, change, now, [...(findings.get(change.id) ?? []), ...alone]));
      });
    } catch (error) {
      if (!(error instanceof ProblemError) || signal.aborted) throw error;
      unread.push({ connectionId: connection.id, changes: changes.length, problem: error.problem });
    }
    return { rows, unread };
  }

  /** Applies findings to a compared row; those that a person has confirmed no longer block it. */
  #judged(row: PlannedRow, findings: readonly Finding[]): PlannedRow {
    const said = findings.map((finding): Finding => {
      const given = finding.confirm !== 'none' && this.#confirmed.has(confirmKey(row.change.id, finding));
      return given ? { ...finding, blocking: false, confirm: 'given' } : finding;
    });
    return sendable(this.ports.driverFor, withFindings(row, said));
  }

  #shown(row: PlannedRow): PlanRow {
    return shownRow(row, shownRequest(this.ports.driverFor, row));
  }

  /** Reads the changes' records; all records if an edit has to be checked against the others. */
  #read(connection: RecordsOf, changes: readonly OpenChange[], signal: AbortSignal, pace: Pace) {
    const together = changes.some(({ edits }) =>
      edits.some(({ field }) => {
        const spec = fieldSpec(connection, field);
        return spec?.unique === true || spec?.refersTo !== undefined;
      }),
    );
    return this.ports.withServer(
      connection,
      signal,
      async (driver, context): Promise<Map<string, JsonObject>> => {
        if (together) return driver.readEvery(context);
        const hints = new Map<string, JsonObject>();
        await inTurns(changes, pace, ({ remoteId }) => {
          const stored = this.ports.stored(connection, remoteId);
          if (stored) hints.set(remoteId, stored);
        });
        return driver.readMany(
          context,
          changes.map(({ remoteId }) => remoteId),
          hints,
        );
      },
    );
  }
}

function confirmKey(id: ChangeId, { code, field, value, other }: Finding): string {
  return JSON.stringify([id, code, field, value, other]);
}

interface Group {
  readonly connectionId: ConnectionId;
  readonly collection: CollectionId;
  readonly group: OpenChange[];
}

function groupBy(changes: readonly OpenChange[]): Group[] {
  const groups = new Map<string, Group>();
  for (const change of changes) {
    const { connectionId, collection } = change;
    const key = `${connectionId} ${collection}`;
    const known = groups.get(key);
    if (known) known.group.push(change);
    else groups.set(key, { connectionId, collection, group: [change] });
  }
  return [...groups.values()];
}
