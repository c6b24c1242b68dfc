import type { Migration } from './migration';

/** Named work orders, and runs that are kept row by row so that a crash leaves them standing as far as they came. */
export const workOrders: Migration = {
  version: 2,
  name: 'work-orders',
  sql: `
    ALTER TABLE work_orders ADD COLUMN customer TEXT NOT NULL DEFAULT '';
    ALTER TABLE work_orders ADD COLUMN ticket TEXT NOT NULL DEFAULT '';
    ALTER TABLE work_orders ADD COLUMN note TEXT NOT NULL DEFAULT '';
    ALTER TABLE work_orders ADD COLUMN closed_at INTEGER;
    -- The id that a work order had where it was written to a file: taking the same file in twice makes no doubles.
    ALTER TABLE work_orders ADD COLUMN origin TEXT;
    CREATE UNIQUE INDEX work_orders_by_origin ON work_orders (origin) WHERE origin IS NOT NULL;

    ALTER TABLE journal ADD COLUMN work_order_id TEXT;
    CREATE INDEX journal_by_work_order ON journal (work_order_id, seq) WHERE work_order_id IS NOT NULL;

    CREATE TABLE runs (
      id TEXT PRIMARY KEY,
      work_order_id TEXT NOT NULL REFERENCES work_orders (id),
      started_at INTEGER NOT NULL,
      ended_at INTEGER
    ) STRICT;
    CREATE INDEX runs_by_work_order ON runs (work_order_id, started_at);

    -- state: waiting → written (its intent is in the journal, its outcome is not) → done (with an outcome).
    -- edits: what was confirmed, so that a run that is resumed writes that and nothing else; secrets sealed.
    CREATE TABLE run_rows (
      run_id TEXT NOT NULL REFERENCES runs (id),
      change_id TEXT NOT NULL,
      ordinal INTEGER NOT NULL,
      connection_id TEXT NOT NULL,
      remote_id TEXT NOT NULL,
      title TEXT NOT NULL,
      edits TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'written', 'done')),
      intent_seq INTEGER REFERENCES journal (seq),
      outcome TEXT,
      result TEXT,
      PRIMARY KEY (run_id, change_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX run_rows_by_intent ON run_rows (intent_seq) WHERE intent_seq IS NOT NULL;
  `,
};
