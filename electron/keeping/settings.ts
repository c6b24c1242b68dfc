import { z } from 'zod';
import { type Keeping, keepingSchema } from '../../shared/model/journal';
import type { Database } from '../storage/database';
import { jsonObject, one, run } from '../storage/rows';

const byDefault: Keeping = { backups: 14, forgetSecretsAfterDays: 365, displayName: '' };

/** How long and how much is kept. In the database, because a backup or a copied profile should bring it along. */
export class KeepingSettings {
  constructor(private readonly database: Database) {}

  /** What was set; the default where nothing was, or where it cannot be read. */
  load(): Keeping {
    const sql = `SELECT body FROM workspace WHERE key = 'keeping'`;
    const row = one(this.database, z.object({ body: z.string() }), sql);
    const parsed = keepingSchema.partial().safeParse(row ? jsonObject(row.body) : {});
    const { backups, forgetSecretsAfterDays, displayName } = parsed.success ? parsed.data : {};
    return {
      backups: backups ?? byDefault.backups,
      forgetSecretsAfterDays:
        forgetSecretsAfterDays === undefined ? byDefault.forgetSecretsAfterDays : forgetSecretsAfterDays,
      displayName: displayName ?? byDefault.displayName,
    };
  }

  save(keeping: Keeping): Keeping {
    run(
      this.database,
      `INSERT INTO workspace (key, body) VALUES ('keeping', ?) ON CONFLICT DO UPDATE SET body = excluded.body`,
      JSON.stringify(keepingSchema.parse(keeping)),
    );
    return this.load();
  }
}
