import type { Migration } from './migration';

/** Many records at once: what is being put together, what was prepared in one step, templates, columns matched earlier. */
export const many: Migration = {
  version: 5,
  name: 'many',
  sql: `
    -- A bulk edit that is being put together. records: JSON array of the ids that it is for.
    CREATE TABLE bulk_drafts (
      connection_id TEXT PRIMARY KEY REFERENCES connections (id) ON DELETE CASCADE,
      records TEXT NOT NULL,
      what TEXT NOT NULL CHECK (what IN ('edit', 'template', 'copy')),
      name TEXT NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;

    -- rule: JSON; its value sealed where the field is a secret.
    CREATE TABLE bulk_rules (
      connection_id TEXT NOT NULL REFERENCES bulk_drafts (connection_id) ON DELETE CASCADE,
      field TEXT NOT NULL,
      rule TEXT NOT NULL,
      PRIMARY KEY (connection_id, field)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE templates (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      note TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE template_rules (
      template_id TEXT NOT NULL REFERENCES templates (id) ON DELETE CASCADE,
      field TEXT NOT NULL,
      rule TEXT NOT NULL,
      PRIMARY KEY (template_id, field)
    ) STRICT, WITHOUT ROWID;

    -- state: preparing → prepared → undoing → undone. What is cut off between two is taken back at the next start.
    CREATE TABLE bulk_steps (
      id TEXT PRIMARY KEY,
      work_order_id TEXT NOT NULL REFERENCES work_orders (id) ON DELETE CASCADE,
      connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
      at INTEGER NOT NULL,
      what TEXT NOT NULL CHECK (what IN ('edit', 'template', 'copy', 'sheet')),
      name TEXT NOT NULL,
      records INTEGER NOT NULL,
      fields TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('preparing', 'prepared', 'undoing', 'undone'))
    ) STRICT;
    CREATE INDEX bulk_steps_by_work_order ON bulk_steps (work_order_id, at);

    -- A field's edit before the step and after it, each with whether there was one at all. Sealed as in change_fields.
    -- change_id, title: the change that it stood in, to find it after a move and to make it again as it was.
    -- taken_back: it is again as it was before.
    CREATE TABLE bulk_step_fields (
      step_id TEXT NOT NULL REFERENCES bulk_steps (id) ON DELETE CASCADE,
      remote_id TEXT NOT NULL,
      field TEXT NOT NULL,
      change_id TEXT NOT NULL,
      title TEXT NOT NULL,
      was_edited INTEGER NOT NULL CHECK (was_edited IN (0, 1)),
      was_base TEXT,
      was_next TEXT,
      is_edited INTEGER NOT NULL CHECK (is_edited IN (0, 1)),
      base TEXT,
      next TEXT,
      taken_back INTEGER NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1)),
      PRIMARY KEY (step_id, remote_id, field)
    ) STRICT, WITHOUT ROWID;

    -- Which field a column was matched to by a person, by its folded heading.
    CREATE TABLE sheet_columns (
      kind TEXT NOT NULL,
      title TEXT NOT NULL,
      field TEXT NOT NULL,
      PRIMARY KEY (kind, title)
    ) STRICT, WITHOUT ROWID;
  `,
};
