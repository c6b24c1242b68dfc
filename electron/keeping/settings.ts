import { z } from 'zod';
import { type Keeping, keepingSchema } from '../../shared/model/keeping';
import type { Database } from '../storage/database';
import { keep, kept } from '../storage/kept';
import { remembering } from '../storage/remembered';
import { jsonObject } from '../storage/rows';

const key = 'keeping';

const { shape } = keepingSchema;
/** The stored settings; defaults for parts that are missing (an older version's, say) or unreadable. */
const storedSchema = z.object({
  backups: shape.backups.catch(14),
  forgetSecretsAfterDays: shape.forgetSecretsAfterDays.catch(365),
  displayName: shape.displayName.catch(''),
  warnAboveMegabytes: shape.warnAboveMegabytes.catch(1_000),
});

/** How long and how much is kept. In the database, so that a backup or copied profile brings it along. */
export class KeepingSettings {
  // The name in it is asked for with every entry of the history.
  readonly #parsed = remembering((text: string): Keeping => storedSchema.parse(jsonObject(text) ?? {}), 1);

  constructor(private readonly database: Database) {}

  /** Returns the settings, or the defaults. */
  load(): Keeping {
    return this.#parsed(kept(this.database, key) ?? '{}');
  }

  save(keeping: Keeping): Keeping {
    keep(this.database, key, JSON.stringify(keepingSchema.parse(keeping)));
    return this.load();
  }
}
