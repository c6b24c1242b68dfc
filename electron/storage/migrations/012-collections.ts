import type { Migration } from './migration';

/**
 * A record is known by connection, collection and remote id. A collection stands as its id; empty is the kind's first one,
 * which everything of before belongs to (electron/storage/owner.ts).
 */
export const collections: Migration = {
  version: 12,
  name: 'collections',
  sql: `
    -- The journal's own entries say it in their bodies, which their hashes cover.
    ALTER TABLE history ADD COLUMN collection TEXT NOT NULL DEFAULT '';
    ALTER TABLE run_rows ADD COLUMN collection TEXT NOT NULL DEFAULT '';
    ALTER TABLE bulk_steps ADD COLUMN collection TEXT NOT NULL DEFAULT '';
    ALTER TABLE templates ADD COLUMN collection TEXT NOT NULL DEFAULT '';

    -- Keys cannot be widened in place: these tables are made anew. Children go before their parents, since dropping a
    -- parent deletes what refers to it.
    DROP VIEW records;
    CREATE TABLE directories_anew (
      connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
      collection TEXT NOT NULL,
      synced_at INTEGER NOT NULL,
      generation INTEGER NOT NULL,
      PRIMARY KEY (connection_id, collection)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO directories_anew SELECT connection_id, '', synced_at, generation FROM directories;
    DROP TABLE directories;
    ALTER TABLE directories_anew RENAME TO directories;

    ALTER TABLE record_bodies ADD COLUMN collection TEXT NOT NULL DEFAULT '';
    DROP INDEX record_bodies_by_record;
    CREATE INDEX record_bodies_by_record ON record_bodies (connection_id, collection, remote_id);
    CREATE TABLE record_places_anew (
      connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
      collection TEXT NOT NULL,
      generation INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,
      remote_id TEXT NOT NULL,
      body INTEGER NOT NULL,
      PRIMARY KEY (connection_id, collection, generation, ordinal)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO record_places_anew SELECT connection_id, '', generation, ordinal, remote_id, body FROM record_places;
    DROP TABLE record_places;
    ALTER TABLE record_places_anew RENAME TO record_places;
    CREATE UNIQUE INDEX record_places_by_record ON record_places (connection_id, collection, generation, remote_id);
    CREATE VIEW records AS
      SELECT p.connection_id, p.collection, p.remote_id, p.ordinal, b.raw, b.read_at
      FROM directories d
      JOIN record_places p
        ON p.connection_id = d.connection_id AND p.collection = d.collection AND p.generation = d.generation
      LEFT JOIN record_bodies b ON b.id = p.body;

    CREATE TABLE lookups_anew (
      connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
      collection TEXT NOT NULL,
      field TEXT NOT NULL,
      items TEXT NOT NULL,
      read_at INTEGER NOT NULL,
      PRIMARY KEY (connection_id, collection, field)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO lookups_anew SELECT connection_id, '', field, items, read_at FROM lookups;
    DROP TABLE lookups;
    ALTER TABLE lookups_anew RENAME TO lookups;

    CREATE TABLE changes_anew (
      id TEXT PRIMARY KEY,
      work_order_id TEXT NOT NULL REFERENCES work_orders (id),
      connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
      collection TEXT NOT NULL,
      remote_id TEXT NOT NULL,
      title TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      edit INTEGER NOT NULL DEFAULT 0,
      UNIQUE (work_order_id, connection_id, collection, remote_id)
    ) STRICT;
    INSERT INTO changes_anew
      SELECT id, work_order_id, connection_id, '', remote_id, title, created_at, updated_at, edit FROM changes;
    CREATE TABLE change_fields_anew (
      change_id TEXT NOT NULL REFERENCES changes_anew (id) ON DELETE CASCADE,
      field TEXT NOT NULL,
      base TEXT,
      next TEXT,
      updated_at INTEGER NOT NULL,
      returns INTEGER,
      PRIMARY KEY (change_id, field)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO change_fields_anew SELECT change_id, field, base, next, updated_at, returns FROM change_fields;
    DROP TABLE change_fields;
    DROP TABLE changes;
    ALTER TABLE changes_anew RENAME TO changes;
    ALTER TABLE change_fields_anew RENAME TO change_fields;
    CREATE INDEX changes_by_record ON changes (connection_id, collection, remote_id);
    CREATE INDEX changes_by_touch ON changes (work_order_id, updated_at);
    CREATE INDEX changes_as_prepared ON changes (work_order_id, connection_id, created_at, id);
    CREATE TRIGGER changes_made AFTER INSERT ON changes BEGIN
      UPDATE edits SET n = n + 1;
      UPDATE changes SET edit = (SELECT n FROM edits) WHERE id = NEW.id;
    END;
    CREATE TRIGGER changes_edited AFTER UPDATE OF updated_at ON changes BEGIN
      UPDATE edits SET n = n + 1;
      UPDATE changes SET edit = (SELECT n FROM edits) WHERE id = NEW.id;
    END;

    CREATE TABLE bulk_drafts_anew (
      connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
      collection TEXT NOT NULL,
      records TEXT NOT NULL,
      what TEXT NOT NULL CHECK (what IN ('edit', 'template', 'copy')),
      name TEXT NOT NULL,
      updated_at INTEGER NOT NULL,
      PRIMARY KEY (connection_id, collection)
    ) STRICT;
    INSERT INTO bulk_drafts_anew SELECT connection_id, '', records, what, name, updated_at FROM bulk_drafts;
    CREATE TABLE bulk_rules_anew (
      connection_id TEXT NOT NULL,
      collection TEXT NOT NULL,
      field TEXT NOT NULL,
      rule TEXT NOT NULL,
      PRIMARY KEY (connection_id, collection, field),
      FOREIGN KEY (connection_id, collection) REFERENCES bulk_drafts_anew (connection_id, collection)
        ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    INSERT INTO bulk_rules_anew SELECT connection_id, '', field, rule FROM bulk_rules;
    DROP TABLE bulk_rules;
    DROP TABLE bulk_drafts;
    ALTER TABLE bulk_drafts_anew RENAME TO bulk_drafts;
    ALTER TABLE bulk_rules_anew RENAME TO bulk_rules;

    CREATE TABLE sheet_columns_anew (
      kind TEXT NOT NULL,
      collection TEXT NOT NULL,
      title TEXT NOT NULL,
      field TEXT NOT NULL,
      PRIMARY KEY (kind, collection, title)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO sheet_columns_anew SELECT kind, '', title, field FROM sheet_columns;
    DROP TABLE sheet_columns;
    ALTER TABLE sheet_columns_anew RENAME TO sheet_columns;
  `,
};
