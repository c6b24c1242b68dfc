import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { HistoryIndex } from '../../electron/journal/history-index';
import { type Database, openDatabase } from '../../electron/storage/database';
import { checkWords } from '../../electron/storage/inspect';
import { atEnd, tempFolder } from '../support/endings';

let file: string;
let database: Database;

beforeEach(() => {
  file = join(tempFolder(), 'patchbay.db');
  database = openDatabase(file).database;
  atEnd(() => database.close());
  for (let seq = 1; seq < 50; seq += 1)
    database.exec(`INSERT INTO history_text VALUES (${seq}, 'some words ${seq}')`);
});

describe('the index of words', () => {
  it('holds whatever of it is not indexed yet', async () => {
    const index = new HistoryIndex(database);
    expect(await checkWords(file)).toBe(true);
    index.catchUp(30);
    expect(await checkWords(file)).toBe(true);
    index.catchUp(30);
    expect(await checkWords(file)).toBe(true);
  });

  it.each([
    [
      'words taken out',
      `INSERT INTO history_words (history_words, rowid, text) VALUES ('delete', 7, 'some words 7')`,
    ],
    ['words put in', `INSERT INTO history_words (rowid, text) VALUES (70, 'of nobody')`],
    ['a text that is another', `UPDATE history_text SET text = 'other' WHERE seq = 9`],
    ['a text that is gone', 'DELETE FROM history_text WHERE seq = 9'],
    [
      'a mark that says more is indexed',
      `UPDATE history_state SET value = '60' WHERE key = 'indexed';
      INSERT INTO history_text VALUES (55, 'hidden')`,
    ],
  ])('is found not to hold: %s', async (_, sql) => {
    new HistoryIndex(database).catchUp(100);
    database.exec(sql);
    expect(await checkWords(file)).toBe(false);
  });
});
