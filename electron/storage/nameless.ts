import { type Database, inTransaction } from './database';

/*
 * Rows that an older version let in under a name of which SQLite kept nothing, because it began with a NUL. No list could
 * show them, no button could take them away, and the whole list was refused for their sake.
 */
const unnamed = '\ufffd';

// Of two such rows in one place the second stays as it is: it stands for the same nothing.
const steps = [
  `UPDATE templates SET name = '${unnamed}' WHERE trim(name) = ''`,
  `UPDATE OR IGNORE changes SET remote_id = '${unnamed}' WHERE remote_id = ''`,
  "DELETE FROM changes WHERE remote_id = ''",
];

/** Gives them a name that can be seen, so that they can be looked at and removed. */
export function nameTheNameless(database: Database): void {
  inTransaction(database, () => {
    for (const sql of steps) database.exec(sql);
  });
}
