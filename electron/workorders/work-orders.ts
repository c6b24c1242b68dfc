import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  type ChangeId,
  type WorkOrder,
  type WorkOrderDraft,
  type WorkOrderId,
  type WorkOrderState,
  workOrderIdSchema,
} from '../../shared/model/change';
import { fail } from '../../shared/model/problem';
import { type Database, inTransaction } from '../storage/database';
import { all, one, run } from '../storage/rows';

const row = z.object({
  id: workOrderIdSchema,
  number: z.number(),
  name: z.string(),
  customer: z.string(),
  ticket: z.string(),
  note: z.string(),
  is_current: z.number(),
  created_at: z.number(),
  closed_at: z.number().nullable(),
  changes: z.number(),
  touched: z.number().nullable(),
  run_started: z.number().nullable(),
  run_ended: z.number().nullable(),
  bad: z.number(),
});

const select = `SELECT w.*, 
    (SELECT count(*) FROM changes c WHERE c.work_order_id = w.id) AS changes,
    (SELECT max(c.updated_at) FROM changes c WHERE c.work_order_id = w.id) AS touched,
    r.started_at AS run_started, r.ended_at AS run_ended,
    (SELECT count(*) FROM run_rows x WHERE x.run_id = r.id AND x.outcome <> 'applied') AS bad
  FROM work_orders w
  LEFT JOIN runs r ON r.rowid = (SELECT rowid FROM runs n WHERE n.work_order_id = w.id ORDER BY n.started_at DESC, n.rowid DESC LIMIT 1)`;

/** Work orders: named sets of changes. One is current, and takes the changes that are prepared. */
export class WorkOrders {
  constructor(private readonly database: Database) {}

  /** All, newest first. */
  list(): WorkOrder[] {
    return all(this.database, row, `${select} ORDER BY w.number DESC`).map(toWorkOrder);
  }

  /** @throws ProblemError `not-found` */
  get(id: WorkOrderId): WorkOrder {
    const found = one(this.database, row, `${select} WHERE w.id = ?`, id);
    return found ? toWorkOrder(found) : fail('not-found', { what: 'work-order' });
  }

  /** The current work order, made where there is none. */
  current(): WorkOrder {
    const found = one(this.database, row, `${select} WHERE w.is_current = 1`);
    return found ? toWorkOrder(found) : this.create({ name: '', customer: '', ticket: '', note: '' });
  }

  /** The id of the current work order: asked for with every letter typed, when nobody wants the rest. */
  currentId(): WorkOrderId {
    const sql = 'SELECT id FROM work_orders WHERE is_current = 1';
    return one(this.database, row.pick({ id: true }), sql)?.id ?? this.current().id;
  }

  /** The work order that takes a new edit: a new one where all of the current one has been applied. */
  forNewEdit(): WorkOrder {
    const order = this.current();
    if (order.state !== 'applied') return order;
    return this.create({ name: '', customer: order.customer, ticket: '', note: '' });
  }

  /** A new work order, which becomes the current one. `origin`: its id in the file that it was taken in from. */
  create(draft: WorkOrderDraft, origin: string | null = null): WorkOrder {
    const id = workOrderIdSchema.parse(randomUUID());
    inTransaction(this.database, () => {
      run(this.database, 'UPDATE work_orders SET is_current = 0 WHERE is_current = 1');
      run(
        this.database,
        `INSERT INTO work_orders (id, number, name, customer, ticket, note, is_current, created_at, origin)
          VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM work_orders), ?, ?, ?, ?, 1, ?, ?)`,
        id,
        draft.name,
        draft.customer,
        draft.ticket,
        draft.note,
        Date.now(),
        origin,
      );
    });
    return this.get(id);
  }

  update(id: WorkOrderId, draft: WorkOrderDraft): WorkOrder {
    const sql = 'UPDATE work_orders SET name = ?, customer = ?, ticket = ?, note = ? WHERE id = ?';
    run(this.database, sql, draft.name, draft.customer, draft.ticket, draft.note, id);
    return this.get(id);
  }

  /** Makes a work order the current one; a closed one is opened again. */
  makeCurrent(id: WorkOrderId): WorkOrder {
    this.get(id);
    inTransaction(this.database, () => {
      run(this.database, 'UPDATE work_orders SET is_current = 0 WHERE is_current = 1');
      run(this.database, 'UPDATE work_orders SET is_current = 1, closed_at = NULL WHERE id = ?', id);
    });
    return this.get(id);
  }

  /** Closes a work order; its changes stay in it. @throws ProblemError `busy` while it is being applied */
  close(id: WorkOrderId): WorkOrder {
    if (this.get(id).state === 'applying') fail('busy', { name: 'apply' });
    run(this.database, 'UPDATE work_orders SET closed_at = ?, is_current = 0 WHERE id = ?', Date.now(), id);
    return this.get(id);
  }

  /** The work order that was taken in from a file under this id, if it was. */
  byOrigin(origin: string): WorkOrder | null {
    const found = one(this.database, row, `${select} WHERE w.origin = ? OR w.id = ?`, origin, origin);
    return found ? toWorkOrder(found) : null;
  }

  /**
   * Moves changes to another work order. Where that has a change of the same record already, the two become one: the
   * moved edits win, each keeping the base it was prepared against.
   */
  move(changeIds: readonly ChangeId[], to: WorkOrderId): void {
    this.get(to);
    inTransaction(this.database, () => {
      for (const id of changeIds) this.#moveOne(id, to);
    });
  }

  /** Moves what a work order still has prepared, after a run, into a new one. @returns it; null where nothing is left */
  splitOff(id: WorkOrderId): WorkOrder | null {
    const from = this.get(id);
    const rows = all(
      this.database,
      z.object({ id: z.string() }),
      'SELECT id FROM changes WHERE work_order_id = ?',
      id,
    );
    if (rows.length === 0) return null;
    return inTransaction(this.database, () => {
      const { name, customer, ticket, note } = from;
      const made = this.create({
        name: name === '' ? '' : `${name} (2)`.slice(0, 120),
        customer,
        ticket,
        note,
      });
      run(this.database, 'UPDATE changes SET work_order_id = ? WHERE work_order_id = ?', made.id, id);
      return this.get(made.id);
    });
  }

  #moveOne(id: ChangeId, to: WorkOrderId): void {
    const change = z.object({ connection_id: z.string(), remote_id: z.string(), work_order_id: z.string() });
    const found = one(this.database, change, 'SELECT * FROM changes WHERE id = ?', id);
    if (!found || found.work_order_id === to) return;
    const twin = one(
      this.database,
      z.object({ id: z.string() }),
      'SELECT id FROM changes WHERE work_order_id = ? AND connection_id = ? AND remote_id = ?',
      to,
      found.connection_id,
      found.remote_id,
    );
    if (twin) {
      run(
        this.database,
        'UPDATE OR REPLACE change_fields SET change_id = ? WHERE change_id = ?',
        twin.id,
        id,
      );
      run(this.database, 'DELETE FROM changes WHERE id = ?', id);
    } else run(this.database, 'UPDATE changes SET work_order_id = ? WHERE id = ?', to, id);
  }
}

function toWorkOrder(found: z.infer<typeof row>): WorkOrder {
  const { id, number, name, customer, ticket, note, changes } = found;
  return {
    id,
    number,
    name,
    customer,
    ticket,
    note,
    changes,
    current: found.is_current === 1,
    state: stateOf(found),
    createdAt: found.created_at,
  };
}

function stateOf(found: z.infer<typeof row>): WorkOrderState {
  if (found.closed_at !== null) return 'closed';
  if (found.run_started === null) return 'preparing';
  if (found.run_ended === null) return 'applying';
  // Edits made after the run are being prepared again.
  if (found.touched !== null && found.touched > found.run_ended) return 'preparing';
  return found.bad > 0 ? 'problems' : found.changes > 0 ? 'preparing' : 'applied';
}

/** What people call a work order: its number, and its name where it has one. */
export function workOrderLabel({ number, name }: Pick<WorkOrder, 'number' | 'name'>): string {
  return name === '' ? `WO-${number}` : `WO-${number} ${name}`;
}
