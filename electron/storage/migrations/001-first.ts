import type { Migration } from './migration';

/** Connections, directories, changes, the journal and what stands open in the window. */
export const first: Migration = {
  version: 1,
  name: 'first',
  sql: `
    CREATE TABLE connections (
      id TEXT PRIMARY KEY,
      position INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT;

    CREATE TABLE directories (
      connection_id TEXT PRIMARY KEY REFERENCES connections (id) ON DELETE CASCADE,
      synced_at INTEGER NOT NULL
    ) STRICT;

    -- raw: the record as the server sent it, every secret in it sealed.
    CREATE TABLE records (
      connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
      remote_id TEXT NOT NULL,
      ordinal INTEGER NOT NULL,
      raw TEXT NOT NULL,
      read_at INTEGER NOT NULL,
      PRIMARY KEY (connection_id, remote_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE lookups (
      connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
      field TEXT NOT NULL,
      items TEXT NOT NULL,
      read_at INTEGER NOT NULL,
      PRIMARY KEY (connection_id, field)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE work_orders (
      id TEXT PRIMARY KEY,
      number INTEGER NOT NULL UNIQUE,
      name TEXT NOT NULL,
      is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX one_current_work_order ON work_orders (is_current) WHERE is_current = 1;

    CREATE TABLE changes (
      id TEXT PRIMARY KEY,
      work_order_id TEXT NOT NULL REFERENCES work_orders (id),
      connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
      remote_id TEXT NOT NULL,
      title TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      UNIQUE (work_order_id, connection_id, remote_id)
    ) STRICT;
    CREATE INDEX changes_by_record ON changes (connection_id, remote_id);

    -- base, next: as the server tells it and as typed; sealed for a secret field.
    CREATE TABLE change_fields (
      change_id TEXT NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
      field TEXT NOT NULL,
      base TEXT,
      next TEXT,
      updated_at INTEGER NOT NULL,
      PRIMARY KEY (change_id, field)
    ) STRICT, WITHOUT ROWID;

    -- Append-only. An intent stands before its write leaves; outcomes name their intent, the newest one counts.
    CREATE TABLE journal (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      type TEXT NOT NULL CHECK (type IN ('intent', 'outcome', 'note')),
      intent_seq INTEGER REFERENCES journal (seq),
      connection_id TEXT NOT NULL,
      remote_id TEXT NOT NULL,
      title TEXT NOT NULL,
      outcome TEXT,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX journal_outcomes ON journal (intent_seq, seq) WHERE intent_seq IS NOT NULL;
    CREATE INDEX journal_by_record ON journal (connection_id, remote_id, seq);

    CREATE TRIGGER journal_is_not_rewritten BEFORE UPDATE ON journal
      BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER journal_is_not_shortened BEFORE DELETE ON journal
      BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;

    CREATE TABLE workspace (
      key TEXT PRIMARY KEY,
      body TEXT NOT NULL
    ) STRICT;
  `,
};
