import { catalogOf, firstCollection } from '../../shared/catalog';
import { integerOf, parseExact } from '../../shared/lib/exact-json';
import type { JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import type { LookupItem } from '../../shared/model/record';
import { type Dialect, headerPart, leftOut, read, sendOnce } from './call';
import type { Driver, DriverContext, ReadProgress } from './driver';
import { judgeEdge } from './edge-answers';
import type { HttpPools } from './http';
import { readPages } from './pages';
import { describedEdits, secretsIn, wireValue, writeRequest } from './payload';
import { asObject, asText, plainJson, recordsOf } from './records';

/* IPPanel Edge, users family. Everything here is from the api note on Edge and the vendor's page `user/update`. */
const catalog = catalogOf({ kind: 'edge', collection: firstCollection('edge') });
const paths = {
  list: '/api/user/list',
  update: '/api/user/update',
  packages: '/api/acl/package/list',
  checkToken: '/api/acl/auth/check_token',
} as const;

/** Up to this number, records are read by user name, four at a time; more are cheaper to read as the paged list. */
const fewRecords = 8;
const atATime = 4;

const dialect: Dialect = {
  // The raw token or key, nothing before it (api note).
  headers: (context) => ({ accept: 'application/json', authorization: headerPart(context, 'token') }),
  judge: judgeEdge,
};

/** The driver for Edge panel tenants. */
export function edgeDriver(pools: HttpPools): Driver {
  /** Reads a list over all its pages. Empty filters are never sent (api note). */
  function list(
    context: DriverContext,
    path: string,
    idField: string,
    filters: Readonly<Record<string, string>>,
    onProgress: ReadProgress = () => undefined,
    enough?: (rows: ReadonlyMap<string, JsonObject>) => boolean,
  ) {
    return readPages(
      ({ page, perPage }) => {
        const query = new URLSearchParams({ page: String(page), per_page: String(perPage), ...filters });
        const url = `${context.connection.baseUrl}${path}?${query}`;
        return read(pools, dialect, context, { method: 'GET', url });
      },
      idField,
      onProgress,
      enough,
    );
  }

  /**
   * Users as the list shows them. `show` would find one by its id, but returns `parent`, `mobile` and `credit` in
   * other types than the list and may have other fields: a record read one way before a write and the other way after
   * it would seem to have changed on its own. So every reading uses the list, and like is compared with like.
   */
  async function users(
    context: DriverContext,
    wanted: ReadonlySet<string>,
    filters: Readonly<Record<string, string>>,
  ): Promise<Map<string, JsonObject>> {
    const enough = (rows: ReadonlyMap<string, JsonObject>) => [...wanted].every((id) => rows.has(id));
    const { rows, exact } = await list(context, paths.list, catalog.idField, filters, undefined, enough);
    if (!exact) fail('unexpected-answer', { reason: 'encoding' });
    const found = await recordsOf(rows, catalog.idField, undefined, wanted);
    return new Map(found.map(({ remoteId, raw }) => [remoteId, raw]));
  }

  return {
    kind: 'edge',
    lookups: ['acl_id'],

    /** Asks who owns the token, which also shows whether it is a reseller's account: the whole family needs one. */
    async test(context) {
      const url = `${context.connection.baseUrl}${paths.checkToken}`;
      const call = { method: 'POST', url, body: {}, patient: false } as const;
      const data = asObject((await read(pools, dialect, context, call)).answer.data);
      if (!data) return fail('unexpected-answer', { reason: 'no-account' });
      const account = asText(data.user_name) ?? '';
      const reseller = /^(true|1|yes)$/i.test(String(data.is_reseller));
      if (!reseller) fail('not-reseller', { account });
      return { account, reseller, tested: ['reach', 'login'] };
    },

    async readAll(context, onProgress) {
      onProgress(0, null);
      const { rows } = await list(context, paths.list, catalog.idField, {}, onProgress);
      return recordsOf(rows, catalog.idField, leftOut(context));
    },

    async readMany(context, remoteIds, hints) {
      const wanted = new Set(remoteIds);
      const found = new Map<string, JsonObject>();
      const names = [...wanted].map((id) => [id, asText(hints.get(id)?.uname) ?? ''] as const);
      if (wanted.size <= fewRecords && names.every(([, username]) => username !== '')) {
        await inParallel(names, async ([id, username]) => {
          for (const [remoteId, raw] of await users(context, new Set([id]), { username }))
            found.set(remoteId, raw);
        });
      }
      // Not found by its name: renamed or gone. Only the whole list can tell.
      const missing = new Set([...wanted].filter((id) => !found.has(id)));
      if (missing.size > 0) {
        for (const [remoteId, raw] of await users(context, missing, {})) found.set(remoteId, raw);
      }
      return found;
    },

    async readEvery(context) {
      const { rows, exact } = await list(context, paths.list, catalog.idField, {});
      if (!exact) fail('unexpected-answer', { reason: 'encoding' });
      const records = await recordsOf(rows, catalog.idField);
      return new Map(records.map(({ remoteId, raw }) => [remoteId, raw]));
    },

    async readLookup(context, field) {
      if (field !== 'acl_id') return [];
      const { rows } = await list(context, paths.packages, 'acl_role_id', {});
      return rows.flatMap((row): LookupItem[] => {
        const value = asText(row.acl_role_id);
        return value === null ? [] : [{ value, label: asText(row.acl_role_name) ?? value }];
      });
    },

    /** The id and what was changed, nothing else (api note: "Send only what changed"). */
    buildWrite(connection, remoteId, _live, edits, forms) {
      // All digits, however many: an id that loses one is another user's.
      const payload: JsonObject = { [catalog.idField]: integerOf(remoteId) ?? remoteId };
      for (const edit of describedEdits(catalog, edits, forms)) payload[edit.spec.name] = wireValue(edit);
      return writeRequest(catalog, `${connection.baseUrl}${paths.update}`, payload, edits);
    },

    send(context, request) {
      const payload = () => asObject(plainJson(parseExact(request.body))) ?? {};
      return sendOnce(pools, dialect, context, request, () => secretsIn(catalog, payload()));
    },

    certificate: (connectionId) => pools.certificate(connectionId),
    close: (connectionId) => pools.close(connectionId),
  };
}

/** Runs a task for every item, four at a time; starts no further one after the first failure. */
async function inParallel<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) {
      await task(item).catch((error: unknown) => {
        rest.length = 0;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}
