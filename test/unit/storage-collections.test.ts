/** Migration 12: what a version without collections has stored stands afterwards as it was, under the kind's first. */
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { openDatabase } from '../../electron/storage/database';
import { atEnd, tempFolder } from '../support/endings';
import { backTo, buildVersion, schemaOf } from '../support/schema';

type Row = Record<string, string | number | null>;

const order = 'order-1';
const named = (connection_id: string, more: Row): Row => ({ connection_id, ...more });

/** Rows of every table that a record is named in, and of those that refer to them; parents first. */
const before: readonly (readonly [table: string, rows: readonly Row[]])[] = [
  ['connections', ['a', 'b'].map((id, position) => ({ id, position, body: '{"kind":"simotel"}' }))],
  ['work_orders', [{ id: order, number: 1, name: 'One', created_at: 1, is_current: 1 }]],
  ['directories', [named('a', { synced_at: 7, generation: 2 }), named('b', { synced_at: 8, generation: 1 })]],
  [
    'record_bodies',
    [
      named('a', { id: 5, remote_id: 'r1', raw: '{"_id":"r1"}', digest: 'd5', read_at: 3 }),
      named('a', { id: 4, remote_id: 'r2', raw: '{"secret":{"$sealed":"x"}}', digest: '', read_at: 4 }),
      named('b', { id: 9, remote_id: 'r1', raw: '{"_id":"r1","name":"of b"}', digest: 'd9', read_at: 5 }),
    ],
  ],
  [
    'record_places',
    [
      // One of a generation that was replaced, and not swept yet.
      named('a', { generation: 1, ordinal: 0, remote_id: 'r1', body: 5 }),
      named('a', { generation: 2, ordinal: 0, remote_id: 'r2', body: 4 }),
      named('a', { generation: 2, ordinal: 6, remote_id: 'r1', body: 5 }),
      named('b', { generation: 1, ordinal: 0, remote_id: 'r1', body: 9 }),
    ],
  ],
  ['lookups', [named('b', { field: 'acl_id', items: '[{"id":"1","label":"One"}]', read_at: 2 })]],
  [
    'changes',
    [
      named('a', {
        id: 'c1',
        work_order_id: order,
        remote_id: 'r1',
        title: 'T',
        created_at: 1,
        updated_at: 9,
        edit: 4,
      }),
      named('b', {
        id: 'c2',
        work_order_id: order,
        remote_id: 'r1',
        title: '',
        created_at: 2,
        updated_at: 8,
        edit: 3,
      }),
    ],
  ],
  [
    'change_fields',
    [
      { change_id: 'c1', field: 'name', base: null, next: 'N', updated_at: 9, returns: 2 },
      {
        change_id: 'c1',
        field: 'secret',
        base: 'sealed2:x',
        next: 'sealed2:y',
        updated_at: 9,
        returns: null,
      },
      { change_id: 'c2', field: 'name', base: 'O', next: null, updated_at: 8, returns: null },
    ],
  ],
  ['bulk_drafts', [named('a', { records: '["r1","r2"]', what: 'template', name: 'Tpl', updated_at: 6 })]],
  [
    'bulk_rules',
    [
      named('a', { field: 'name', rule: '{"rule":"set","value":"x"}' }),
      named('a', { field: 'secret', rule: '{"rule":"set","value":"sealed2:z"}' }),
    ],
  ],
  [
    'bulk_steps',
    [
      named('a', {
        id: 's1',
        work_order_id: order,
        at: 3,
        what: 'sheet',
        name: 'in.csv',
        records: 1,
        fields: '["name"]',
        state: 'prepared',
      }),
    ],
  ],
  [
    'bulk_step_fields',
    [
      {
        step_id: 's1',
        remote_id: 'r1',
        field: 'name',
        change_id: 'c1',
        title: 'T',
        was_edited: 0,
        was_base: null,
        was_next: null,
        is_edited: 1,
        base: 'O',
        next: 'N',
        taken_back: 0,
        was_returns: null,
      },
    ],
  ],
  ['runs', [{ id: 'run1', work_order_id: order, started_at: 1, ended_at: null }]],
  [
    'run_rows',
    [
      named('a', {
        run_id: 'run1',
        change_id: 'c1',
        ordinal: 0,
        remote_id: 'r1',
        title: 'T',
        edits: '[]',
        state: 'waiting',
        outcome: null,
        result: null,
        proof: 'p',
      }),
    ],
  ],
  ['templates', [{ id: 't1', kind: 'simotel', name: 'Tpl', note: 'n', created_at: 1, updated_at: 2 }]],
  ['template_rules', [{ template_id: 't1', field: 'name', rule: '{"rule":"set","value":"x"}' }]],
  ['sheet_columns', [{ kind: 'edge', title: 'name', field: 'uname' }]],
  [
    'history',
    [
      { seq: 1, at: 5, site: 1, connection: 2, record: 3, work_order: null, outcome: 1, title: 4, fields: 7 },
      { seq: 2, at: 6, site: 1, connection: 2, record: 3, work_order: 5, outcome: null, title: 4, fields: 0 },
    ],
  ],
];

/** Those whose rows say since then which collection they are of. */
const withCollection = [
  'directories',
  'record_bodies',
  'record_places',
  'lookups',
  'changes',
  'bulk_drafts',
  'bulk_rules',
  'bulk_steps',
  'run_rows',
  'templates',
  'sheet_columns',
  'history',
];

const text = (row: object): string =>
  JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));

it('keeps every row of a file of version 11 as it is, as one of the first collection', () => {
  const file = join(tempFolder(), 'old.db');
  buildVersion(file, 11);
  const old = new DatabaseSync(file);
  for (const [table, rows] of before)
    for (const row of rows) {
      const names = Object.keys(row);
      old
        .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
        .run(...Object.values(row));
    }
  // Whoever inserts is counted; what is to be found again is what stood there.
  for (const { id = '', edit = 0 } of before.find(([table]) => table === 'changes')?.[1] ?? [])
    old.prepare('UPDATE changes SET edit = ? WHERE id = ?').run(edit, id);
  const counted: unknown = old.prepare('SELECT * FROM edits').get();
  old.close();

  const { database } = openDatabase(file);
  atEnd(() => database.close());
  for (const [table, rows] of before) {
    const also = withCollection.includes(table) ? { collection: '' } : {};
    const columns = Object.keys({ ...rows[0], ...also }).join(', ');
    const found: unknown[] = database.prepare(`SELECT ${columns} FROM ${table}`).all();
    expect([table, ...found.map((row) => text(Object(row))).sort()]).toEqual([
      table,
      ...rows.map((row) => text({ ...row, ...also })).sort(),
    ]);
  }
  expect(database.prepare('SELECT * FROM edits').get()).toEqual(counted);
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  const seen = 'SELECT connection_id, remote_id FROM records ORDER BY connection_id, ordinal';
  expect(database.prepare(seen).all().map(text)).toEqual(
    [named('a', { remote_id: 'r2' }), named('a', { remote_id: 'r1' }), named('b', { remote_id: 'r1' })].map(
      text,
    ),
  );
});

it('lets what was stored go with what it belongs to, as before', () => {
  const file = join(tempFolder(), 'old.db');
  buildVersion(file, 11);
  const { database } = openDatabase(file);
  atEnd(() => database.close());
  database.exec(`INSERT INTO connections (id, position, body) VALUES ('a', 1, '{}');
    INSERT INTO work_orders (id, number, name, created_at, is_current) VALUES ('${order}', 1, '', 1, 1);
    INSERT INTO changes (id, work_order_id, connection_id, collection, remote_id, title, created_at, updated_at)
      VALUES ('c1', '${order}', 'a', '', 'r1', '', 1, 1), ('c2', '${order}', 'a', 'queues', 'r1', '', 1, 1);
    INSERT INTO change_fields (change_id, field, next, updated_at) VALUES ('c1', 'name', 'x', 1), ('c2', 'name', 'y', 1);
    INSERT INTO bulk_drafts VALUES ('a', '', '[]', 'edit', '', 1), ('a', 'queues', '[]', 'edit', '', 1);
    INSERT INTO bulk_rules VALUES ('a', '', 'name', '{}'), ('a', 'queues', 'name', '{}');`);
  const left = (table: string): unknown[] =>
    database
      .prepare(`SELECT count(*) AS n FROM ${table}`)
      .all()
      .map((row: unknown) => Reflect.get(Object(row), 'n'));
  // Each is a change of its own, counted as edited.
  expect(database.prepare('SELECT count(DISTINCT edit) AS n FROM changes WHERE edit > 0').get()).toEqual({
    n: 2,
  });
  database.exec("DELETE FROM changes WHERE id = 'c1'; DELETE FROM bulk_drafts WHERE collection = ''");
  expect([left('change_fields'), left('bulk_rules')]).toEqual([[1], [1]]);
  database.exec("DELETE FROM connections WHERE id = 'a'");
  for (const table of ['changes', 'change_fields', 'bulk_drafts', 'bulk_rules'])
    expect(left(table)).toEqual([0]);
});

it.each([10, 11])(
  'a file that tests bring back to version %i is one of that version, and comes back as it was',
  (version) => {
    const [file, built] = ['newest.db', 'built.db'].map((name) => join(tempFolder(), name));
    if (!file || !built) throw new Error('no files');
    const newest = openDatabase(file).database;
    newest.exec(`INSERT INTO connections (id, position, body) VALUES ('a', 1, '{}');
    INSERT INTO directories VALUES ('a', '', 7, 2);
    INSERT INTO history VALUES (1, 5, 1, 2, 3, NULL, 1, 4, 7, '')`);
    newest.close();
    const stands = schemaOf(file);
    buildVersion(built, version);
    backTo(file, version);
    expect(schemaOf(file)).toEqual(schemaOf(built));
    const { database } = openDatabase(file);
    atEnd(() => database.close());
    expect(schemaOf(file)).toEqual(stands);
    expect(database.prepare('SELECT * FROM directories').get()).toEqual({
      connection_id: 'a',
      collection: '',
      synced_at: 7,
      generation: 2,
    });
    expect(database.prepare('SELECT seq, fields, collection FROM history').get()).toEqual({
      seq: 1,
      fields: 7,
      collection: '',
    });
  },
);
