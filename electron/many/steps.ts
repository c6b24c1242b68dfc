import { setImmediate as nextTurn } from 'node:timers/promises';
import { catalogOf } from '../../shared/catalog';
import type { BatchId, Step, StepId } from '../../shared/model/batch';
import type { WorkOrderId } from '../../shared/model/change';
import type { Connection, ConnectionId } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import type { Database } from '../storage/database';
import type { Sealer } from '../storage/sealing';
import { inSlice } from '../storage/slices';
import type { WorkOrders } from '../workorders/work-orders';
import type { Batch, BatchBook, BatchItem } from './batch';
import type { Jobs, Turn } from './jobs';
import { beforeAll, type KeptStep, type StepField, type StepPlace, StepStore, stepOf } from './step-store';
import { StepWriter } from './step-writer';

export interface StepsParts {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly jobs: Jobs;
  readonly batches: BatchBook;
  readonly workOrders: WorkOrders;
  /** @throws ProblemError `not-found` */
  readonly connection: (id: ConnectionId) => Connection;
  /** Edits have changed. */
  readonly changed: (connectionId: ConnectionId) => void;
}

// A transaction holds everything else up, and each one costs a flush of the disk.
const sliceMs = 10;
const sliceRows = 500;

/**
 * Batches that were prepared, each as one step: whole or not at all, and taken back as one. The work is done in small
 * transactions, so that what a person types meanwhile is stored between two of them; what a step did to which field
 * stands in the same transaction as the edit itself, so that it can be taken back whenever it is cut off.
 */
export class Steps {
  readonly #store: StepStore;
  // One at a time on a connection: what one takes back must not be what the other builds on.
  readonly #working = new Set<ConnectionId>();

  constructor(private readonly parts: StepsParts) {
    this.#store = new StepStore(parts.database);
  }

  /** The steps of a work order, newest first. */
  list(workOrderId: WorkOrderId): Step[] {
    return this.#store.list(workOrderId);
  }

  /**
   * Prepares what differs in a batch as edits in the work order that takes new ones. Rows whose record was read or
   * edited since the batch was made are left alone.
   * @returns the step, null where nothing was left to prepare; and how many rows were left alone
   * @throws ProblemError `busy`, `cancelled`, or what the keychain or disk says; then nothing of it is prepared
   */
  async prepare(batchId: BatchId, job: string): Promise<{ step: Step | null; left: number }> {
    const batch = this.parts.batches.get(batchId);
    if (batch.reportOnly) fail('invalid-input', { field: 'batch', reason: 'report' });
    const connection = this.parts.connection(batch.connection.id);
    const result = await this.#alone(connection, async () => {
      const items = inIndexOrder(batch.byStatus.differs.flatMap((place) => batch.items[place] ?? []));
      return this.parts.jobs.run(job, items.length, (turn) => this.#prepare(connection, batch, items, turn));
    });
    if (result.step) this.parts.batches.drop(batchId);
    return result;
  }

  /**
   * Takes a step back. What was edited or applied since stays.
   * @returns how many fields were taken back, and how many stayed
   * @throws ProblemError `not-found`, `busy`, `cancelled`; then it is as it was
   */
  async undo(id: StepId, job: string): Promise<{ fields: number; left: number }> {
    const connection = this.parts.connection(this.#store.get(id).connectionId);
    return this.#alone(connection, async () => {
      const step = this.#store.get(id);
      if (step.state !== 'prepared') fail('not-found', { what: 'step' });
      const total = this.#store.count(id, false);
      return this.parts.jobs.run(job, total, (turn) => this.#undo(connection, step, turn));
    });
  }

  /** Takes back what was cut off between its transactions when the program ended. Needs no key; call once at the start. */
  recover(): void {
    try {
      for (const step of this.#store.cutOff(null)) {
        for (const _ of this.#repair(step)) {
          // Nothing else runs yet that could have its turn.
        }
      }
      this.#store.forgetUndone();
    } catch {
      // A full disk must not keep the program from starting: what is still cut off is taken back before the next step.
    }
  }

  /** Does a piece of work while nothing else prepares or undoes on the connection, cut-off work taken back before. */
  async #alone<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
    if (this.#working.has(connection.id)) fail('busy', { name: connection.name });
    this.#working.add(connection.id);
    try {
      // The disk may have been too full to take it back when it failed.
      for (const step of this.#store.cutOff(connection.id)) await this.#repairInTurns(step);
      return await work();
    } finally {
      this.#working.delete(connection.id);
      this.parts.changed(connection.id);
    }
  }

  async #prepare(
    connection: Connection,
    batch: Batch,
    items: readonly BatchItem[],
    turn: Turn,
  ): Promise<{ step: Step | null; left: number }> {
    const { database, sealer, workOrders } = this.parts;
    const fields = new Set<string>();
    let begun: { readonly id: StepId; readonly writer: StepWriter } | null = null;
    let [at, records, left] = [0, 0, 0];
    const begin = () => {
      const workOrderId = workOrders.forNewEdit().id;
      const writer = new StepWriter(database, sealer, connection, workOrderId);
      const { what, name } = batch;
      return { id: this.#store.begin({ workOrderId, connectionId: connection.id, what, name }), writer };
    };
    try {
      while (at < items.length) {
        // What a transaction counts counts only when it is stored.
        const slice = inSlice(database, () => {
          const step = begun ?? begin();
          this.#store.get(step.id);
          const until = performance.now() + sliceMs;
          let [next, written] = [at, 0];
          const touched: string[] = [];
          do {
            const item = items[next];
            const done = item && step.writer.prepare(item, batch.alone, batch.madeAt);
            for (const one of done ?? []) {
              step.writer.keep(step.id, one);
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
        const rest = turn.tick(at);
        if (rest) await rest;
      }
      if (!begun) return { step: null, left };
      if (turn.signal.aborted) fail('cancelled');
      return { step: this.#ended(begun.id, connection, records, fields), left };
    } catch (error) {
      if (begun) await this.#afterFailure(begun.id);
      throw error;
    }
  }

  #ended(id: StepId, { kind }: Connection, records: number, touched: ReadonlySet<string>): Step | null {
    if (records === 0) {
      this.#store.remove(id);
      return null;
    }
    const { fields } = catalogOf(kind);
    const inOrder = fields.map(({ name }) => name).filter((name) => touched.has(name));
    this.#store.end(id, records, inOrder);
    return stepOf(this.#store.get(id));
  }

  async #undo(connection: Connection, step: KeptStep, turn: Turn): Promise<{ fields: number; left: number }> {
    let [fields, left] = [0, 0];
    this.#store.setState(step.id, 'undoing');
    try {
      const writer = this.#writer(connection, step);
      const slices = this.#slices(step, false, (one) => {
        const done = writer.replace(one, one.is, one.was);
        if (done) {
          writer.mark(step.id, one, true);
          fields += 1;
        } else left += 1;
      });
      for (const _ of slices) {
        const rest = turn.tick(fields + left);
        if (rest) await rest;
      }
      if (turn.signal.aborted) fail('cancelled');
      this.#store.setState(step.id, 'undone');
    } catch (error) {
      await this.#afterFailure(step.id);
      throw error;
    }
    await this.#forget(step.id);
    return { fields, left };
  }

  /** Lets go what an undone step needs no more. It is done, so that this fails is no failure; the next start does it. */
  async #forget(id: StepId): Promise<void> {
    try {
      const forget = (): number => inSlice(this.parts.database, () => this.#store.forget(id, sliceRows));
      while (forget() > 0) await nextTurn();
    } catch {
      // `recover` forgets what is left.
    }
  }

  /** Takes back what a failure or a cancel cut off. Where that fails too it is done before the next, or at the start. */
  async #afterFailure(id: StepId): Promise<void> {
    try {
      const step = this.#store.get(id);
      if (step.state === 'preparing' || step.state === 'undoing') await this.#repairInTurns(step);
    } catch {
      // The first failure is the one to tell, and this step is still marked as cut off.
    }
  }

  async #repairInTurns(step: KeptStep): Promise<void> {
    for (const _ of this.#repair(step)) await nextTurn();
  }

  /** Takes a cut-off step back to what it was before: not prepared at all, or prepared and not undone. In slices. */
  *#repair(step: KeptStep): Generator<void> {
    const writer = this.#writer(this.parts.connection(step.connectionId), step);
    if (step.state === 'preparing') {
      yield* this.#slices(step, false, (one) => {
        writer.replace(one, one.is, one.was);
        writer.forget(step.id, one);
      });
      this.#store.remove(step.id);
    } else if (step.state === 'undoing') {
      yield* this.#slices(step, true, (one) => {
        writer.replace(one, one.was, one.is);
        writer.mark(step.id, one, false);
      });
      this.#store.setState(step.id, 'prepared');
    }
  }

  /** Goes over the fields of a step, a transaction a slice. */
  *#slices(step: KeptStep, takenBack: boolean, work: (one: StepField) => void): Generator<void> {
    let place: StepPlace | undefined = beforeAll;
    while (place) {
      const after: StepPlace = place;
      // Read in the transaction that works on them: between two, all of it may have been sealed anew.
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

  #writer(connection: Connection, step: KeptStep): StepWriter {
    return new StepWriter(this.parts.database, this.parts.sealer, connection, step.workOrderId);
  }
}

/** Records in the order of the indexes that their edits go into: neighbours share pages, and pages are written whole. */
function inIndexOrder(items: BatchItem[]): BatchItem[] {
  const key = ({ remoteId }: BatchItem): string => remoteId ?? '';
  return items.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
