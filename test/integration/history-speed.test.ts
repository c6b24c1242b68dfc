import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { History } from '../../electron/journal/history';
import { HistoryIndex } from '../../electron/journal/history-index';
import { Journal } from '../../electron/journal/journal';
import { foldedQuery } from '../../electron/journal/search-text';
import { type Database, inTransaction, openDatabase } from '../../electron/storage/database';
import { all } from '../../electron/storage/rows';
import { everything, type JournalFilter } from '../../shared/model/journal';
import { outcomeSchema } from '../../shared/model/plan';
import { anotherEntry, type Made, storyOf, who } from '../bench/history-entries';
import { appendEntry, appendHistory, fillHistory } from '../bench/history-fill';
import { type Question, questions } from '../bench/history-questions';
import { startSimotel } from '../simulators';
import { atEnd, tempFolder } from '../support/endings';
import { connect, ok, openHouse, type } from '../support/house';
import { buildVersion } from '../support/schema';

const fresh = (): Database => {
  const { database } = openDatabase(join(tempFolder(), 'history.db'));
  atEnd(() => database.close());
  return database;
};

describe('the history of the benchmark', () => {
  it('has the rows that appending leaves, in every table', () => {
    const [appended, filled] = [fresh(), fresh()];
    expect(appendHistory(appended, 400)).toEqual(fillHistory(filled, 400));
    const tables = [
      'journal',
      'journal_secrets',
      'history',
      'history_names',
      'history_fields',
      'history_more_fields',
      'history_blocks',
      'history_text',
      "history_state WHERE key <> 'journal'",
      'sqlite_sequence',
      'sqlite_schema WHERE rootpage = 0 OR rootpage IS NULL',
    ];
    for (const table of tables) {
      const rows = (database: Database): unknown[] => database.prepare(`SELECT * FROM ${table}`).all();
      expect([table, rows(filled)]).toEqual([table, rows(appended)]);
    }
    expect(indexesOf(filled)).toEqual(indexesOf(appended));
    // Compares the index of words with the texts, and throws where they differ.
    filled.exec("INSERT INTO history_words (history_words, rank) VALUES ('integrity-check', 1)");
    expect(filled.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  });
});

function indexesOf(database: Database): unknown[] {
  return database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name").all();
}

describe('a search', () => {
  const size = 7_000;
  let database: Database;
  let made: Made;
  let told: ReturnType<typeof tellAll>;
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'patchbay-test-'));
    ({ database } = openDatabase(join(folder, 'history.db')));
    made = fillHistory(database, size);
    // The clock was set back, and far ahead, for a while; the words of these are not indexed yet.
    let at = 0;
    const journal = new Journal(database, { now: () => at, who: () => who });
    for (let n = 0; n < 60; n += 1) {
      at = n < 30 ? made.first + n : made.last * 2;
      appendEntry(journal, anotherEntry(n));
    }
    told = tellAll(database);
    return () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    };
  });

  // What is asked is that of the benchmark: its questions are answered right, not only fast.
  for (const [kind] of questions(storyOf(size).made())) {
    it(`${kind} finds and counts what reading every entry finds`, async () => {
      const history = new History(database, new Journal(database).index);
      const [, asked = []] = questions(made).find(([name]) => name === kind) ?? [];
      for (const question of asked.slice(0, 16)) {
        const filter = { ...everything, ...question };
        const expected = told.filter((one) => fits(one, filter)).map(({ seq }) => seq);
        const counted = await history.count(filter);
        expect([question, counted]).toEqual([question, expected.length]);
        expect([question, await pages(history, filter)]).toEqual([question, expected.slice(0, 240)]);
      }
    });
  }

  it('goes on below a number, whatever narrows it', async () => {
    const history = new History(database, new Journal(database).index);
    const filters: Question[] = [{}, { to: made.last }, { field: 'email' }, { text: 'رضا' }, { text: '12' }];
    for (const question of filters) {
      const filter = { ...everything, ...question };
      const expected = told.filter((one) => fits(one, filter) && one.seq < made.middle).slice(0, 40);
      const { items } = await history.page(filter, made.middle, 40);
      expect([question, items.map(({ seq }) => seq)]).toEqual([question, expected.map(({ seq }) => seq)]);
    }
  });
});

/** The first pages of a filter. */
async function pages(history: History, filter: JournalFilter): Promise<number[]> {
  const seqs: number[] = [];
  for (let before: number | null = null; seqs.length < 240; before = seqs.at(-1) ?? null) {
    const { items } = await history.page(filter, before, 80);
    seqs.push(...items.map(({ seq }) => seq));
    if (items.length < 80) break;
  }
  return seqs;
}

const entryRow = z.object({
  seq: z.number(),
  at: z.number(),
  site: z.string(),
  connectionId: z.string(),
  remoteId: z.string(),
  workOrderId: z.string().nullable(),
  outcome: outcomeSchema.nullable(),
  fields: z.string(),
  title: z.string(),
  text: z.string(),
});

/** Every entry, newest first, read from the journal itself. */
function tellAll(database: Database): z.infer<typeof entryRow>[] {
  const sql = `SELECT i.seq, i.at, i.connection_id AS connectionId, i.remote_id AS remoteId, i.title,
      i.work_order_id AS workOrderId, o.outcome, json_extract(i.body, '$.site') AS site,
      json_extract(i.body, '$.fields') AS fields, t.text
    FROM journal i JOIN journal o ON o.intent_seq = i.seq JOIN history_text t ON t.seq = i.seq
    WHERE i.type = 'intent' ORDER BY i.seq DESC`;
  return all(database, entryRow, sql);
}

function fits(entry: z.infer<typeof entryRow>, { text, field, from, to, ...same }: JournalFilter): boolean {
  const names = ['site', 'connectionId', 'remoteId', 'workOrderId', 'outcome'] as const;
  if (names.some((name) => same[name] !== null && same[name] !== entry[name])) return false;
  if (field !== null && !entry.fields.includes(`"field":"${field}"`)) return false;
  if (from !== null && entry.at < from) return false;
  if (to !== null && entry.at >= to) return false;
  const query = foldedQuery(text);
  return [...query].length < 3 ? foldedQuery(entry.title).includes(query) : entry.text.includes(query);
}

describe('while the history is searched', () => {
  it('an edit is saved before a long search and a long count have ended', async () => {
    const server = await startSimotel({ size: 2 });
    atEnd(() => server.stop());
    const house = await openHouse();
    fillHistory(house.database, 6_000);
    const connection = await connect(house, 'simotel', server);
    const id = server.records()[0]?._id;
    // Not enough for a page, so that all is looked through.
    const rare = { text: '12', field: 'email', outcome: 'applied' } as const;
    const answered: string[] = [];
    const note = async (what: string, answer: Promise<unknown>) => {
      await answer;
      answered.push(what);
    };
    await Promise.all([
      note('count', ok(house.ask.journal.count({ ...everything, field: 'email' }))),
      note('page', ok(house.ask.journal.page({ ...everything, ...rare, before: null, limit: 200 }))),
      // As it comes from the window: in a turn of its own.
      nextTurn().then(() => note('edit', type(house, connection, id, 'name', 'Sara'))),
    ]);
    expect(answered).toEqual(['edit', 'page', 'count']);
  });
});

it('an older history is summarised for spans and fields when it is brought up to date', async () => {
  const file = join(tempFolder(), 'old.db');
  const row = (seq: number, at: number, field: number) =>
    `(${seq}, ${at}, 1, 1, 1, NULL, 1, 1, ${2 ** field})`;
  const rows = [row(1, 500, 0), row(2, 100, 1), row(4_095, 300, 0), row(4_096, 900, 3), row(9_000, 950, 5)];
  buildVersion(file, 3, `INSERT INTO history VALUES ${rows.join(', ')}`);
  const { database } = openDatabase(file);
  atEnd(() => database.close());
  expect(database.prepare('SELECT block, first_at, last_at, fields FROM history_blocks').all()).toEqual([
    { block: 0, first_at: 100, last_at: 500, fields: 3 },
    { block: 1, first_at: 900, last_at: 900, fields: 8 },
    { block: 2, first_at: 950, last_at: 950, fields: 32 },
  ]);
});

it('what an older version has folded for searching is found as it is folded now, and the index keeps its texts', () => {
  const file = join(tempFolder(), 'folded.db');
  const texts = [1, 2, 3].map((seq) => `(${seq}, 'آبان مؤمنی ${seq}')`);
  const words = [1, 2, 3].map((seq) => `(${seq}, 'آبان مؤمنی ${seq}')`);
  buildVersion(
    file,
    6,
    `INSERT INTO history_text VALUES ${texts.join(', ')};
     INSERT INTO history_words (rowid, text) VALUES ${words.join(', ')};
     INSERT INTO history_names (kind, text, folded) VALUES ('title', 'مؤمنی', 'مؤمنی'), ('site', 'مؤمن', '');
     UPDATE history_state SET value = '3' WHERE key = 'indexed';`,
  );
  const { database } = openDatabase(file);
  atEnd(() => database.close());
  const index = new HistoryIndex(database);
  expect(index.foldsAnew).toBe(true);
  while (index.foldsAnew) inTransaction(database, () => index.catchUp(2));
  expect(index.indexed).toBe(3);
  const found = `SELECT rowid FROM history_words WHERE history_words MATCH '"ابا" AND "موم"' ORDER BY rowid`;
  expect(database.prepare(found).all().length).toBe(3);
  expect(database.prepare("SELECT folded FROM history_names WHERE kind = 'title'").get()).toEqual({
    folded: 'مومنی',
  });
  database.exec("INSERT INTO history_words (history_words, rank) VALUES ('integrity-check', 1)");
});
