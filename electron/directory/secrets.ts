import { catalogOf, fieldSpec } from '../../shared/catalog';
import { fieldValue, unknownFields } from '../../shared/catalog/read';
import { exactJson } from '../../shared/lib/exact-json';
import { isMaskedByServer } from '../../shared/lib/text';
import type { RecordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import type { Changes } from '../changes/changes';
import { namedCollection } from '../journal/entries';
import type { Journal } from '../journal/journal';
import { openRecord } from '../storage/sealed-record';
import type { Sealer } from '../storage/sealing';
import type { Directory } from './directory';

export interface SecretsParts {
  readonly sealer: Sealer;
  readonly directory: Directory;
  readonly changes: Changes;
  readonly journal: Journal;
  readonly actor: string;
  readonly workOrder: () => string;
}

export interface SecretRequest {
  readonly remoteId: string;
  readonly field: string;
  /** The value on the server as last read, or the one that is prepared. */
  readonly source: 'record' | 'change';
}

/**
 * The one way to a secret that is kept, and to what a server has in a field that its catalog does not know: each asking is
 * journalled before the value is handed out.
 */
export class Secrets {
  constructor(private readonly parts: SecretsParts) {}

  /** @throws ProblemError `not-found`, `sealed-unreadable`, what the keychain says, `secret-not-shown` (the server shows only asterisks) */
  take(connection: RecordsOf, request: SecretRequest, why: 'reveal' | 'copy'): string {
    const { title, value } = this.#find(connection, request);
    const { name, site, kind } = connection;
    this.parts.journal.note(
      { connectionId: connection.id, remoteId: request.remoteId, title, workOrderId: null },
      {
        note: why,
        field: request.field,
        connectionName: name,
        site,
        kind,
        ...namedCollection(connection),
        workOrder: this.parts.workOrder(),
        actor: this.parts.actor,
      },
    );
    return value;
  }

  #find(connection: RecordsOf, { remoteId, field, source }: SecretRequest): { title: string; value: string } {
    const spec = fieldSpec(connection, field);
    if (spec && !spec.secret) fail('invalid-input', { field });
    if (source === 'change') {
      if (!spec) fail('invalid-input', { field });
      const value =
        this.parts.changes.prepared(connection, remoteId, spec) ?? fail('not-found', { what: 'change' });
      return { title: this.parts.changes.get(connection, remoteId)?.title ?? remoteId, value };
    }
    const { title } = this.parts.directory.record(connection, remoteId);
    const stored = this.parts.directory.stored(connection, remoteId) ?? fail('not-found', { what: 'record' });
    const open =
      openRecord(this.parts.sealer, stored.stored) ?? fail(this.parts.sealer.whyUnreadable, { field });
    const value = spec ? (fieldValue(spec, open) ?? '') : unknownValue(connection, open, field);
    if (isMaskedByServer(value)) fail('secret-not-shown', { field });
    return { title, value };
  }
}

/**
 * Returns a field that the catalog does not know: its text, or its JSON.
 * @throws ProblemError `invalid-input` if there is none
 */
function unknownValue(of: RecordsOf, open: JsonObject, field: string): string {
  const found = unknownFields(catalogOf(of), open).find(([name]) => name === field);
  if (!found) fail('invalid-input', { field });
  return typeof found[1] === 'string' ? found[1] : exactJson(found[1]);
}
