import type { Database } from '../sqlite';
import { chainEntries } from './003-history/chain-entries';
import type { Migration } from './migration';

/**
 * The history as evidence: every entry names the hash of the one before, sealed values lie apart so that they can be
 * forgotten without touching the chain, and side tables make a million entries searchable.
 */
export const history: Migration = {
  version: 3,
  name: 'history',
  sql: `
    -- See docs/history-chain.md for what the hash covers.
    ALTER TABLE journal ADD COLUMN prev TEXT NOT NULL DEFAULT '';
    ALTER TABLE journal ADD COLUMN hash TEXT NOT NULL DEFAULT '';

    -- The sealed values of an entry, by the digest that stands in its body. These rows may be deleted.
    CREATE TABLE journal_secrets (
      seq INTEGER NOT NULL REFERENCES journal (seq),
      digest TEXT NOT NULL,
      sealed TEXT NOT NULL,
      PRIMARY KEY (seq, digest)
    ) STRICT, WITHOUT ROWID;

    -- What follows is derived from the journal and can be made anew from it.
    -- Titles, record ids, sites and so on by number, so that a row of history is small enough to scan a million of.
    CREATE TABLE history_names (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('site', 'connection', 'record', 'work-order', 'title')),
      text TEXT NOT NULL,
      folded TEXT NOT NULL,
      UNIQUE (kind, text)
    ) STRICT;
    CREATE TABLE history_fields (
      n INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;

    -- One row an intent or note. fields: a bit for each of the first 62 fields; the others stand in history_more_fields.
    CREATE TABLE history (
      seq INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      site INTEGER NOT NULL,
      connection INTEGER NOT NULL,
      record INTEGER NOT NULL,
      work_order INTEGER,
      outcome INTEGER,
      title INTEGER NOT NULL,
      fields INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX history_by_record ON history (record, seq);
    CREATE INDEX history_by_work_order ON history (work_order, seq) WHERE work_order IS NOT NULL;
    CREATE TABLE history_more_fields (
      n INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (n, seq)
    ) STRICT, WITHOUT ROWID;

    -- Folded words of an entry, never a secret. Indexed a little later than written: up to history_state 'indexed'.
    CREATE TABLE history_text (
      seq INTEGER PRIMARY KEY,
      text TEXT NOT NULL
    ) STRICT;
    CREATE VIRTUAL TABLE history_words USING fts5(
      text, content = 'history_text', content_rowid = 'seq',
      tokenize = 'trigram case_sensitive 1', detail = 'none', columnsize = 0
    );

    -- indexed: the newest entry in history_words. journal: the journal's own id, under which the keychain knows its head.
    -- anchor: seq and hash of the newest entry that was archived, which the oldest one here links to.
    CREATE TABLE history_state (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT;
    INSERT INTO history_state VALUES ('indexed', '0'), ('journal', lower(hex(randomblob(16))));

    DROP TRIGGER journal_is_not_rewritten;
  `,
  after: (database) => {
    if (hasEntries(database)) chainEntries(database);
    database.exec(`CREATE TRIGGER journal_is_not_rewritten BEFORE UPDATE ON journal
      BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END`);
  },
};

/** Asked without a prepared statement: those hold the file open until they are collected, and a new file has no need. */
function hasEntries(database: Database): boolean {
  let any = false;
  database.function('patchbay_any', () => {
    any = true;
    return null;
  });
  database.exec('SELECT patchbay_any() FROM journal LIMIT 1');
  return any;
}
