import { z } from 'zod';
import type { Kind } from '../../shared/catalog';
import { type Database, inTransaction } from '../storage/database';
import { all, run } from '../storage/rows';
import { headingKey } from './heading-key';

const row = z.object({ title: z.string(), field: z.string() });

/** Which field a person matched a heading to, by kind of server. The empty text: left out. */
export class RememberedColumns {
  constructor(private readonly database: Database) {}

  of(kind: Kind): ReadonlyMap<string, string> {
    const sql = 'SELECT title, field FROM sheet_columns WHERE kind = ?';
    return new Map(all(this.database, row, sql, kind).map(({ title, field }) => [title, field]));
  }

  keep(kind: Kind, choices: readonly { title: string; field: string | null }[]): void {
    inTransaction(this.database, () => {
      for (const { title, field } of choices) {
        const key = headingKey(title);
        // A heading that long is a cell of a file without headings.
        if (key === '' || key.length > 120) continue;
        run(
          this.database,
          `INSERT INTO sheet_columns (kind, title, field) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET field = excluded.field`,
          kind,
          key,
          field ?? '',
        );
      }
    });
  }
}
