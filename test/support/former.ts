import { createCipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { sha256 } from '../../electron/journal/chain';
import { eachKept, placesIn } from '../../electron/journal/sealed-apart';
import type { Database } from '../../electron/storage/database';
import { entryPlace, foundRecord, type Place, recordPlace } from '../../electron/storage/place';
import { jsonObject } from '../../electron/storage/rows';
import { openRecord } from '../../electron/storage/sealed-record';
import { keyIdOf, Sealer } from '../../electron/storage/sealing';
import { editsAnew } from '../../electron/values/edits';
import type { Renewal } from '../../electron/values/renew';
import { rulesAnew } from '../../electron/values/rules';
import { runsAnew } from '../../electron/values/runs';
import { catalogOf, kindSchema } from '../../shared/catalog';
import { readPath } from '../../shared/catalog/field';
import type { Json, JsonObject } from '../../shared/model/json';
import { forge, rechain } from './forger';
import type { MemoryKeychain } from './keychain';
import { backTo } from './schema';

/*
 * Profiles as a version without places left them: one key for everything, no place, and unknown fields in clear unless
 * their names sounded secret.
 */

const body = z.object({ id: z.number(), connection_id: z.string(), remote_id: z.string(), raw: z.string() });
const kindRow = z.object({ kind: kindSchema });
const entry = z.object({
  seq: z.number(),
  connection_id: z.string(),
  remote_id: z.string(),
  body: z.string(),
});
const secret = z.object({ digest: z.string(), sealed: z.string() });

/** Returns the key in a keychain. */
export function keyIn(keychain: MemoryKeychain): Buffer {
  return Buffer.from(keychain.entries.get('sealing-key') ?? '', 'base64');
}

/** Seals a text as the former version did. */
export function sealedFormerly(key: Uint8Array, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return ['sealed1', keyIdOf(key), iv.toString('base64url'), sealed.toString('base64url')].join(':');
}

/** Turns a closed profile and its keychain into ones of the former version. */
export function makeFormer(file: string, keychain: MemoryKeychain): void {
  makeFormerFile(file, keychain);
  for (const name of [...keychain.entries.keys()])
    if (name.startsWith('journal-head/')) keychain.entries.delete(name);
}

/** The same for a file alone, a backup: the keychain knows what came after it. */
export function makeFormerFile(file: string, keychain: MemoryKeychain): void {
  const key = keyIn(keychain);
  const sealer = new Sealer();
  sealer.useKey(key);
  const renew: Renewal['renew'] = (stored, place) => {
    const open = sealer.openAt(stored, place);
    return open === null ? stored : sealedFormerly(key, open);
  };
  const renewal: Renewal = { sealer, concerns: () => true, renew };
  forge(file, (database) => {
    for (const pass of [editsAnew, rulesAnew, runsAnew]) for (const work of pass(database, renewal)) work();
    recordsFormerly(database, sealer, key);
    entriesFormerly(database, sealer, key);
    rechain(database);
    database.exec('UPDATE journal SET keyed = NULL');
  });
  backTo(file, 10);
}

function recordsFormerly(database: Database, sealer: Sealer, key: Uint8Array): void {
  for (const row of database.prepare('SELECT id, connection_id, remote_id, raw FROM record_bodies').all()) {
    const { id, connection_id, remote_id, raw } = body.parse(row);
    const open = openRecord(
      sealer,
      foundRecord(jsonObject(raw) ?? {}, recordPlace(connection_id, remote_id)),
    );
    const text = JSON.stringify(recordFormerly(database, key, connection_id, open ?? {}));
    database.prepare('UPDATE record_bodies SET raw = ? WHERE id = ?').run(text, id);
  }
}

function recordFormerly(database: Database, key: Uint8Array, id: string, open: JsonObject): JsonObject {
  const sql = `SELECT json_extract(body, '$.kind') AS kind FROM connections WHERE id = ?`;
  const { kind } = kindRow.parse(database.prepare(sql).get(id));
  const secrets = catalogOf(kind).fields.filter((spec) => spec.secret);
  const paths = new Set(secrets.map((spec) => readPath(spec).join(' ')));
  const visit = (value: Json, path: string[]): Json => {
    if (
      typeof value === 'string' &&
      value !== '' &&
      (paths.has(path.join(' ')) || /passw/.test(path.join(' ')))
    )
      return { $sealed: sealedFormerly(key, `s${value}`) };
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, visit(one, [...path, name])]),
    );
  };
  return Object.fromEntries(Object.entries(open).map(([name, one]) => [name, visit(one, [name])]));
}

/** Changes the entries to the former digests of their values, and unseals unknown fields in whole records. */
function entriesFormerly(database: Database, sealer: Sealer, key: Uint8Array): void {
  const rows = database.prepare('SELECT seq, connection_id, remote_id, body FROM journal ORDER BY seq').all();
  for (const row of rows) {
    const { seq, connection_id, remote_id, body: text } = entry.parse(row);
    const parsed = jsonObject(text) ?? {};
    const places = placesIn(parsed, entryPlace(seq, connection_id, remote_id));
    const found = database.prepare('SELECT digest, sealed FROM journal_secrets WHERE seq = ?').all(seq);
    const former = new Map<string, string>();
    for (const { digest, sealed } of found.map((one) => secret.parse(one))) {
      const open = sealer.openAt(sealed, places.get(digest) ?? (['history'] as Place));
      if (open === null) continue;
      const again = sealedFormerly(key, open);
      former.set(digest, `digest:${sha256(again)}`);
      database
        .prepare('UPDATE journal_secrets SET digest = ?, sealed = ? WHERE seq = ? AND digest = ?')
        .run(`digest:${sha256(again)}`, again, seq, digest);
    }
    const again = JSON.stringify(eachKept(parsed, (one) => former.get(one) ?? one));
    database.prepare('UPDATE journal SET body = ? WHERE seq = ?').run(again, seq);
  }
}
