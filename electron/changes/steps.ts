import { setImmediate as nextTurn } from 'node:timers/promises';
import { catalogOf } from '../../shared/catalog';
import type { BatchId, Step, StepId } from '../../shared/model/batch';
import type { WorkOrderId } from '../../shared/model/change';
import { type Connection, type ConnectionId, type RecordsOf, recordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import type { Jobs, Turn } from '../jobs/jobs';
import type { Batch, BatchBook, BatchItem } from '../many/batch';
import type { Database } from '../storage/database';
import { ownerOf } from '../storage/owner';
import { inSlice } from '../storage/slices';
import type { Changes } from './changes';
import type { DoneEdit } from './edits';
import { beforeAll, type KeptStep, type StepPlace, StepStore, stepOf } from './step-store';
import type { WorkOrders } from './work-orders';

export interface StepsParts {
  readonly database: Database;
  readonly jobs: Jobs;
  readonly batches: BatchBook;
  readonly workOrders: WorkOrders;
  readonly changes: Pick<Changes, 'apply' | 'replace'>;
  /** The record as last kept; null where the directory has none. */
  readonly stored: (of: RecordsOf, remoteId: string) => JsonObject | null;
  /** @throws ProblemError `not-found` */
  readonly connection: (id: ConnectionId) => Connection;
  /** Edits have changed. */
  readonly changed: (connectionId: ConnectionId) => void;
}

// A transaction blocks everything else, and each one costs a disk flush.
const sliceMs = 10;
const sliceRows = 500;

/**
 * Prepares batches as steps: each all or none, and undone as one. Works in small transactions, so that typing is
 * stored in between. What a step did to a field is stored in the same transaction as the edit, so that an interrupted
 * step can be undone.
 */
export class Steps {
  readonly #store: StepStore;
  // One at a time per connection: an undo must not remove what another step builds on.
  readonly #working = new Set<ConnectionId>();

  constructor(private readonly parts: StepsParts) {
    this.#store = new StepStore(parts.database);
  }

  /** The steps of a work order, newest first. */
  list(workOrderId: WorkOrderId): Step[] {
    return this.#store.list(workOrderId).map((step) => this.#shown(step));
  }

  /**
   * Prepares a batch's differences as edits in the work order that takes new ones. Leaves rows alone whose record was
   * read or edited since the batch was made.
   * @returns the step, null if nothing was left to prepare; and how many rows were left alone
   * @throws ProblemError `busy`, `cancelled`, or the keychain's or disk's; then nothing is prepared
   */
  async prepare(batchId: BatchId, job: string): Promise<{ step: Step | null; left: number }> {
    const batch = this.parts.batches.get(batchId);
    if (batch.reportOnly) fail('invalid-input', { field: 'batch', reason: 'report' });
    const { collection } = batch.connection;
    const connection = recordsOf(this.parts.connection(batch.connection.id), collection);
    const result = await this.#alone(connection, async () => {
      const items = inIndexOrder(batch.byStatus.differs.flatMap((place) => batch.items[place] ?? []));
      return this.parts.jobs.run({ job, kind: 'step' }, items.length, (turn) =>
        this.#prepare(connection, batch, items, turn),
      );
    });
    if (result.step) this.parts.batches.drop(batchId);
    return result;
  }

  /**
   * Undoes a step. Fields edited or applied since stay.
   * @returns how many fields were taken back, and how many stayed
   * @throws ProblemError `not-found`, `busy`, `cancelled`; then it is as it was
   */
  async undo(id: StepId, job: string): Promise<{ fields: number; left: number }> {
    const connection = this.parts.connection(this.#store.get(id).connectionId);
    return this.#alone(connection, async () => {
      const step = this.#store.get(id);
      if (step.state !== 'prepared') fail('not-found', { what: 'step' });
      const total = this.#store.count(id, false);
      return this.parts.jobs.run({ job, kind: 'step' }, total, (turn) => this.#undo(step, turn));
    });
  }

  /** Undoes steps interrupted when the program ended. Needs no key; call once at start. */
  recover(): void {
    try {
      for (const step of this.#store.cutOff(null)) {
        for (const _ of this.#repair(step)) {
          // Nothing else runs yet, so no need to yield.
        }
      }
      this.#store.forgetUndone();
    } catch {
      // A full disk must not prevent the start: what is still interrupted is undone before the next step.
    }
  }

  /** Runs work exclusively on the connection, after undoing interrupted steps. */
  async #alone<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
    if (this.#working.has(connection.id)) fail('busy', { name: connection.name });
    this.#working.add(connection.id);
    try {
      // Undoing may have failed before, on a full disk.
      for (const step of this.#store.cutOff(connection.id)) await this.#repairInTurns(step);
      return await work();
    } finally {
      this.#working.delete(connection.id);
      this.parts.changed(connection.id);
    }
  }

  async #prepare(
    connection: RecordsOf,
    batch: Batch,
    items: readonly BatchItem[],
    turn: Turn,
  ): Promise<{ step: Step | null; left: number }> {
    const { database, workOrders } = this.parts;
    const fields = new Set<string>();
    let begun: { readonly id: StepId; readonly workOrderId: WorkOrderId } | null = null;
    let [at, records, left] = [0, 0, 0];
    const begin = () => {
      const workOrderId = workOrders.forNewEdit().id;
      const { what, name } = batch;
      return { id: this.#store.begin({ workOrderId, owner: ownerOf(connection), what, name }), workOrderId };
    };
    try {
      while (at < items.length) {
        // Counted only once the transaction is stored.
        const slice = inSlice(database, () => {
          const step = begun ?? begin();
          this.#store.get(step.id);
          const until = performance.now() + sliceMs;
          let [next, written] = [at, 0];
          const touched: string[] = [];
          do {
            const item = items[next];
            const done = item && this.#prepareOne(connection, step.workOrderId, batch, item);
            for (const one of done ?? []) {
              this.#store.keep(step.id, one);
              touched.push(one.field);
            }
            if (done && done.length > 0) written += 1;
            next += 1;
          } while (next < items.length && performance.now() < until);
          return { step, next, written, touched };
        });
        begun = slice.step;
        records += slice.written;
        left += slice.next - at - slice.written;
        at = slice.next;
        for (const field of slice.touched) fields.add(field);
        await turn.tick(at);
      }
      if (!begun) return { step: null, left };
      if (turn.signal.aborted) fail('cancelled');
      return { step: this.#ended(begun.id, connection, records, fields), left };
    } catch (error) {
      if (begun) await this.#afterFailure(begun.id);
      throw error;
    }
  }

  /** @returns what was done to which field; null where the record was read or edited since, and is left alone */
  #prepareOne(
    connection: RecordsOf,
    workOrderId: WorkOrderId,
    batch: Batch,
    { remoteId, title, edits }: BatchItem,
  ): readonly DoneEdit[] | null {
    const stored = remoteId === null ? null : this.parts.stored(connection, remoteId);
    if (remoteId === null || !stored) return null;
    const wanted = edits.map(({ field, from, to }) => ({ field, next: to, expected: from }));
    // An edit made after the batch was shown must not be replaced.
    const rest = batch.alone ? { goesBut: [], seen: batch.edits } : {};
    const target = { workOrderId, connection, remoteId, title, stored };
    return this.parts.changes.apply(target, wanted, rest)?.done ?? null;
  }

  #ended(id: StepId, of: RecordsOf, records: number, touched: ReadonlySet<string>): Step | null {
    if (records === 0) {
      this.#store.remove(id);
      return null;
    }
    const { fields } = catalogOf(of);
    const inOrder = fields.map(({ name }) => name).filter((name) => touched.has(name));
    this.#store.end(id, records, inOrder);
    return this.#shown(this.#store.get(id));
  }

  #shown(step: KeptStep): Step {
    return stepOf(step, this.parts.connection(step.connectionId).kind);
  }

  async #undo(step: KeptStep, turn: Turn): Promise<{ fields: number; left: number }> {
    let [fields, left] = [0, 0];
    this.#store.setState(step.id, 'undoing');
    try {
      const slices = this.#slices(step, false, (one) => {
        const done = this.parts.changes.replace(step.workOrderId, step.owner, one, one.is, one.was);
        if (done) {
          this.#store.mark(step.id, one, true);
          fields += 1;
        } else left += 1;
      });
      for (const _ of slices) await turn.tick(fields + left);
      if (turn.signal.aborted) fail('cancelled');
      this.#store.setState(step.id, 'undone');
    } catch (error) {
      await this.#afterFailure(step.id);
      throw error;
    }
    await this.#forget(step.id);
    return { fields, left };
  }

  /** Forgets what an undone step no longer needs. A failure is harmless: the next start does it. */
  async #forget(id: StepId): Promise<void> {
    try {
      const forget = (): number => inSlice(this.parts.database, () => this.#store.forget(id, sliceRows));
      while (forget() > 0) await nextTurn();
    } catch {
      // `recover` forgets what is left.
    }
  }

  /**
   * Undoes what a failure or cancel interrupted. If that fails too, it is done before the next step or at the next
   * start.
   */
  async #afterFailure(id: StepId): Promise<void> {
    try {
      const step = this.#store.get(id);
      if (step.state === 'preparing' || step.state === 'undoing') await this.#repairInTurns(step);
    } catch {
      // Report the first failure; this step stays marked as interrupted.
    }
  }

  async #repairInTurns(step: KeptStep): Promise<void> {
    for (const _ of this.#repair(step)) await nextTurn();
  }

  /** Takes an interrupted step back to its former state: not prepared, or prepared and not undone. In slices. */
  *#repair(step: KeptStep): Generator<void> {
    const { changes } = this.parts;
    if (step.state === 'preparing') {
      yield* this.#slices(step, false, (one) => {
        changes.replace(step.workOrderId, step.owner, one, one.is, one.was);
        this.#store.forgetField(step.id, one);
      });
      this.#store.remove(step.id);
    } else if (step.state === 'undoing') {
      yield* this.#slices(step, true, (one) => {
        changes.replace(step.workOrderId, step.owner, one, one.was, one.is);
        this.#store.mark(step.id, one, false);
      });
      this.#store.setState(step.id, 'prepared');
    }
  }

  /** Walks over the fields of a step, one transaction a slice. */
  *#slices(step: KeptStep, takenBack: boolean, work: (one: DoneEdit) => void): Generator<void> {
    let place: StepPlace | undefined = beforeAll;
    while (place) {
      const after: StepPlace = place;
      // Read in the transaction that uses them: values may be resealed between two.
      place = inSlice(this.parts.database, () => {
        const until = performance.now() + sliceMs;
        let last: StepPlace | undefined;
        for (const one of this.#store.slice(step.id, takenBack, after, sliceRows)) {
          work(one);
          last = one;
          if (performance.now() >= until) break;
        }
        return last;
      });
      yield;
    }
  }
}

/** Sorts records by the indexes that their edits go into: neighbours share pages, and pages are written whole. */
function inIndexOrder(items: BatchItem[]): BatchItem[] {
  const key = ({ remoteId }: BatchItem): string => remoteId ?? '';
  return items.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
