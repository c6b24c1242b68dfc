import type { Migration } from './migration';

/**
 * Which prepared edits put back what a server had: the number of the history's entry that knows it. Such a value goes
 * out as it was, whatever is thought of it today; one that a person types over it is a typed one again.
 */
export const returned: Migration = {
  version: 9,
  name: 'returned',
  sql: `
    ALTER TABLE change_fields ADD COLUMN returns INTEGER;
    ALTER TABLE bulk_step_fields ADD COLUMN was_returns INTEGER;
  `,
};
