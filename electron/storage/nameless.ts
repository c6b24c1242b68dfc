import { type Database, inTransaction } from './database';

/*
 * Rows that an older version accepted under a name of which SQLite stored nothing, because it began with a NUL. No list
 * could show them, no button could remove them, and the whole list failed because of them.
 */
const unnamed = '\ufffd';

// The second of two such rows in one place stays as it is: both mean nothing.
const steps = [
  `UPDATE templates SET name = '${unnamed}' WHERE trim(name) = ''`,
  `UPDATE OR IGNORE changes SET remote_id = '${unnamed}' WHERE remote_id = ''`,
  "DELETE FROM changes WHERE remote_id = ''",
];

/** Gives them a visible name, so that they can be seen and removed. */
export function nameTheNameless(database: Database): void {
  inTransaction(database, () => {
    for (const sql of steps) database.exec(sql);
  });
}
