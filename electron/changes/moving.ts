import { beginning } from '../../shared/lib/storable';
import type {
  ChangeId,
  PickedChanges,
  WorkOrder,
  WorkOrderDraft,
  WorkOrderId,
} from '../../shared/model/change';
import { type Database, inTransaction } from '../storage/database';
import { inSlices } from '../storage/slices';
import type { ChangeLists } from './change-lists';
import { ChangeRows } from './change-rows';
import type { WorkOrders } from './work-orders';

export interface MovingParts {
  readonly database: Database;
  readonly workOrders: WorkOrders;
  readonly lists: Pick<ChangeLists, 'ids'>;
}

interface Moved {
  readonly id: ChangeId;
  readonly from: WorkOrderId;
}

// The longest name of a work order.
const nameLimit = 120;

/** Moves prepared changes between work orders, all or none; other work runs between slices. */
export class Moving {
  readonly #rows: ChangeRows;

  constructor(private readonly parts: MovingParts) {
    this.#rows = new ChangeRows(parts.database);
  }

  /**
   * Makes a new work order and makes it current, unless it takes changes over.
   * @throws ProblemError what moving says; then there is no new work order, and the changes are where they were
   */
  async create(draft: WorkOrderDraft, picked?: PickedChanges, signal?: AbortSignal): Promise<WorkOrder> {
    const { workOrders } = this.parts;
    if (!picked) return workOrders.create(draft);
    const ids = await this.#ids(picked);
    workOrders.current();
    const { id } = workOrders.create(draft, { current: false });
    try {
      await this.#move(ids, id, signal);
    } catch (error) {
      workOrders.removeEmpty(id);
      throw error;
    }
    return workOrders.get(id);
  }

  /**
   * Moves changes to another work order. If that has a change of the same record, the two are merged: moved edits
   * win, each with its own base.
   * @throws ProblemError `not-found`, `cancelled`, or what the disk says; then the changes are where they were
   */
  async move(picked: PickedChanges, to: WorkOrderId, signal?: AbortSignal): Promise<void> {
    this.parts.workOrders.get(to);
    await this.#move(await this.#ids(picked), to, signal);
  }

  /** Moves what a work order still has prepared, after a run, into a new one. @returns it; null if nothing is left */
  splitOff(id: WorkOrderId): WorkOrder | null {
    const { database, workOrders } = this.parts;
    const { name, customer, ticket, note, changes } = workOrders.get(id);
    if (changes === 0) return null;
    return inTransaction(database, () => {
      const named = name === '' ? '' : beginning(`${name} (2)`, nameLimit);
      const made = workOrders.create({ name: named, customer, ticket, note });
      this.#rows.placeAll(id, made.id);
      return workOrders.get(made.id);
    });
  }

  async #ids({ groups, changeIds }: PickedChanges): Promise<ChangeId[]> {
    const ids = new Set(changeIds);
    for (const { workOrderId, connectionId } of groups)
      for (const id of await this.parts.lists.ids(workOrderId, connectionId)) ids.add(id);
    return [...ids];
  }

  async #move(ids: readonly ChangeId[], to: WorkOrderId, signal?: AbortSignal): Promise<void> {
    const { database } = this.parts;
    const moved: Moved[] = [];
    // A merge cannot be undone, so it comes last.
    const twins: ChangeId[] = [];
    try {
      const place = (id: ChangeId): void => {
        const from = this.#place(id, to);
        if (from === 'twin') twins.push(id);
        else if (from) moved.push({ id, from });
      };
      await inSlices(database, ids.slice(0, -1), place, { signal });
      // Waits for the disk, and so for all slices before.
      inTransaction(database, () => {
        for (const id of [...twins, ...ids.slice(-1)]) this.#merge(id, to);
      });
    } catch (error) {
      await this.#back(moved, to);
      throw error;
    }
  }

  /** @returns where it was; null where there is nothing to move */
  #place(id: ChangeId, to: WorkOrderId): WorkOrderId | 'twin' | null {
    const row = this.#rows.byId(id);
    if (!row || row.work_order_id === to) return null;
    if (this.#rows.of(to, row)) return 'twin';
    this.#rows.place(id, to);
    return row.work_order_id;
  }

  #merge(id: ChangeId, to: WorkOrderId): void {
    if (this.#place(id, to) !== 'twin') return;
    const row = this.#rows.byId(id);
    const twin = row && this.#rows.of(to, row);
    if (twin) this.#rows.merge(twin.id, id);
  }

  /** Puts back what was moved before a failure; a record edited again since stays. */
  async #back(moved: readonly Moved[], to: WorkOrderId): Promise<void> {
    try {
      await inSlices(this.parts.database, moved, ({ id, from }) => {
        // The database rolled the failed slice back.
        if (this.#rows.byId(id)?.work_order_id === to) this.#place(id, from);
      });
    } catch {
      // Report the first failure. Nothing is lost: what could not go back is in the other work order.
    }
  }
}
