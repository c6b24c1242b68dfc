import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type CollectionId, serverKind } from '../../shared/catalog';
import { normaliseBaseUrl } from '../../shared/lib/base-url';
import { normaliseProxy } from '../../shared/lib/proxy';
import { legible, unstorableIn } from '../../shared/lib/storable';
import {
  type Connection,
  type ConnectionDraft,
  type ConnectionId,
  connectionIdSchema,
  connectionSchema,
  type RecordsOf,
  recordsOf,
} from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import { cleanName } from '../../shared/values/clean';
import { type Database, inTransaction } from '../storage/database';
import { remembering } from '../storage/remembered';
import { all, jsonObject, one, run } from '../storage/rows';

interface OfRecords {
  readonly connectionId: ConnectionId;
  readonly collection?: CollectionId | undefined;
}

const bodyRow = z.object({ body: z.string() });
// More servers than one run writes to.
const mostRemembered = 100;

/** The connections of this profile, without secrets: credentials are in the keychain. */
export class Connections {
  readonly #parsed = remembering((body: string): Connection => {
    const parsed = connectionSchema.safeParse(jsonObject(body));
    return parsed.success ? shown(parsed.data) : fail('not-found', { what: 'connection' });
  }, mostRemembered);

  constructor(private readonly database: Database) {}

  /** Lists all connections in the order they were added. A row that cannot be read is kept but not listed. */
  list(): Connection[] {
    return all(this.database, bodyRow, 'SELECT body FROM connections ORDER BY position, id').flatMap(
      ({ body }) => {
        const parsed = connectionSchema.safeParse(jsonObject(body));
        return parsed.success ? [shown(parsed.data)] : [];
      },
    );
  }

  /** Returns one connection. @throws ProblemError `not-found` */
  get(id: ConnectionId): Connection {
    const row = one(this.database, bodyRow, 'SELECT body FROM connections WHERE id = ?', id);
    return row ? this.#parsed(row.body) : fail('not-found', { what: 'connection' });
  }

  /** One connection, seen as one of its collections. @throws ProblemError `not-found`, `invalid-input` (`recordsOf`) */
  records({ connectionId, collection }: OfRecords): RecordsOf {
    return recordsOf(this.get(connectionId), collection);
  }

  create(draft: ConnectionDraft): Connection {
    const now = Date.now();
    const id = connectionIdSchema.parse(randomUUID());
    const connection: Connection = { ...tidy(draft), id, createdAt: now, updatedAt: now };
    run(
      this.database,
      'INSERT INTO connections (id, position, body) VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM connections), ?)',
      id,
      JSON.stringify(connection),
    );
    return connection;
  }

  /** Changes a connection. Its kind cannot change: the records and changes kept for it are of that kind. */
  update(id: ConnectionId, draft: ConnectionDraft): Connection {
    const before = this.get(id);
    if (draft.kind !== before.kind) fail('invalid-input', { field: 'kind' });
    const connection: Connection = { ...tidy(draft), id, createdAt: before.createdAt, updatedAt: Date.now() };
    run(this.database, 'UPDATE connections SET body = ? WHERE id = ?', JSON.stringify(connection), id);
    return connection;
  }

  /** Adds a second connection with the same settings; its credentials have to be entered again. */
  duplicate(id: ConnectionId, name: string): Connection {
    const { id: _id, createdAt: _created, updatedAt: _updated, ...draft } = this.get(id);
    return this.create({ ...draft, name });
  }

  /** Removes a connection with its directory and its prepared changes; the journal keeps what was done. */
  remove(id: ConnectionId): void {
    inTransaction(this.database, () => run(this.database, 'DELETE FROM connections WHERE id = ?', id));
  }

  /** What a removal would delete, and what it keeps. */
  removal(id: ConnectionId): { changes: number; records: number; history: number } {
    const count = (table: 'changes' | 'records' | 'journal'): number => {
      const row = one(
        this.database,
        z.object({ n: z.number() }),
        // An intent and its outcome are one entry of the history.
        `SELECT count(*) AS n FROM ${table} WHERE connection_id = ?${table === 'journal' ? " AND type <> 'outcome'" : ''}`,
        id,
      );
      return row?.n ?? 0;
    };
    return { changes: count('changes'), records: count('records'), history: count('journal') };
  }
}

/**
 * Normalises a draft's URL and checks that its kind has the auth mode.
 * @throws ProblemError `invalid-input` with the field's name
 */
export function tidy(draft: ConnectionDraft): ConnectionDraft {
  const kind = serverKind(draft.kind);
  const base = normaliseBaseUrl(kind, draft.baseUrl);
  if (!base.ok) fail('invalid-input', { field: 'baseUrl', reason: base.reason });
  // Over plain http nothing would ever compare it.
  if (base.plain && draft.certificate !== null)
    fail('invalid-input', { field: 'certificate', reason: 'plain' });
  if (!kind.authModes.some((mode) => mode.id === draft.authMode))
    fail('invalid-input', { field: 'authMode' });
  const proxy = normaliseProxy(draft.proxy ?? '');
  if (!proxy.ok) fail('invalid-input', { field: 'proxy', reason: proxy.reason });
  const name = cleanName(draft.name);
  if (name === '') fail('invalid-input', { field: 'name' });
  const unstorable = unstorableIn(draft)?.[0];
  if (unstorable !== undefined) fail('invalid-input', { field: String(unstorable) });
  return {
    ...draft,
    name,
    site: cleanName(draft.site),
    tag: cleanName(draft.tag),
    baseUrl: base.url,
    proxy: proxy.url,
  };
}

/** A connection of an older version may have a name that the history cannot store unchanged. */
function shown(connection: Connection): Connection {
  const { name, site, tag } = connection;
  return { ...connection, name: legible(name), site: legible(site), tag: legible(tag) };
}
