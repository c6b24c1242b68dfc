import { webcrypto } from 'node:crypto';
import { type RuledRecord, type RuleTools, ruleWorker, type SameRule } from '../../shared/bulk/apply-rule';
import { catalogOf, type FieldSpec, fieldSpec } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import { localDay } from '../../shared/expiry';
import type { BatchId, BatchProblem, BatchSummary } from '../../shared/model/batch';
import { type Connection, type ConnectionId, type RecordsOf, recordsOf } from '../../shared/model/connection';
import type { BulkField } from '../../shared/model/many';
import { fail } from '../../shared/model/problem';
import type { ShownValue } from '../../shared/model/record';
import type { Changes } from '../changes/changes';
import type { Present } from '../changes/present';
import type { GridEntry } from '../directory/entries';
import type { Jobs, Turn } from '../jobs/jobs';
import { inTurns } from '../jobs/turns';
import type { Database } from '../storage/database';
import { directoryName, isDirectoryOf } from '../storage/owner';
import type { Sealer } from '../storage/sealing';
import { openField } from '../values/open';
import { shown } from '../values/show';
import type { BatchBook, BatchEdit, BatchItem } from './batch';
import type { Drafts, OpenDraft } from './drafts';
import { Pattern } from './pattern';
import { byId, type RecordsPort } from './records';
import { type DraftRow, markCollisions } from './unique';

export interface BulkParts {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly jobs: Jobs;
  readonly batches: BatchBook;
  readonly drafts: Drafts;
  readonly records: RecordsPort;
  readonly changes: Pick<Changes, 'present'>;
  /** @throws ProblemError `not-found` */
  readonly connection: (id: ConnectionId) => Connection;
}

interface Worker {
  readonly spec: FieldSpec;
  readonly work: (record: RuledRecord) => ReturnType<ReturnType<typeof ruleWorker>>;
}

// A pattern's values computed in one piece.
const ahead = 256;

/** Works bulk edits out: what the fields are over all records, and what the rules would make of them. */
export class Bulk {
  readonly #previews = new Map<string, string>();
  // The newest and the one before, which a window may still be showing.
  readonly #made = new Map<string, readonly BatchId[]>();

  constructor(private readonly parts: BulkParts) {}

  /** What each field is over all records of the draft. @throws ProblemError `not-found`, `cancelled` */
  fields(connection: RecordsOf, job: string): Promise<BulkField[]> {
    const remoteIds = this.parts.drafts.remoteIds(connection);
    const { fields } = catalogOf(connection);
    return this.parts.jobs.run({ job, kind: 'bulk' }, remoteIds.length, async (turn) => {
      const there = byId(await this.parts.records.found(connection, null));
      const present = this.#present(connection);
      const seen = new Map<FieldSpec, { value: ShownValue; various: boolean }>();
      let open = fields;
      await inTurns(remoteIds, turn, (remoteId) => {
        // What is various is looked at no more; where all is, nothing is.
        const entry = open.length > 0 ? there.get(remoteId) : undefined;
        if (!entry) return;
        for (const spec of open) {
          const value = shown(spec, present.value(spec, remoteId, entry.stored));
          const known = seen.get(spec);
          if (!known) seen.set(spec, { value, various: false });
          else if (!sameShown(known.value, value)) known.various = true;
        }
        if (open.some((spec) => seen.get(spec)?.various))
          open = open.filter((spec) => !seen.get(spec)?.various);
      });
      return fields.map((spec) => {
        const { value = null, various = false } = seen.get(spec) ?? {};
        return { field: spec.name, value: various ? null : value, various };
      });
    });
  }

  /**
   * Works the rules out over all records of the draft. A later call for the same directory ends an earlier one.
   * @throws ProblemError `not-found`, `cancelled`, or why a secret of a rule does not open now
   */
  async preview(connection: RecordsOf, job: string): Promise<BatchSummary> {
    const draft = this.parts.drafts.openDraft(connection);
    const key = directoryName(connection);
    const earlier = this.#previews.get(key);
    if (earlier !== undefined) this.parts.jobs.cancel(earlier);
    this.#previews.set(key, job);
    try {
      return await this.parts.jobs.run({ job, kind: 'bulk' }, draft.remoteIds.length, async (turn) => {
        const items = await this.#items(connection, draft, turn);
        if (turn.signal.aborted) fail('cancelled');
        const { what, name } = draft.origin;
        return this.#keep({ connection, what, name, items, alone: false, reportOnly: false });
      });
    } finally {
      if (this.#previews.get(key) === job) this.#previews.delete(key);
    }
  }

  /** Lets go what was worked out for a connection. */
  forget(id: ConnectionId): void {
    for (const [name, batches] of this.#made) {
      if (!isDirectoryOf(name, id)) continue;
      for (const batch of batches) this.parts.batches.drop(batch);
      this.#made.delete(name);
    }
    for (const [name, job] of this.#previews) if (isDirectoryOf(name, id)) this.parts.jobs.cancel(job);
  }

  #keep(content: Parameters<BatchBook['add']>[0]): BatchSummary {
    const summary = this.parts.batches.add(content);
    const name = directoryName(content.connection);
    const [newest, ...old] = this.#made.get(name) ?? [];
    for (const id of old) this.parts.batches.drop(id);
    this.#made.set(name, newest ? [summary.id, newest] : [summary.id]);
    return summary;
  }

  async #items(connection: RecordsOf, draft: OpenDraft, turn: Turn): Promise<BatchItem[]> {
    const entries = await this.parts.records.found(connection, null);
    const there = byId(entries);
    const present = this.#present(connection);
    const { workers, warm } = await this.#workers(connection, draft, present);
    const rows: DraftRow[] = [];
    await inTurns(draft.remoteIds, turn, (remoteId, place) => {
      if (warm && place % ahead === 0) warm(draft.remoteIds.slice(place, place + ahead), there);
      const entry = there.get(remoteId);
      rows.push(entry ? this.#row(entry, place, workers, present) : missing(remoteId));
    });
    for (const { spec } of workers) {
      if (spec.unique) await markCollisions(spec, rows, entries, present, turn);
    }
    return rows.map(toItem);
  }

  #row(entry: GridEntry, place: number, workers: readonly Worker[], present: Present): DraftRow {
    const { remoteId, title, stored } = entry;
    const edits: BatchEdit[] = [];
    const problems: BatchProblem[] = [];
    const other = (spec: FieldSpec): FieldValue => present.value(spec, remoteId, stored) ?? null;
    for (const { spec, work } of workers) {
      const current = present.value(spec, remoteId, stored);
      if (current === undefined) {
        problems.push({ field: spec.name, code: 'reason.secret-closed' });
        continue;
      }
      const onServer = present.isPrepared(remoteId, spec.name)
        ? (openField(this.parts.sealer, spec, stored) ?? null)
        : current;
      const { value, problem } = work({ current, stored: onServer, place, other });
      if (problem) problems.push({ field: spec.name, ...problem });
      if (value !== undefined && value !== current)
        edits.push({ field: spec.name, from: current, to: value });
    }
    return { remoteId, title, missing: false, edits, problems };
  }

  /** The rules made ready; `warm` works out what goes faster for many records at once. */
  async #workers(connection: RecordsOf, { rules }: OpenDraft, present: Present) {
    const catalog = catalogOf(connection);
    const ready: { spec: FieldSpec; pattern: Pattern }[] = [];
    const workers: Worker[] = [];
    for (const { spec, rule } of rules) {
      const same = rule.rule === 'same' ? await this.#same(spec, rule) : ({ gone: 'source-gone' } as const);
      const tools: RuleTools = {
        today: localDay(new Date()),
        random: (bytes) => webcrypto.getRandomValues(bytes),
        pattern: (replace) => {
          const pattern = new Pattern(replace);
          ready.push({ spec, pattern });
          return (value) => pattern.replace(value);
        },
        same: () => same,
      };
      workers.push({ spec, work: ruleWorker(catalog, spec, rule, tools) });
    }
    const warm = (ids: readonly string[], there: ReadonlyMap<string, GridEntry>): void => {
      for (const { spec, pattern } of ready) {
        const found = ids.flatMap((id) => there.get(id) ?? []);
        pattern.ahead(found.map(({ remoteId, stored }) => present.value(spec, remoteId, stored) ?? ''));
      }
    };
    return { workers, warm: ready.length > 0 ? warm : null };
  }

  /** The value that a field is to be the same as: another record's, with what is prepared of it. */
  async #same(spec: FieldSpec, rule: SameRule): Promise<ReturnType<RuleTools['same']>> {
    const source = this.#source(rule);
    // A field of the same name on another kind of server is a different field.
    if (!source || fieldSpec(source, spec.name) !== spec) return { gone: 'source-gone' };
    const entry = byId(await this.parts.records.found(source, null)).get(rule.remoteId);
    if (!entry) return { gone: 'source-gone' };
    const value = this.#present(source).value(spec, rule.remoteId, entry.stored);
    return value === undefined ? { gone: 'secret-closed' } : { value };
  }

  #source({ connectionId, collection }: SameRule): RecordsOf | null {
    try {
      return recordsOf(this.parts.connection(connectionId), collection);
    } catch {
      return null;
    }
  }

  #present(connection: RecordsOf): Present {
    return this.parts.changes.present(connection);
  }
}

function missing(remoteId: string): DraftRow {
  const problems: BatchProblem[] = [{ field: null, code: 'reason.not-found', detail: remoteId }];
  return { remoteId, title: remoteId, missing: true, edits: [], problems };
}

function toItem({ remoteId, title, missing: gone, edits, problems }: DraftRow): BatchItem {
  const status = gone ? 'missing' : problems.length > 0 ? 'invalid' : edits.length > 0 ? 'differs' : 'same';
  return { remoteId, title, line: null, status, edits, problems };
}

function sameShown(a: ShownValue, b: ShownValue): boolean {
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string')
    return (a ?? '') === (b ?? '');
  return a.secret === b.secret;
}
