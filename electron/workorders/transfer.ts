import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { FieldEdit } from '../../shared/diff';
import {
  type ChangeId,
  type WorkOrder,
  type WorkOrderDraft,
  type WorkOrderId,
  workOrderDraftSchema,
} from '../../shared/model/change';
import type { Connection, RecordsOf } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import {
  largestFile,
  type SealedContent,
  type TransferMapping,
  type TransferPreview,
  type WorkOrderFile,
} from '../../shared/transfer';
import { toldTitle } from '../apply/told-title';
import { workOrderLabel } from '../changes/work-orders';
import { readText } from '../files/disk';
import type { Journal } from '../journal/journal';
import { inTransaction } from '../storage/database';
import { type ComposedFile, type ComposeParts, composeFile, type SealedOf } from './compose';
import { canEdit, matched, previewOf, type Takeable, takeable } from './preview';
import { readWorkOrderFile } from './read';
import { openSecrets } from './secrets';

export interface TransferParts extends ComposeParts {
  readonly journal: Journal;
  readonly syncedAt: (of: RecordsOf) => number | null;
  readonly titleOf: (of: RecordsOf, remoteId: string) => string | null;
}

export interface TakeIn {
  readonly token: string;
  readonly mapping: TransferMapping;
  /** Opens the sealed secrets; without it they stay out. */
  readonly passphrase: string | null;
  readonly replace: boolean;
}

interface OpenedFile {
  readonly name: string;
  readonly file: WorkOrderFile;
}

// A person looks at one; the one before may still stand in a dialog.
const keptOpen = 3;

/** Work orders as files: written, looked at, and taken in. An opened file is kept as it was read, secrets sealed. */
export class WorkOrderTransfer {
  readonly #opened = new Map<string, OpenedFile>();

  constructor(private readonly parts: TransferParts) {}

  compose(workOrderId: WorkOrderId, passphrase: string | null): Promise<ComposedFile> {
    return composeFile(this.parts, workOrderId, passphrase);
  }

  /**
   * Journals that secrets leave in a work order's file, once for each connection that they are of. Call before the file
   * is written, as before a secret is shown: one that then cannot be written was asked for all the same.
   */
  noteSealed(workOrderId: WorkOrderId, sealed: readonly SealedOf[]): void {
    const { database, journal, workOrders, actor } = this.parts;
    const workOrder = workOrderLabel(workOrders.get(workOrderId));
    inTransaction(database, () => {
      for (const { connection, secrets, records } of sealed) {
        const { id: connectionId, name: connectionName, site, kind } = connection;
        journal.note(
          { connectionId, remoteId: '', title: workOrder, workOrderId },
          { note: 'secrets-exported', connectionName, site, kind, workOrder, actor, secrets, records },
        );
      }
    });
  }

  /** Reads a file and says what it would bring in. @throws ProblemError `file-…` */
  async open(path: string): Promise<TransferPreview> {
    const file = readWorkOrderFile(await readText(path, largestFile));
    const token = randomUUID();
    this.#opened.set(token, { name: basename(path), file });
    for (const old of [...this.#opened.keys()].slice(0, -keptOpen)) this.#opened.delete(old);
    return this.preview(token, matched(file, this.parts.connections()));
  }

  /** @throws ProblemError `not-found` where the file is not open any more, `invalid-input` for a wrong connection */
  preview(token: string, mapping: TransferMapping): TransferPreview {
    const { name, file } = this.#get(token);
    const connections = this.parts.connections();
    checkMapping(file, mapping, connections);
    const order = this.parts.workOrders.byOrigin(file.header.origin);
    return previewOf(token, name, file, mapping, {
      ...this.parts,
      connections,
      already: order && { workOrder: order, changes: this.parts.changes.list(null, order.id) },
    });
  }

  /**
   * Takes an opened file in: all of what its preview says is stored, or nothing.
   * @throws ProblemError `passphrase-wrong`, `taken-in-before` where it is here already and is not to be replaced,
   * `nothing-to-take-in`, `busy` while the work order is applied
   */
  async takeIn({ token, mapping, passphrase, replace }: TakeIn): Promise<WorkOrder> {
    const { file } = this.#get(token);
    const content = passphrase === null ? [] : await openSecrets(file, passphrase);
    const order = inTransaction(this.parts.database, () => this.#store(file, mapping, content, replace));
    this.#opened.delete(token);
    return order;
  }

  #store(file: WorkOrderFile, mapping: TransferMapping, content: SealedContent, replace: boolean): WorkOrder {
    const { workOrders, changes } = this.parts;
    const connections = this.parts.connections();
    checkMapping(file, mapping, connections);
    const taken = takeable(file, mapping, connections);
    const already = workOrders.byOrigin(file.header.origin);
    if (already && !replace) fail('taken-in-before', { name: workOrderLabel(already) });
    if (already?.state === 'applying') fail('busy', { name: 'apply' });
    const order = already ?? workOrders.create(draftOf(file), { origin: file.header.origin });
    const kept = new Set<ChangeId>();
    for (const one of taken) {
      const known = this.parts.titleOf(one.connection, one.change.remoteId);
      const title = toldTitle(one.change.title, known);
      const { connection, change } = one;
      const target = { workOrderId: order.id, connection, remoteId: change.remoteId, title, stored: null };
      // What the file keeps to itself is no reason to lose what was prepared here.
      const rest = { goesBut: withheld(one, content) };
      const id = changes.apply(target, editsOf(one, content), rest)?.changeId;
      if (id) kept.add(id);
    }
    if (kept.size === 0) fail('nothing-to-take-in');
    if (already) {
      workOrders.update(order.id, draftOf(file));
      workOrders.makeCurrent(order.id);
      const rest = changes.list(null, order.id).filter(({ id }) => !kept.has(id));
      changes.drop(rest.map(({ id }) => id));
    }
    return workOrders.get(order.id);
  }

  #get(token: string): OpenedFile {
    return this.#opened.get(token) ?? fail('not-found', { what: 'file' });
  }
}

/** Every connection of the file is answered once, with one of the same kind or with none. */
function checkMapping(
  file: WorkOrderFile,
  mapping: TransferMapping,
  connections: readonly Connection[],
): void {
  const answered = new Map(mapping.map(({ key, connectionId }) => [key, connectionId]));
  if (answered.size !== mapping.length || mapping.length !== file.connections.length)
    fail('invalid-input', { field: 'mapping' });
  for (const { key, kind } of file.connections) {
    const id = answered.get(key);
    if (id === undefined) fail('invalid-input', { field: 'mapping' });
    const chosen = connections.find((one) => one.id === id);
    if (id !== null && chosen?.kind !== kind) fail('invalid-input', { field: 'kind' });
  }
}

function draftOf({ header: { name, customer, ticket, note } }: WorkOrderFile): WorkOrderDraft {
  return workOrderDraftSchema.parse({ name, customer, ticket, note });
}

/** What of a change can be prepared here, its secrets too where they were opened. */
function editsOf({ index, change, connection }: Takeable, content: SealedContent): readonly FieldEdit[] {
  const secrets = content.find((one) => one.change === index)?.fields ?? [];
  return [...change.fields, ...secrets].filter(({ field }) => canEdit(connection, field));
}

function withheld({ index, change }: Takeable, content: SealedContent): readonly string[] {
  const opened = content.some((one) => one.change === index);
  return opened ? change.leftOut : [...change.leftOut, ...change.sealed];
}
