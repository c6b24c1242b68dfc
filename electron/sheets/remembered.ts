import { z } from 'zod';
import { fieldSpec, type OfCollection } from '../../shared/catalog';
import { type Database, inTransaction } from '../storage/database';
import { storedName } from '../storage/owner';
import { all, run } from '../storage/rows';
import { headingKey } from './heading-key';
import { looksSecret } from './headings';

const row = z.object({ title: z.string(), field: z.string() });

/** Which field a person matched a heading to, by collection. The empty text: left out. */
export class RememberedColumns {
  constructor(private readonly database: Database) {}

  of(of: OfCollection): ReadonlyMap<string, string> {
    const sql = 'SELECT title, field FROM sheet_columns WHERE kind = ? AND collection = ?';
    const found = all(this.database, row, sql, of.kind, storedName(of));
    return new Map(found.map(({ title, field }) => [title, field]));
  }

  keep(of: OfCollection, choices: readonly { title: string; field: string | null }[]): void {
    inTransaction(this.database, () => {
      for (const { title, field } of choices) {
        const key = headingKey(title);
        // A heading that long is a cell of a file without headings; so may one be that looks like a secret, and this is
        // kept in clear.
        const doubtful = looksSecret(title) && (field === null || fieldSpec(of, field)?.secret === true);
        if (key === '' || key.length > 120 || doubtful) continue;
        run(
          this.database,
          `INSERT INTO sheet_columns (kind, collection, title, field) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET field = excluded.field`,
          of.kind,
          storedName(of),
          key,
          field ?? '',
        );
      }
    });
  }
}
