import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  type WorkOrder,
  type WorkOrderDraft,
  type WorkOrderId,
  type WorkOrderState,
  workOrderIdSchema,
} from '../../shared/model/change';
import { fail } from '../../shared/model/problem';
import { type Database, inTransaction } from '../storage/database';
import { one, readable, run } from '../storage/rows';

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

// Made once: to make a schema takes longer than all it parses here.
const idRow = row.pick({ id: true });
const labelRow = row.pick({ number: true, name: true });

const select = `SELECT w.*, 
    (SELECT count(*) FROM changes c WHERE c.work_order_id = w.id) AS changes,
    (SELECT max(c.updated_at) FROM changes c WHERE c.work_order_id = w.id) AS touched,
    r.started_at AS run_started, r.ended_at AS run_ended,
    (SELECT count(*) FROM run_rows x WHERE x.run_id = r.id AND x.outcome <> 'applied') AS bad
  FROM work_orders w
  LEFT JOIN runs r ON r.rowid = (SELECT rowid FROM runs n WHERE n.work_order_id = w.id ORDER BY n.started_at DESC, n.rowid DESC LIMIT 1)`;

/** Work orders: named sets of changes. The current one takes newly prepared changes. */
export class WorkOrders {
  constructor(private readonly database: Database) {}

  /** All, newest first. */
  list(): WorkOrder[] {
    // An unreadable one must not hide the others.
    return readable(this.database, row, `${select} ORDER BY w.number DESC`).map(toWorkOrder);
  }

  /** @throws ProblemError `not-found` */
  get(id: WorkOrderId): WorkOrder {
    const found = one(this.database, row, `${select} WHERE w.id = ?`, id);
    return found ? toWorkOrder(found) : fail('not-found', { what: 'work-order' });
  }

  /** Its number and name as one text. Asked for with every row of a run: counts nothing. @throws ProblemError `not-found` */
  label(id: WorkOrderId): string {
    const sql = 'SELECT number, name FROM work_orders WHERE id = ?';
    const found = one(this.database, labelRow, sql, id);
    return found ? workOrderLabel(found) : fail('not-found', { what: 'work-order' });
  }

  /** The current work order, made where there is none. */
  current(): WorkOrder {
    const found = one(this.database, row, `${select} WHERE w.is_current = 1`);
    return found ? toWorkOrder(found) : this.create({ name: '', customer: '', ticket: '', note: '' });
  }

  /** The id of the current work order alone: needed at every key press. */
  currentId(): WorkOrderId {
    const sql = 'SELECT id FROM work_orders WHERE is_current = 1';
    return one(this.database, idRow, sql)?.id ?? this.current().id;
  }

  /** Returns the work order for a new edit: a new one if all of the current one has been applied. */
  forNewEdit(): WorkOrder {
    const order = this.current();
    if (order.state !== 'applied') return order;
    return this.create({ name: '', customer: order.customer, ticket: '', note: '' });
  }

  /** The number and name of the work order that would take a new edit now; makes none. */
  wouldTakeEdit(): { readonly number: number; readonly name: string; readonly isNew: boolean } {
    const found = one(this.database, row, `${select} WHERE w.is_current = 1`);
    const order = found && toWorkOrder(found);
    if (order && order.state !== 'applied') return { number: order.number, name: order.name, isNew: false };
    const sql = 'SELECT coalesce(max(number), 0) + 1 AS number FROM work_orders';
    return {
      number: one(this.database, z.object({ number: z.number() }), sql)?.number ?? 1,
      name: '',
      isNew: true,
    };
  }

  /**
   * A new work order, which becomes the current one unless it is told not to.
   * @param how.origin its id in the file that it was taken in from
   */
  create(
    draft: WorkOrderDraft,
    { origin = null, current = true }: { readonly origin?: string | null; readonly current?: boolean } = {},
  ): WorkOrder {
    const id = workOrderIdSchema.parse(randomUUID());
    inTransaction(this.database, () => {
      if (current) run(this.database, 'UPDATE work_orders SET is_current = 0 WHERE is_current = 1');
      run(
        this.database,
        `INSERT INTO work_orders (id, number, name, customer, ticket, note, is_current, created_at, origin)
          VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM work_orders), ?, ?, ?, ?, ?, ?, ?)`,
        id,
        draft.name,
        draft.customer,
        draft.ticket,
        draft.note,
        current ? 1 : 0,
        Date.now(),
        origin,
      );
    });
    return this.get(id);
  }

  /** Removes a work order made for nothing; keeps one that has changes. */
  removeEmpty(id: WorkOrderId): void {
    const sql =
      'DELETE FROM work_orders WHERE id = ? AND NOT EXISTS (SELECT 1 FROM changes WHERE work_order_id = ?)';
    run(this.database, sql, id, id);
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
  // Edits made after the run: it is being prepared again.
  if (found.touched !== null && found.touched > found.run_ended) return 'preparing';
  return found.bad > 0 ? 'problems' : found.changes > 0 ? 'preparing' : 'applied';
}

/** A work order's label: its number, and its name if it has one. */
export function workOrderLabel({ number, name }: Pick<WorkOrder, 'number' | 'name'>): string {
  return name === '' ? `WO-${number}` : `WO-${number} ${name}`;
}
