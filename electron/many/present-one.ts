import { catalogOf } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import { recordTitle } from '../../shared/catalog/read';
import type { Connection, ConnectionId } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { Sealer } from '../storage/sealing';
import type { Changes } from '../workorders/changes';
import { storedValue } from './present';

export interface PresentOneParts {
  readonly sealer: Sealer;
  readonly changes: Pick<Changes, 'get' | 'find'>;
  readonly stored: (connection: Connection, remoteId: string) => JsonObject | null;
}

/** One record as it will be, as far as anybody knows now: what is prepared of it over what was last read. */
export interface PresentOne {
  readonly connectionId: ConnectionId;
  readonly remoteId: string;
  readonly title: string;
  readonly stored: JsonObject;
  isPrepared(field: string): boolean;
  /** Open; undefined where a seal does not open now. */
  value(spec: FieldSpec): FieldValue | undefined;
}

/** A record with what the current work order has prepared of it; null where it is not in its directory. */
export function presentOne(
  parts: PresentOneParts,
  connection: Connection,
  remoteId: string,
): PresentOne | null {
  const stored = parts.stored(connection, remoteId);
  if (!stored) return null;
  const change = parts.changes.get(connection.id, remoteId);
  const open = change && parts.changes.find(change.id);
  const next = new Map<string, FieldValue>(open?.edits.map((edit) => [edit.field, edit.next]));
  const closed = new Set(open?.unreadable);
  return {
    connectionId: connection.id,
    remoteId,
    title: recordTitle(catalogOf(connection.kind), remoteId, stored),
    stored,
    isPrepared: (field) => next.has(field) || closed.has(field),
    value: (spec) => {
      if (closed.has(spec.name)) return undefined;
      return next.has(spec.name) ? (next.get(spec.name) ?? null) : storedValue(parts.sealer, spec, stored);
    },
  };
}
