import { z } from 'zod';
import type { BulkRule } from '../../shared/bulk/rule';
import {
  catalogOf,
  type FieldSpec,
  fieldSpec,
  isSameCollection,
  type OfCollection,
} from '../../shared/catalog';
import { beginning } from '../../shared/lib/storable';
import { type Connection, type ConnectionId, type RecordsOf, recordsOf } from '../../shared/model/connection';
import {
  type BulkDraft,
  type ComparedItem,
  type GridQueryInput,
  ruleOriginSchema,
  type TemplateId,
} from '../../shared/model/many';
import { fail } from '../../shared/model/problem';
import { type Database, inTransaction } from '../storage/database';
import { directoryName, isDirectoryOf, ownerOf } from '../storage/owner';
import { bulkPlace } from '../storage/place';
import { all, one, run } from '../storage/rows';
import type { Sealer } from '../storage/sealing';
import { byId, type RecordsPort } from './records';
import { checkRule, type OpenFieldRule, openRule, shownRule, storedRule } from './stored-rules';

/** What a bulk edit needs of templates. */
export interface TemplateRules {
  /** @throws ProblemError `not-found`, or why a secret in it does not open now */
  open(id: TemplateId): OfCollection & {
    readonly name: string;
    readonly rules: readonly OpenFieldRule[];
  };
}

export interface DraftsParts {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly records: RecordsPort;
  readonly selected: (of: RecordsOf) => ReadonlySet<string>;
  readonly connection: (id: ConnectionId) => Connection;
  readonly templates: TemplateRules;
}

/** Which records a draft is for. */
export type DraftRecords = 'selected' | 'all' | readonly string[];

/** Where a draft's rules are to come from. */
export type DraftRules =
  | { readonly templateId: TemplateId }
  | { readonly like: ComparedItem; readonly fields: readonly string[] }
  | { readonly none: true };

/** A draft as it is worked out. */
export interface OpenDraft {
  readonly remoteIds: readonly string[];
  readonly rules: readonly { readonly spec: FieldSpec; readonly rule: BulkRule }[];
  readonly origin: BulkDraft['origin'];
}

type Origin = BulkDraft['origin'];
const byHand: Origin = { what: 'edit', name: '' };
const draftRow = z.object({ what: ruleOriginSchema.shape.what, name: z.string() });
const ruleRow = z.object({ field: z.string(), rule: z.string() });

const ofOwner = 'connection_id = ? AND collection = ?';

function whose(of: RecordsOf): [string, string] {
  const { connection_id, collection } = ownerOf(of);
  return [connection_id, collection];
}

/** Bulk edits that are being put together, one a directory. Each rule is stored the moment it is typed, secrets sealed. */
export class Drafts {
  // The list of 50,000 ids is read from the database once, not for every letter that is typed.
  readonly #ids = new Map<string, readonly string[]>();

  constructor(private readonly parts: DraftsParts) {}

  /**
   * Begins a draft in the place of the directory's earlier one.
   * @param sort the grid's order, in which the records are counted
   * @param rules null keeps the rules that are typed already
   * @throws ProblemError `invalid-input` where there is no record to edit, or rules of another collection
   */
  async open(
    connection: RecordsOf,
    records: DraftRecords,
    sort: GridQueryInput['sort'],
    rules: DraftRules | null,
  ): Promise<BulkDraft> {
    const given = rules && (await this.#given(connection, rules));
    const ids = await this.#idsOf(connection, records, sort);
    if (ids.length === 0) fail('invalid-input', { field: 'records' });
    inTransaction(this.parts.database, () => {
      const origin = given?.origin ?? this.#row(connection) ?? byHand;
      this.#put(connection, ids, origin);
      if (!given) return;
      run(this.parts.database, `DELETE FROM bulk_rules WHERE ${ofOwner}`, ...whose(connection));
      for (const { spec, rule } of given.rules) this.#putRule(connection, spec, rule);
    });
    this.#ids.set(directoryName(connection), ids);
    return (await this.get(connection)) ?? fail('internal');
  }

  /** The draft as the window may see it; null where there is none. */
  async get(connection: RecordsOf): Promise<BulkDraft | null> {
    const origin = this.#row(connection);
    if (!origin) return null;
    const there = byId(await this.parts.records.found(connection, null));
    const ids = this.#remoteIds(connection);
    return {
      connectionId: connection.id,
      collection: connection.collection,
      records: ids.length,
      gone: ids.reduce((gone, id) => gone + (there.has(id) ? 0 : 1), 0),
      rules: this.#rules(connection).flatMap(({ spec, text }) => {
        const rule = shownRule(
          this.parts.sealer,
          bulkPlace(directoryName(connection), spec.name),
          spec,
          text,
        );
        return rule ? [{ field: spec.name, rule }] : [];
      }),
      origin,
    };
  }

  /** Sets what becomes of a field; null keeps it as it is. @throws ProblemError `not-found`, `invalid-input` */
  async setRule(connection: RecordsOf, field: string, rule: BulkRule | null): Promise<BulkDraft> {
    const spec = fieldSpec(connection, field) ?? fail('invalid-input', { field });
    if (!this.#row(connection)) fail('not-found', { what: 'bulk' });
    if (rule) checkRule(spec, rule);
    const { database } = this.parts;
    inTransaction(database, () => {
      if (rule) this.#putRule(connection, spec, rule);
      else
        run(database, `DELETE FROM bulk_rules WHERE ${ofOwner} AND field = ?`, ...whose(connection), field);
      const sql = `UPDATE bulk_drafts SET updated_at = ? WHERE ${ofOwner}`;
      run(database, sql, Date.now(), ...whose(connection));
    });
    return (await this.get(connection)) ?? fail('not-found', { what: 'bulk' });
  }

  /** The draft with its values open. @throws ProblemError `not-found`, or why a secret in it does not open now */
  openDraft(connection: RecordsOf): OpenDraft {
    const origin = this.#row(connection) ?? fail('not-found', { what: 'bulk' });
    const rules = this.#rules(connection).flatMap(({ spec, text }) => {
      const rule = openRule(this.parts.sealer, bulkPlace(directoryName(connection), spec.name), spec, text);
      return rule ? [{ spec, rule }] : [];
    });
    return { remoteIds: this.#remoteIds(connection), rules, origin };
  }

  /** The records that the draft is for, in their order. @throws ProblemError `not-found` */
  remoteIds(connection: RecordsOf): readonly string[] {
    if (!this.#row(connection)) fail('not-found', { what: 'bulk' });
    return this.#remoteIds(connection);
  }

  discard(of: RecordsOf): void {
    run(this.parts.database, `DELETE FROM bulk_drafts WHERE ${ofOwner}`, ...whose(of));
    this.#ids.delete(directoryName(of));
  }

  /** Discards all of a connection. */
  forget(id: ConnectionId): void {
    run(this.parts.database, 'DELETE FROM bulk_drafts WHERE connection_id = ?', id);
    for (const name of this.#ids.keys()) if (isDirectoryOf(name, id)) this.#ids.delete(name);
  }

  async #idsOf(
    connection: RecordsOf,
    records: DraftRecords,
    sort: GridQueryInput['sort'],
  ): Promise<readonly string[]> {
    if (records !== 'selected' && records !== 'all') return [...new Set(records)];
    const selected = records === 'selected' ? this.parts.selected(connection) : null;
    const found = await this.parts.records.found(connection, sort);
    const ids = found.map(({ remoteId }) => remoteId);
    return selected ? ids.filter((id) => selected.has(id)) : ids;
  }

  async #given(
    connection: RecordsOf,
    rules: DraftRules,
  ): Promise<{ rules: OpenDraft['rules']; origin: Origin }> {
    if ('none' in rules) return { rules: [], origin: byHand };
    if ('templateId' in rules) {
      const template = this.parts.templates.open(rules.templateId);
      if (!isSameCollection(template, connection))
        fail('invalid-input', { field: 'template', reason: 'kind' });
      return {
        rules: template.rules.flatMap(({ field, rule }) => {
          const spec = fieldSpec(connection, field);
          return spec ? [{ spec, rule }] : [];
        }),
        origin: { what: 'template', name: template.name },
      };
    }
    return this.#like(connection, rules.like, rules.fields);
  }

  /** Rules that make fields the same as another record's. They name it: its values are read when they are needed. */
  async #like(
    connection: RecordsOf,
    { connectionId, collection, remoteId }: ComparedItem,
    fields: readonly string[],
  ): Promise<{ rules: OpenDraft['rules']; origin: Origin }> {
    const source = recordsOf(this.parts.connection(connectionId), collection);
    if (!isSameCollection(source, connection)) fail('invalid-input', { field: 'like', reason: 'kind' });
    const entry =
      byId(await this.parts.records.found(source, null)).get(remoteId) ??
      fail('not-found', { what: 'record', id: remoteId });
    const title = beginning(entry.title, 300);
    const rules = fields.map((field) => {
      const spec = fieldSpec(connection, field) ?? fail('invalid-input', { field });
      const rule: BulkRule = { rule: 'same', connectionId, collection, remoteId, title };
      checkRule(spec, rule);
      return { spec, rule };
    });
    return { rules, origin: { what: 'copy', name: title } };
  }

  #row(of: RecordsOf): Origin | undefined {
    const sql = `SELECT what, name FROM bulk_drafts WHERE ${ofOwner}`;
    return one(this.parts.database, draftRow, sql, ...whose(of));
  }

  #remoteIds(of: RecordsOf): readonly string[] {
    const name = directoryName(of);
    const known = this.#ids.get(name);
    if (known) return known;
    const sql = `SELECT records FROM bulk_drafts WHERE ${ofOwner}`;
    const row = one(this.parts.database, z.object({ records: z.string() }), sql, ...whose(of));
    const ids = z.array(z.string()).parse(JSON.parse(row?.records ?? '[]'));
    this.#ids.set(name, ids);
    return ids;
  }

  /** The stored rules in catalog order. */
  #rules(of: RecordsOf): { spec: FieldSpec; text: string }[] {
    const sql = `SELECT field, rule FROM bulk_rules WHERE ${ofOwner}`;
    const found = all(this.parts.database, ruleRow, sql, ...whose(of));
    const rows = new Map(found.map((row) => [row.field, row.rule]));
    return catalogOf(of).fields.flatMap((spec) => {
      const text = rows.get(spec.name);
      return text === undefined ? [] : [{ spec, text }];
    });
  }

  #put(of: RecordsOf, ids: readonly string[], { what, name }: Origin): void {
    const sql = `INSERT INTO bulk_drafts (connection_id, collection, records, what, name, updated_at)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET records = excluded.records, what = excluded.what, name = excluded.name,
        updated_at = excluded.updated_at`;
    run(this.parts.database, sql, ...whose(of), JSON.stringify(ids), what, name, Date.now());
  }

  #putRule(of: RecordsOf, spec: FieldSpec, rule: BulkRule): void {
    const sql = `INSERT INTO bulk_rules (connection_id, collection, field, rule) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET rule = excluded.rule`;
    const text = storedRule(this.parts.sealer, bulkPlace(directoryName(of), spec.name), spec, rule);
    run(this.parts.database, sql, ...whose(of), spec.name, text);
  }
}
