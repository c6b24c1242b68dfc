import { type Catalog, catalogOf, fieldsByName } from '../../shared/catalog';
import { canonicalJson } from '../../shared/catalog/compare';
import { readPath } from '../../shared/catalog/field';
import { recordTitle } from '../../shared/catalog/read';
import type { ChangeId } from '../../shared/model/change';
import type { Connection, RecordsOf } from '../../shared/model/connection';
import type { Json, JsonObject } from '../../shared/model/json';
import type { Finding } from '../../shared/model/plan';
import type { OpenChange } from '../changes/prepared';

/**
 * Returns the former title if the record with the change's id now has another title than when the change was
 * prepared: it was renamed, or the id belongs to another record now. Ignores what the change itself does to the
 * title.
 * @returns null if the title is the same
 */
export function formerTitle(catalog: Catalog, change: OpenChange, live: JsonObject): string | null {
  const now = recordTitle(catalog, change.remoteId, live);
  if (now === change.title) return null;
  // The bases come from the file too: they cannot confirm the title it gives.
  if (change.told) return change.title;
  const before = recordTitle(catalog, change.remoteId, withBases(catalog, change, live));
  return before === change.title ? null : change.title;
}

/** Returns the title of a record that could not be read: as when it was prepared, or its id if only a file names it. */
export function unreadTitle({
  title,
  told,
  remoteId,
}: Pick<OpenChange, 'title' | 'told' | 'remoteId'>): string {
  return told ? remoteId : title;
}

/** The record with the title's edited fields as they were when the edits were prepared. */
function withBases(catalog: Catalog, change: OpenChange, live: JsonObject): JsonObject {
  const specs = fieldsByName(catalog);
  return change.edits.reduce((record, { field, base }) => {
    const spec = specs.get(field);
    return spec && catalog.titleFields.includes(field) ? put(record, readPath(spec), base) : record;
  }, live);
}

function put(record: JsonObject, [key = '', ...rest]: readonly string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...record, [key]: value };
  const inner = record[key];
  const object = inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? inner : {};
  return { ...record, [key]: put(object, rest, value) };
}

export function titleFinding(former: string, now: string): Finding {
  return { code: 'title-changed', field: null, value: former, other: now, blocking: true, confirm: 'wanted' };
}

/** What of a row says which record of which server it is about. */
export interface PlacedRow {
  readonly change: Pick<OpenChange, 'id' | 'remoteId'>;
  readonly connection: RecordsOf;
  readonly live: JsonObject | null;
}

/**
 * Finds rows of different connections that would write the same record: two connections can lead to one server. The
 * same address is certain. Under different addresses the same id and an identical record are nearly certain: a person
 * must confirm.
 */
export function writtenTwice(rows: readonly PlacedRow[]): ReadonlyMap<ChangeId, Finding> {
  const found = new Map<ChangeId, Finding>();
  const byId = new Map<string, PlacedRow[]>();
  for (const row of rows) {
    const key = `${row.connection.kind} ${row.connection.collection} ${row.change.remoteId}`;
    byId.set(key, [...(byId.get(key) ?? []), row]);
  }
  for (const group of byId.values()) {
    if (new Set(group.map(({ connection }) => connection.id)).size < 2) continue;
    for (const row of group) {
      const rivals = group.filter(({ connection }) => connection.id !== row.connection.id);
      const sure = rivals.find(({ connection }) => addressOf(connection) === addressOf(row.connection));
      const likely = sure ? undefined : rivals.find((rival) => sameRecord(row, rival));
      if (sure) found.set(row.change.id, finding('record-twice', sure.connection, 'none'));
      else if (likely) found.set(row.change.id, finding('record-twice-likely', likely.connection, 'wanted'));
    }
  }
  return found;
}

function finding(code: Finding['code'], { name, baseUrl }: Connection, confirm: Finding['confirm']): Finding {
  return { code, field: null, value: baseUrl, other: name, blocking: true, confirm };
}

function addressOf({ baseUrl }: Connection): string {
  const { protocol, host, pathname } = new URL(baseUrl);
  return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
}

function sameRecord(a: PlacedRow, b: PlacedRow): boolean {
  return a.live !== null && b.live !== null && steady(a, a.live) === steady(b, b.live);
}

/** A record as text, without fields that the server changes on its own. */
function steady({ connection }: PlacedRow, live: JsonObject): string {
  const volatile = catalogOf(connection).fields.filter((spec) => spec.volatile);
  const still = volatile.reduce((record, spec) => put(record, readPath(spec), null), live);
  return canonicalJson(JSON.stringify(still));
}
