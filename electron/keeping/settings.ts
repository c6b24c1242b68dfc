import { z } from 'zod';
import { type Keeping, keepingSchema } from '../../shared/model/journal';
import type { Database } from '../storage/database';
import { jsonObject, one, run } from '../storage/rows';

const { shape } = keepingSchema;
/** What was stored; the default where a part was not (by an older version, say), or cannot be read. */
const storedSchema = z.object({
  backups: shape.backups.catch(14),
  forgetSecretsAfterDays: shape.forgetSecretsAfterDays.catch(365),
  displayName: shape.displayName.catch(''),
  warnAboveMegabytes: shape.warnAboveMegabytes.catch(1_000),
});

/** How long and how much is kept. In the database, because a backup or a copied profile should bring it along. */
export class KeepingSettings {
  constructor(private readonly database: Database) {}

  /** What was set, or the default. */
  load(): Keeping {
    const sql = `SELECT body FROM workspace WHERE key = 'keeping'`;
    const row = one(this.database, z.object({ body: z.string() }), sql);
    return storedSchema.parse((row && jsonObject(row.body)) ?? {});
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
