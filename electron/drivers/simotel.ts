import type { RawRecord } from '../../shared/catalog/read';
import { valueAt } from '../../shared/catalog/read';
import { simotelCatalog as catalog } from '../../shared/catalog/simotel';
import type { JsonObject } from '../../shared/model/json';
import { fail } from '../../shared/model/problem';
import { credentialPart, type Dialect, headerPart, read, sendOnce } from './call';
import type { Driver, DriverContext } from './driver';
import type { HttpPools } from './http';
import { describedEdits, type Edit, secretsIn, wireValue, withoutMasked, writeRequest } from './payload';
import { asObject, asText, plainJson, recordsOf, rowsOf } from './records';
import { judgeSimotel } from './simotel-answers';

/*
 * Simotel API v4, users family. Everything here is from the api note on Simotel and the seed page `users/update`;
 * every call is a POST with a JSON body.
 */
const paths = {
  ping: '/setting/ping/act',
  search: '/pbx/users/search',
  update: '/pbx/users/update',
} as const;

/** Up to so many records are read one by one, by their numbers; more cost less as one search for all. */
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

/** The driver for Simotel PBX servers. */
export function simotelDriver(pools: HttpPools): Driver {
  /** One search. `alike` matches substrings and is required; an absent condition finds everyone. */
  async function search(context: DriverContext, conditions?: JsonObject, patient = true) {
    const { answer, exact } = await read(pools, dialect, context, {
      method: 'POST',
      url: `${context.connection.baseUrl}${paths.search}`,
      body: { alike: true, status: 'all', ...(conditions ? { conditions } : {}) },
      patient,
    });
    const rows = rowsOf(answer.data, catalog.idField);
    if (!rows) return fail('unexpected-answer', { reason: 'no-list' });
    return { rows, exact };
  }

  /** For comparing and writing: an answer with bytes that are no text would come back as damage. */
  async function searchExact(context: DriverContext, conditions?: JsonObject): Promise<RawRecord[]> {
    const { rows, exact } = await search(context, conditions);
    if (!exact) fail('unexpected-answer', { reason: 'encoding' });
    return recordsOf(rows, catalog.idField);
  }

  return {
    kind: 'simotel',
    lookups: [],

    /** The ping is the cheapest test; a search that finds nobody then tells whether that path is ticked too. */
    async test(context) {
      const url = `${context.connection.baseUrl}${paths.ping}`;
      await read(pools, dialect, context, { method: 'POST', url, body: {}, patient: false });
      await search(context, { number: '000000000000000' }, false);
      return {};
    },

    async readAll(context, onProgress) {
      onProgress(0, null);
      const records = recordsOf((await search(context)).rows, catalog.idField);
      onProgress(records.length, records.length);
      return records;
    },

    async readMany(context, remoteIds, hints) {
      const wanted = new Set(remoteIds);
      const found = new Map<string, JsonObject>();
      const keep = (records: readonly RawRecord[]) => {
        for (const { remoteId, raw } of records) if (wanted.has(remoteId)) found.set(remoteId, raw);
      };
      const numbers = remoteIds.map((id) => asText(hints.get(id)?.number) ?? '');
      if (wanted.size <= fewRecords && numbers.every((number) => number !== '')) {
        for (const number of new Set(numbers)) keep(await searchExact(context, { number }));
      }
      // Not found by its number: it has another one by now, or is gone. Only the whole list can tell.
      if (found.size < wanted.size) keep(await searchExact(context));
      return found;
    },

    async readEvery(context) {
      return new Map((await searchExact(context)).map(({ remoteId, raw }) => [remoteId, raw]));
    },

    async readLookup() {
      return [];
    },

    buildWrite(connection, remoteId, live, edits) {
      const changed = merge(live, describedEdits(catalog, edits));
      const kept = connection.writeMode === 'full' ? unchanged(live) : {};
      const payload = { [catalog.idField]: remoteId, ...kept, ...changed };
      return writeRequest(catalog, `${connection.baseUrl}${paths.update}`, payload, edits);
    },

    async send(context, request) {
      const payload = asObject(plainJson(JSON.parse(request.body))) ?? {};
      const answer = await sendOnce(pools, dialect, context, request, secretsIn(catalog, payload));
      const number = asText(payload.number);
      if (answer.kind === 'accepted' || answer.problem.code !== 'duplicate-number' || number === null)
        return answer;
      return { ...answer, problem: { ...answer.problem, params: { ...answer.problem.params, number } } };
    },

    close: (connectionId) => pools.close(connectionId),
  };
}

/**
 * The record as read, less what is never sent: its id (set once, by the caller), `date`, `queues`, and secrets of
 * which the server shows only asterisks. What the catalog does not know stays in.
 */
function unchanged(live: JsonObject): JsonObject {
  const readOnly = new Set(catalog.fields.filter((spec) => spec.readOnly).map((spec) => spec.name));
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(live)) {
    if (name !== catalog.idField && !readOnly.has(name)) kept[name] = value;
  }
  return withoutMasked(catalog, kept);
}

/**
 * The edited fields as they are sent. An edit inside an object (`forward_policy.No Answer`) sends the whole object as
 * read with the edit in it, in either write mode, because a server may replace the object instead of merging it.
 */
function merge(live: JsonObject, edits: readonly Edit[]): JsonObject {
  const changed: JsonObject = {};
  for (const edit of edits) {
    const [root = '', key] = edit.spec.readAs ?? [edit.spec.name];
    if (key === undefined) changed[root] = wireValue(edit);
    else changed[root] = { ...(asObject(changed[root]) ?? objectOf(live, root)), [key]: wireValue(edit) };
  }
  return changed;
}

/** An object of the record; where the server has none, one with every key that the catalog knows, all empty. */
function objectOf(live: JsonObject, root: string): JsonObject {
  const own = asObject(valueAt(live, [root]));
  if (own && Object.keys(own).length > 0) return own;
  const keys = catalog.fields.flatMap((spec) => (spec.readAs?.[0] === root ? [spec.readAs[1] ?? ''] : []));
  return Object.fromEntries(keys.map((key) => [key, '']));
}
