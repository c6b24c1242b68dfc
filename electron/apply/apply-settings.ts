import { z } from 'zod';
import { type ApplySettings, applySettingsSchema } from '../../shared/model/plan';
import type { Database } from '../storage/database';
import { keep, kept } from '../storage/kept';
import { jsonObject } from '../storage/rows';

const key = 'applying';
const storedSchema = z.object({ resends: applySettingsSchema.shape.resends.catch(3) });

/** How applying behaves, as a person set it. In the database, because a copied profile should bring it along. */
export class StoredApplySettings {
  constructor(private readonly database: Database) {}

  /** What was set, or the default. */
  load(): ApplySettings {
    return storedSchema.parse(jsonObject(kept(this.database, key) ?? '{}') ?? {});
  }

  save(settings: ApplySettings): ApplySettings {
    keep(this.database, key, JSON.stringify(applySettingsSchema.parse(settings)));
    return this.load();
  }
}
