/*
 * The Windows builds of the two native parts, run by a Node for Windows (under Wine: scripts/lib/wine.mjs). Plain
 * JavaScript, since nothing is bundled for it. Argument: a folder to work in; the results are written there.
 */
const assert = require('node:assert/strict');
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const keytar = require('keytar');
const { DatabaseSync, backup } = require('@photostructure/sqlite');

const work = process.argv[2];
const service = `Patchbay test ${process.pid}`;
const tests = {
  'runs as on Windows': () => assert.equal(process.platform, 'win32'),
  'the credential manager keeps a secret, gives it back and replaces it': async () => {
    await keytar.setPassword(service, 'one', 'رمز 007 "x" 😀');
    assert.equal(await keytar.getPassword(service, 'one'), 'رمز 007 "x" 😀');
    await keytar.setPassword(service, 'one', 'another');
    assert.equal(await keytar.getPassword(service, 'one'), 'another');
  },
  'a secret that is cleared is gone, and clearing it again says so': async () => {
    await keytar.setPassword(service, 'two', 'x');
    assert.equal(await keytar.deletePassword(service, 'two'), true);
    assert.equal(await keytar.getPassword(service, 'two'), null);
    assert.equal(await keytar.deletePassword(service, 'two'), false);
  },
  'a secret of 2,560 bytes is kept whole: the length at which the program begins to cut': async () => {
    const long = 'k'.repeat(2_560);
    await keytar.setPassword(service, 'long', long);
    assert.equal(await keytar.getPassword(service, 'long'), long);
  },
  'accounts are kept apart': async () => {
    await keytar.setPassword(service, 'a', '1');
    await keytar.setPassword(service, 'b', '2');
    assert.equal(await keytar.getPassword(service, 'a'), '1');
    assert.equal(await keytar.getPassword(`${service} other`, 'a'), null);
  },
  'a database is written ahead, and is read by a second connection meanwhile': () => {
    const file = path.join(work, 'wal.db');
    const database = new DatabaseSync(file);
    assert.equal(Object.values(database.prepare('PRAGMA journal_mode = WAL').get())[0], 'wal');
    database.exec('PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)');
    const insert = database.prepare('INSERT INTO t (text) VALUES (?)');
    database.exec('BEGIN');
    for (let at = 0; at < 1_000; at += 1) insert.run(`متن ${at}`);
    const other = new DatabaseSync(file, { readOnly: true });
    assert.equal(other.prepare('SELECT count(*) AS n FROM t').get().n, 0);
    database.exec('COMMIT');
    assert.equal(other.prepare('SELECT count(*) AS n FROM t').get().n, 1_000);
    assert.equal(other.prepare('SELECT text FROM t WHERE id = 8').get().text, 'متن 7');
    other.close();
    database.close();
  },
  'a backup of a database in use is whole': async () => {
    const database = new DatabaseSync(path.join(work, 'from.db'));
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1), (2), (3)');
    const file = path.join(work, 'to.db');
    await backup(database, file);
    database.exec('INSERT INTO t VALUES (4)');
    const copy = new DatabaseSync(file, { readOnly: true });
    assert.equal(copy.prepare('SELECT count(*) AS n FROM t').get().n, 3);
    assert.equal(Object.values(copy.prepare('PRAGMA integrity_check').get())[0], 'ok');
    copy.close();
    database.close();
  },
};

async function main() {
  const results = [];
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      results.push({ name, error: null });
    } catch (error) {
      results.push({ name, error: String(error?.stack ?? error) });
    }
  }
  for (const { account } of await keytar.findCredentials(service).catch(() => []))
    await keytar.deletePassword(service, account).catch(() => undefined);
  writeFileSync(path.join(work, 'results.json'), JSON.stringify(results));
}

void main();
