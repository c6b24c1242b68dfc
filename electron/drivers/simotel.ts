import { type Catalog, type CollectionId, catalogOf } from '../../shared/catalog';
import { holdsNothing } from '../../shared/catalog/compare';
import type { RawRecord } from '../../shared/catalog/read';
import { valueAt } from '../../shared/catalog/read';
import { parseExact } from '../../shared/lib/exact-json';
import type { JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import { credentialPart, type Dialect, headerPart, leftOut, read, sendOnce } from './call';
import type { Driver, DriverContext } from './driver';
import type { HttpPools } from './http';
import { describedEdits, type Edit, secretsIn, wireValue, withoutMasked, writeRequest } from './payload';
import { asObject, asText, plainJson, recordsOf, rowsOf } from './records';
import { judgeSimotel } from './simotel-answers';

/*
 * Simotel API v4: every collection is requested alike, under its own path. Everything here is from the api note on
 * Simotel and the vendor's page `users/update`;
 * every call is a POST with a JSON body.
 */
const paths: Readonly<Record<string, string>> = { extensions: '/pbx/users' };

/** Up to this number, records are read one by one, by number; more are cheaper to read with one search for all. */
const fewRecords = 3;

const dialect: Dialect = {
  headers(context) {
    const mode = context.connection.authMode;
    const headers: Record<string, string> = { accept: 'application/json' };
    if (mode !== 'apikey') {
      const pair = `${credentialPart(context, 'user')}:${context.credentials.password ?? ''}`;
      if (!context.credentials.password) fail('credential-missing', { part: 'password' });
      headers.authorization = `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
    }
    if (mode !== 'basic') headers['x-apikey'] = headerPart(context, 'apiKey');
    return headers;
  },
  judge: judgeSimotel,
};

/** The driver for a collection of Simotel PBX servers. @throws Error for one that has no path here */
export function simotelDriver(pools: HttpPools, collection: CollectionId): Driver {
  const catalog = catalogOf({ kind: 'simotel', collection });
  const path = paths[collection];
  if (path === undefined) throw new Error(`no path for ${collection}`);

  /**
   * One search. `alike` is required: true matches substrings, false exactly. Without a condition it finds everyone.
   * An older server may treat `alike: false` as true, so a search for one number checks the results.
   */
  async function search(context: DriverContext, conditions?: JsonObject, patient = true) {
    const { answer, exact } = await read(pools, dialect, context, {
      method: 'POST',
      url: `${context.connection.baseUrl}${path}/search`,
      body: { alike: !conditions, status: 'all', ...(conditions ? { conditions } : {}) },
      patient,
    });
    const rows = rowsOf(answer.data, catalog.idField);
    if (!rows) return fail('unexpected-answer', { reason: 'no-list' });
    return { rows, exact };
  }

  /** Searches for comparing and writing: an answer with invalid bytes would be written back damaged. */
  async function searchExact(
    context: DriverContext,
    conditions?: JsonObject,
    wanted?: ReadonlySet<string>,
  ): Promise<RawRecord[]> {
    const { rows, exact } = await search(context, conditions);
    if (!exact) fail('unexpected-answer', { reason: 'encoding' });
    return recordsOf(rows, catalog.idField, undefined, wanted);
  }

  return {
    kind: 'simotel',
    lookups: [],

    /**
     * A search that finds nobody shows everything that can be tested without a change: that the API exists, accepts the
     * login, and permits searching. The API's own ping shows less, and triggers the customer's "Ping" webhook.
     */
    async test(context) {
      await search(context, { number: '000000000000000' }, false);
      return { tested: ['reach', 'login', 'read'] };
    },

    async readAll(context, onProgress) {
      onProgress(0, null);
      const records = await recordsOf((await search(context)).rows, catalog.idField, leftOut(context));
      onProgress(records.length, records.length);
      return records;
    },

    async readMany(context, remoteIds, hints) {
      const wanted = new Set(remoteIds);
      const found = new Map<string, JsonObject>();
      const keep = (records: readonly RawRecord[]) => {
        for (const { remoteId, raw } of records) found.set(remoteId, raw);
      };
      const numbers = remoteIds.map((id) => asText(hints.get(id)?.number) ?? '');
      if (wanted.size <= fewRecords && numbers.every((number) => number !== '')) {
        for (const number of new Set(numbers)) keep(await searchExact(context, { number }, wanted));
      }
      // Not found by its number: renumbered or gone. Only the whole list can tell.
      if (found.size < wanted.size) keep(await searchExact(context, undefined, wanted));
      return found;
    },

    async readEvery(context) {
      return new Map((await searchExact(context)).map(({ remoteId, raw }) => [remoteId, raw]));
    },

    async readLookup() {
      return [];
    },

    buildWrite(connection, remoteId, live, edits, forms) {
      const changed = merge(catalog, live, describedEdits(catalog, edits, forms));
      const kept = connection.writeMode === 'full' ? unchanged(catalog, live) : {};
      const payload = { [catalog.idField]: remoteId, ...kept, ...changed };
      return writeRequest(catalog, `${connection.baseUrl}${path}/update`, payload, edits);
    },

    async send(context, request) {
      const payload = () => asObject(plainJson(parseExact(request.body))) ?? {};
      const answer = await sendOnce(pools, dialect, context, request, () => secretsIn(catalog, payload()));
      if (answer.kind === 'accepted' || answer.problem.code !== 'duplicate-number') return answer;
      const number = asText(payload().number);
      if (number === null) return answer;
      return { ...answer, problem: { ...answer.problem, params: { ...answer.problem.params, number } } };
    },

    certificate: (connectionId) => pools.certificate(connectionId),
    close: (connectionId) => pools.close(connectionId),
  };
}

/**
 * The record as read, less what is never sent: its id (set once, by the caller), `date`, `queues`, and secrets of
 * which the server shows only asterisks. What the catalog does not know stays in.
 */
function unchanged(catalog: Catalog, live: JsonObject): JsonObject {
  const readOnly = new Set(catalog.fields.filter((spec) => spec.readOnly).map((spec) => spec.name));
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(live)) {
    if (name !== catalog.idField && !readOnly.has(name)) kept[name] = value;
  }
  return withoutMasked(catalog, kept);
}

/**
 * The edited fields as they are sent. An edit inside an object (`forward_policy.No Answer`) sends the whole object as
 * read with the edit applied, in either write mode, because a server may replace the object instead of merging it.
 */
function merge(catalog: Catalog, live: JsonObject, edits: readonly Edit[]): JsonObject {
  const changed: JsonObject = {};
  for (const edit of edits) {
    const [root = '', key] = edit.spec.readAs ?? [edit.spec.name];
    if (key === undefined) changed[root] = wireValue(edit);
    else
      changed[root] = {
        ...(asObject(changed[root]) ?? objectOf(catalog, live, root)),
        [key]: wireValue(edit),
      };
  }
  return changed;
}

/**
 * An object of the record; if the server has none, one with every key that the catalog knows, all empty.
 * @throws ProblemError `unexpected-answer` if something else is there: its content would be overwritten
 */
function objectOf(catalog: Catalog, live: JsonObject, root: string): JsonObject {
  const there = valueAt(live, [root]);
  const own = asObject(there);
  if (own && Object.keys(own).length > 0) return own;
  if (!holdsNothing(there)) fail('unexpected-answer', { reason: 'no-object', field: root });
  const keys = catalog.fields.flatMap((spec) => (spec.readAs?.[0] === root ? [spec.readAs[1] ?? ''] : []));
  return Object.fromEntries(keys.map((key) => [key, '']));
}
