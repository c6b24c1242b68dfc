import type { Migration } from './migration';

/**
 * A directory is stored beside the one that it replaces and takes its place at once: 50,000 records are too many for one
 * transaction while a person types.
 */
export const generations: Migration = {
  version: 6,
  name: 'generations',
  sql: `
    -- raw: the record as the server sent it, every secret in it sealed. digest: keyed, of what the server sent; a record
    -- that comes the same again is not written again. Empty where it is not known.
    CREATE TABLE record_bodies (
      id INTEGER PRIMARY KEY,
      connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
      remote_id TEXT NOT NULL,
      raw TEXT NOT NULL,
      digest TEXT NOT NULL,
      read_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX record_bodies_by_record ON record_bodies (connection_id, remote_id);

    -- Which records a directory has, in the server's order. Rows of a generation that is not the directory's own are one
    -- that is being stored, or what is left of one: nobody sees them.
    CREATE TABLE record_places (
      connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
      generation INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,
      remote_id TEXT NOT NULL,
      body INTEGER NOT NULL,
      PRIMARY KEY (connection_id, generation, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX record_places_by_record ON record_places (connection_id, generation, remote_id);

    INSERT INTO record_bodies (connection_id, remote_id, raw, digest, read_at)
      SELECT connection_id, remote_id, raw, '', read_at FROM records ORDER BY connection_id, ordinal;
    INSERT INTO record_places (connection_id, generation, ordinal, remote_id, body)
      SELECT connection_id, 1, row_number() OVER (PARTITION BY connection_id ORDER BY id), remote_id, id
      FROM record_bodies;
    DROP TABLE records;
    ALTER TABLE directories ADD COLUMN generation INTEGER NOT NULL DEFAULT 1;

    -- How many changes a work order has and when it was last touched is asked with every letter typed.
    CREATE INDEX changes_by_touch ON changes (work_order_id, updated_at);
    CREATE INDEX changes_as_prepared ON changes (work_order_id, connection_id, created_at, id);
    CREATE INDEX run_rows_not_applied ON run_rows (run_id) WHERE outcome <> 'applied';

    -- The records as they may be seen. (LEFT: who only counts them does not touch the bodies.)
    CREATE VIEW records AS
      SELECT p.connection_id, p.remote_id, p.ordinal, b.raw, b.read_at
      FROM directories d
      JOIN record_places p ON p.connection_id = d.connection_id AND p.generation = d.generation
      LEFT JOIN record_bodies b ON b.id = p.body;
  `,
};
