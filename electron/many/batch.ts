import { randomUUID } from 'node:crypto';
import { type Catalog, catalogOf, fieldsByName } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import { expiryDoubt, localDay } from '../../shared/expiry';
import {
  type BatchId,
  type BatchProblem,
  type BatchRow,
  type BatchStatus,
  type BatchSummary,
  batchIdSchema,
  batchStatuses,
  type Step,
} from '../../shared/model/batch';
import type { RecordsOf } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import { looksOf, SecretCounts } from '../apply/secret-looks';
import type { EditMoments } from '../time/edit-moments';
import { masked } from '../values/show';

/** One field of a row: what it is now (as prepared, else as stored) and what it shall be. Secrets open. */
export interface BatchEdit {
  readonly field: string;
  readonly from: FieldValue;
  readonly to: FieldValue;
}

export interface BatchItem {
  readonly remoteId: string | null;
  readonly title: string;
  readonly line: number | null;
  readonly status: BatchStatus;
  readonly edits: readonly BatchEdit[];
  readonly problems: readonly BatchProblem[];
}

/** The result of a bulk edit or a spreadsheet. */
export interface BatchContent {
  readonly connection: RecordsOf;
  readonly what: Step['what'];
  readonly name: string;
  readonly items: readonly BatchItem[];
  /** What else is prepared of a record goes when its row is prepared. */
  readonly alone: boolean;
  /** Only compared; never to be prepared. */
  readonly reportOnly: boolean;
  /** The moment (see `BatchBook.moment`) when it began to be worked out; later edits are not in it. Now, where left out. */
  readonly since?: number;
}

export interface Batch extends BatchContent {
  readonly id: BatchId;
  readonly madeAt: number;
  /** The edit count at that moment: nobody who looked at the batch saw later edits. */
  readonly edits: number;
  readonly summary: BatchSummary;
  /** The places of the rows of each status. */
  readonly byStatus: Readonly<Record<BatchStatus, readonly number[]>>;
  /** The places of the rows with each kind of problem. */
  readonly byProblem: ReadonlyMap<string, ProblemPlaces>;
}

/** Which rows of a batch are looked at. */
export interface BatchWindow {
  readonly status: BatchStatus | null;
  readonly problem?: ProblemKind | undefined;
  readonly offset: number;
  readonly limit: number;
}

type ProblemKind = Pick<BatchProblem, 'field' | 'code'>;
type ProblemPlaces = ProblemKind & { readonly places: number[] };

// One being looked at in each of a few tabs; each can hold 50,000 rows.
const kept = 6;

/** Batches that were made and not yet prepared, in memory: the newest few. */
export class BatchBook {
  readonly #batches = new Map<BatchId, Batch>();
  /** How often each batch gives a secret: counted when its rows are first looked at. */
  readonly #counted = new WeakMap<Batch, SecretCounts>();

  constructor(private readonly moments?: EditMoments) {}

  /** Returns the present moment, to recognise later edits. */
  moment(): number {
    return this.moments?.take() ?? Date.now();
  }

  /** Keeps a batch. @returns its summary */
  add(made: BatchContent): BatchSummary {
    const content = { ...made, items: withDoubts(made) };
    const id = batchIdSchema.parse(randomUUID());
    const byStatus = placesByStatus(content.items);
    const byProblem = placesByProblem(content.items);
    const madeAt = content.since ?? this.moment();
    const summary = summaryOf(id, content, byStatus, byProblem);
    this.#batches.set(id, {
      ...content,
      id,
      madeAt,
      edits: this.moments?.at(madeAt) ?? Number.MAX_SAFE_INTEGER,
      summary,
      byStatus,
      byProblem,
    });
    for (const old of [...this.#batches.keys()].slice(0, -kept)) this.#batches.delete(old);
    return summary;
  }

  /** @throws ProblemError `not-found` where it was prepared or pushed out since */
  get(id: BatchId): Batch {
    return this.#batches.get(id) ?? fail('not-found', { what: 'batch' });
  }

  drop(id: BatchId): void {
    this.#batches.delete(id);
  }

  #secrets(batch: Batch): SecretCounts {
    const known = this.#counted.get(batch);
    if (known) return known;
    const counts = new SecretCounts();
    const specs = fieldsByName(catalogOf(batch.connection));
    batch.items.forEach(({ remoteId, edits }, index) => {
      for (const { field, to } of edits) {
        const spec = specs.get(field);
        if (spec) counts.add(spec, remoteId ?? String(index), to);
      }
    });
    this.#counted.set(batch, counts);
    return counts;
  }

  /** A window of a batch's rows, values masked for the renderer. */
  rows(id: BatchId, { status, problem, offset, limit }: BatchWindow): { total: number; rows: BatchRow[] } {
    const batch = this.get(id);
    const catalog = catalogOf(batch.connection);
    const places = problem
      ? (batch.byProblem.get(problemKey(problem))?.places ?? [])
      : status === null
        ? null
        : batch.byStatus[status];
    const total = places?.length ?? batch.items.length;
    const rows: BatchRow[] = [];
    for (let at = offset; at < Math.min(offset + limit, total); at += 1) {
      const index = places ? places[at] : at;
      const item = index === undefined ? undefined : batch.items[index];
      if (item && index !== undefined) rows.push(shownRow(catalog, item, index, this.#secrets(batch)));
    }
    return { total, rows };
  }
}

/** The items with what is to be looked at twice; that holds no row back. */
function withDoubts({ connection, items }: BatchContent): readonly BatchItem[] {
  const specs = catalogOf(connection).fields.filter(({ expires }) => expires);
  if (specs.length === 0) return items;
  const today = localDay(new Date());
  return items.map((item) => {
    if (item.status !== 'differs') return item;
    const doubts = specs.flatMap((spec): BatchProblem[] => {
      const edit = item.edits.find(({ field }) => field === spec.name);
      const doubt = edit ? expiryDoubt(spec, edit.to, today) : null;
      return doubt ? [{ field: spec.name, code: `reason.${doubt}`, detail: edit?.to ?? '' }] : [];
    });
    return doubts.length > 0 ? { ...item, problems: [...item.problems, ...doubts] } : item;
  });
}

function shownRow(catalog: Catalog, item: BatchItem, index: number, order: SecretCounts): BatchRow {
  const specs = fieldsByName(catalog);
  const edits = item.edits.map(({ field, from, to }) => ({ field, base: from, next: to }));
  const looks = looksOf(catalog, item.remoteId ?? String(index), edits, null, { order, server: null });
  return {
    index,
    line: item.line,
    remoteId: item.remoteId,
    title: item.title,
    status: item.status,
    fields: item.edits.map(({ field, from, to }) => ({
      field,
      from: masked(specs.get(field), from),
      to: masked(specs.get(field), to),
      ...(looks.has(field) ? { look: looks.get(field) } : {}),
    })),
    problems: [...item.problems],
  };
}

function placesByStatus(items: readonly BatchItem[]): Record<BatchStatus, number[]> {
  const places: Record<BatchStatus, number[]> = {
    differs: [],
    same: [],
    kept: [],
    invalid: [],
    missing: [],
    doubled: [],
  };
  items.forEach((item, index) => {
    places[item.status].push(index);
  });
  return places;
}

function placesByProblem(items: readonly BatchItem[]): Map<string, ProblemPlaces> {
  const found = new Map<string, ProblemPlaces>();
  items.forEach(({ problems }, index) => {
    for (const { field, code } of problems) {
      const key = problemKey({ field, code });
      const known = found.get(key) ?? { field, code, places: [] };
      // A row can have a problem twice.
      if (known.places.at(-1) !== index) known.places.push(index);
      found.set(key, known);
    }
  });
  return found;
}

function problemKey({ field, code }: ProblemKind): string {
  return `${field ?? ''} ${code}`;
}

function summaryOf(
  id: BatchId,
  { connection, items }: BatchContent,
  byStatus: Readonly<Record<BatchStatus, readonly number[]>>,
  byProblem: ReadonlyMap<string, ProblemPlaces>,
): BatchSummary {
  const fields = new Map<string, number>();
  for (const item of items) {
    if (item.status === 'differs') {
      for (const { field } of item.edits) fields.set(field, (fields.get(field) ?? 0) + 1);
    }
  }
  const counts = Object.fromEntries(
    batchStatuses.map((status) => [status, byStatus[status].length]),
  ) as Record<BatchStatus, number>;
  return {
    id,
    connectionId: connection.id,
    collection: connection.collection,
    total: items.length,
    counts,
    fields: catalogOf(connection).fields.flatMap(({ name }) => {
      const rows = fields.get(name);
      return rows === undefined ? [] : [{ field: name, rows }];
    }),
    problems: [...byProblem.values()]
      .map(({ field, code, places }) => ({ field, code, rows: places.length }))
      .sort((a, b) => b.rows - a.rows),
  };
}
