import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type WorkOrder, workOrderIdSchema } from '../../shared/model/change';
import type { Database } from '../storage/database';
import { one, run } from '../storage/rows';

const row = z.object({ id: workOrderIdSchema, number: z.number(), name: z.string(), changes: z.number() });

/** Work orders; one is current, and takes the changes that are prepared. */
export class WorkOrders {
  constructor(private readonly database: Database) {}

  /** The current work order, made where there is none yet. */
  current(): WorkOrder {
    return this.#find() ?? this.#create();
  }

  #find(): WorkOrder | undefined {
    return one(
      this.database,
      row,
      `SELECT w.id, w.number, w.name, (SELECT count(*) FROM changes c WHERE c.work_order_id = w.id) AS changes
        FROM work_orders w WHERE w.is_current = 1`,
    );
  }

  #create(): WorkOrder {
    const id = workOrderIdSchema.parse(randomUUID());
    run(
      this.database,
      `INSERT INTO work_orders (id, number, name, is_current, created_at)
        VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM work_orders), '', 1, ?)`,
      id,
      Date.now(),
    );
    return this.current();
  }
}
