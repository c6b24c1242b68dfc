import { type LockSettings, lockSettingsSchema } from '../../shared/model/lock';
import type { Database } from '../storage/database';
import { keep, kept } from '../storage/kept';
import { jsonObject } from '../storage/rows';

const key = 'lock';
const none: LockSettings = { set: false, afterMinutes: 0 };

/** Whether the window must be locked, known before the keychain answers. The passphrase's verifier is not here. */
export class LockStore {
  constructor(private readonly database: Database) {}

  load(): LockSettings {
    const body = kept(this.database, key);
    if (body === undefined) return none;
    const parsed = lockSettingsSchema.safeParse(jsonObject(body));
    // An unreadable setting existed: the keychain decides whether there is a passphrase.
    return parsed.success ? parsed.data : { set: true, afterMinutes: 5 };
  }

  save(settings: LockSettings): LockSettings {
    keep(this.database, key, JSON.stringify(lockSettingsSchema.parse(settings)));
    return this.load();
  }
}
