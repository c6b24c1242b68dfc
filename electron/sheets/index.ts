import { randomUUID } from 'node:crypto';
import { type Catalog, catalogOf, type OfCollection } from '../../shared/catalog';
import type { BatchId, BatchSummary } from '../../shared/model/batch';
import { type Connection, type ConnectionId, type RecordsOf, recordsOf } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import { type SheetId, type SheetSettings, type SheetView, sheetIdSchema } from '../../shared/model/sheet';
import type { Changes } from '../changes/changes';
import { type WorkOrders, workOrderLabel } from '../changes/work-orders';
import type { Directory } from '../directory/directory';
import type { GridQuery } from '../directory/grid';
import { writeWhole } from '../files/disk';
import type { Jobs } from '../jobs/jobs';
import { namedCollection } from '../journal/entries';
import type { Journal } from '../journal/journal';
import type { BatchBook, BatchItem } from '../many/batch';
import type { Database } from '../storage/database';
import type { Sealer } from '../storage/sealing';
import { compareSheet } from './compare';
import { countSecrets, exportedFields, exportPieces, type SheetExport } from './export';
import { isDoubtfulTitle } from './places';
import { countWrong, type ProblemsRequest, problemPieces } from './problems';
import { RememberedColumns } from './remembered';
import { type Around, type OpenSheet, readSheet, setUp } from './sheet';
import { ValueWords } from './value-words';
import { viewOf } from './view';

export interface SheetsParts {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly directory: Directory;
  readonly batches: BatchBook;
  readonly jobs: Jobs;
  readonly journal: Journal;
  readonly workOrders: WorkOrders;
  readonly changes: Pick<Changes, 'present'>;
  readonly actor: string;
  readonly connection: (id: ConnectionId) => Connection;
}

/** What an export is of. */
export interface ExportWanted extends SheetExport {
  readonly columns: readonly string[];
  /** Which records, in which order. */
  readonly query: GridQuery;
}

const all: GridQuery = { text: '', sort: null, only: null };
// Each holds its file: 64 MB at most.
const kept = 4;
// As many as comparisons are kept.
const keptComparisons = 6;

interface Comparison {
  readonly sheet: OpenSheet;
  readonly of: OfCollection;
  readonly items: readonly BatchItem[];
}

/** Spreadsheets: opened, set up, compared with the directory, and written. */
export class Sheets {
  readonly #open = new Map<SheetId, OpenSheet>();
  readonly #comparisons = new Map<BatchId, Comparison>();
  readonly #remembered: RememberedColumns;

  constructor(private readonly parts: SheetsParts) {
    this.#remembered = new RememberedColumns(parts.database);
  }

  /**
   * Takes a file in.
   * @param name the file's name; empty for pasted cells
   * @throws ProblemError `sheet-empty`, `sheet-not-text`, `cancelled`
   */
  open(connection: RecordsOf, name: string, bytes: Uint8Array, job: string): Promise<SheetView> {
    return this.parts.jobs.run({ job, kind: 'sheet' }, bytes.length, async (turn) => {
      const id = sheetIdSchema.parse(randomUUID());
      const source = { id, connectionId: connection.id, collection: connection.collection, name, bytes };
      const sheet = await readSheet(source, await this.#around(connection), turn);
      this.#open.set(id, sheet);
      for (const old of [...this.#open.keys()].slice(0, -kept)) this.#open.delete(old);
      return viewOf(catalogOf(connection), sheet);
    });
  }

  /** Null where it was closed, or the program was started anew. */
  view(id: SheetId): SheetView | null {
    const sheet = this.#open.get(id);
    return sheet ? viewOf(this.#catalog(sheet), sheet) : null;
  }

  /** Reads a sheet with other settings. What a person matches is remembered for the next file. */
  configure(id: SheetId, settings: SheetSettings, job: string): Promise<SheetView> {
    const sheet = this.#get(id);
    const connection = this.#records(sheet);
    return this.parts.jobs.run({ job, kind: 'sheet' }, sheet.bytes.length, async (turn) => {
      const next = await setUp(sheet, settings, await this.#around(connection), turn);
      if (!this.#open.has(id)) fail('not-found', { what: 'file' });
      this.#open.set(id, next);
      this.#remember(connection, sheet, next);
      return viewOf(catalogOf(connection), next);
    });
  }

  close(id: SheetId): void {
    this.#open.delete(id);
  }

  /** Compares every row with its record. @throws ProblemError `sheet-no-key` */
  preview(id: SheetId, job: string): Promise<BatchSummary> {
    const { parts } = this;
    const sheet = this.#get(id);
    const connection = this.#records(sheet);
    const catalog = catalogOf(connection);
    const { key, policy } = sheet.settings;
    if (key === null) fail('sheet-no-key');
    return parts.jobs.run({ job, kind: 'sheet' }, sheet.body.length, async (turn) => {
      const since = parts.batches.moment();
      const records = await parts.directory.found(connection, all);
      const present = parts.changes.present(connection);
      const words = new ValueWords((field) => parts.directory.lookup(connection, field));
      const compared = { catalog, sealer: parts.sealer, records, present, words };
      const items = await compareSheet(sheet, key, compared, turn);
      const summary = parts.batches.add({
        connection,
        what: 'sheet',
        name: sheet.name,
        items,
        alone: policy === 'overwrite',
        reportOnly: policy === 'report',
        since,
      });
      this.#comparisons.set(summary.id, { sheet, of: connection, items });
      const old = [...this.#comparisons.keys()].slice(0, -keptComparisons);
      for (const one of old) this.#comparisons.delete(one);
      return summary;
    });
  }

  /** How many rows of a comparison are to be corrected, and the name of the file that it was of. */
  wrongRows(batchId: BatchId): { readonly rows: number; readonly name: string } {
    const { items, sheet } = this.#comparison(batchId);
    return { rows: countWrong(items), name: sheet.name };
  }

  /** Writes the rows that are to be corrected. @throws ProblemError `file-not-saved`, `cancelled` */
  writeProblems(batchId: BatchId, path: string, request: ProblemsRequest, job: string): Promise<void> {
    const { sheet, of, items } = this.#comparison(batchId);
    return this.parts.jobs.run({ job, kind: 'sheet' }, items.length, (turn) =>
      writeWhole(path, problemPieces(of, sheet, items, request, turn)),
    );
  }

  /**
   * Writes records. That secrets leave is journalled before.
   * @returns how many records there are in the file
   * @throws ProblemError `file-not-saved`, `cancelled`, what the keychain says where secrets are asked for
   */
  async export(connection: RecordsOf, path: string, wanted: ExportWanted, job: string): Promise<number> {
    const { sealer, directory, jobs } = this.parts;
    const catalog = catalogOf(connection);
    const fields = exportedFields(catalog, wanted.columns, wanted.secrets);
    if (fields.some((spec) => spec.secret) && !sealer.ready) fail(sealer.whyUnreadable);
    const records = await directory.found(connection, wanted.query);
    await jobs.run({ job, kind: 'sheet' }, records.length, async (turn) => {
      const counted = await countSecrets(records, fields, turn);
      const columns = fields.filter((spec) => spec.secret).map(({ name }) => name);
      if (counted.secrets > 0) this.#note(connection, { columns, ...counted });
      await writeWhole(path, exportPieces(records, fields, wanted, sealer, turn));
    });
    return records.length;
  }

  #note(of: RecordsOf, what: { columns: string[]; secrets: number; records: number }): void {
    const { journal, workOrders, actor } = this.parts;
    const workOrder = workOrderLabel(workOrders.current());
    const { id, name, site, kind } = of;
    const about = { connectionName: name, site, kind, ...namedCollection(of), workOrder, actor };
    journal.note(
      { connectionId: id, remoteId: '', title: name, workOrderId: null },
      { note: 'secrets-to-sheet', ...about, ...what },
    );
  }

  /** Only where columns stand as they stood: what is found by itself after a new cut is nobody's choice. */
  #remember(of: OfCollection, before: OpenSheet, after: OpenSheet): void {
    if (after.table !== before.table || after.heading !== before.heading || !after.heading) return;
    const changed = after.columns.filter(
      ({ field }, index) =>
        field !== before.columns[index]?.field && !isDoubtfulTitle(catalogOf(of), after, index),
    );
    this.#remembered.keep(of, changed);
  }

  async #around(connection: RecordsOf): Promise<Around> {
    return {
      catalog: catalogOf(connection),
      records: await this.parts.directory.found(connection, all),
      earlier: this.#remembered.of(connection),
    };
  }

  #catalog(sheet: OpenSheet): Catalog {
    return catalogOf(this.#records(sheet));
  }

  #records({ connectionId, collection }: OpenSheet): RecordsOf {
    return recordsOf(this.parts.connection(connectionId), collection);
  }

  #get(id: SheetId): OpenSheet {
    return this.#open.get(id) ?? fail('not-found', { what: 'file' });
  }

  #comparison(id: BatchId): Comparison {
    return this.#comparisons.get(id) ?? fail('not-found', { what: 'file' });
  }
}
