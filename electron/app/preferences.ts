import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { app, ipcMain, nativeTheme, type Rectangle } from 'electron';
import Store from 'electron-store';
import { z } from 'zod';
import { type Preferences, preferencesSchema } from '../../shared/model/workspace';

const boundsSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(200),
  height: z.int().min(200),
});

/**
 * Small things that can be rebuilt: language, theme, density, where the window stood. Each is parsed when read, so
 * that a file edited by hand spoils nothing; a file that is no JSON is set aside by name and not cleared.
 */
export class PreferenceStore {
  readonly #store: Store<Record<string, unknown>>;

  constructor() {
    this.#store = openStore();
    // electron-store answers renderers on a channel of its own (with the profile's path); the contract is the only one.
    ipcMain.removeAllListeners('electron-store-get-data');
  }

  get(): Preferences {
    const fallback: Preferences = {
      language: app.getLocale().startsWith('fa') ? 'fa' : 'en',
      theme: 'system',
      density: 'dense',
    };
    const parsed = preferencesSchema.partial().safeParse(this.#store.get('preferences', {}));
    return merged(fallback, parsed.success ? parsed.data : {});
  }

  set(change: PreferencesChange): Preferences {
    const preferences = merged(this.get(), change);
    this.#store.set('preferences', preferences);
    nativeTheme.themeSource = preferences.theme;
    return preferences;
  }

  bounds(): Rectangle | undefined {
    const parsed = boundsSchema.safeParse(this.#store.get('bounds'));
    return parsed.success ? parsed.data : undefined;
  }

  saveBounds({ x, y, width, height }: Rectangle): void {
    this.#store.set('bounds', { x, y, width, height });
  }
}

/** Some preferences; those left out or undefined stay as they are. */
export type PreferencesChange = { [K in keyof Preferences]?: Preferences[K] | undefined };

function merged(base: Preferences, change: PreferencesChange): Preferences {
  return {
    language: change.language ?? base.language,
    theme: change.theme ?? base.theme,
    density: change.density ?? base.density,
  };
}

/** A preferences file that is no JSON is renamed, never cleared (invariant 6). */
function openStore(): Store<Record<string, unknown>> {
  const open = () => new Store<Record<string, unknown>>({ name: 'preferences', clearInvalidConfig: false });
  try {
    return open();
  } catch {
    const path = join(app.getPath('userData'), 'preferences.json');
    renameSync(path, `${path}.damaged-${Date.now()}`);
    return open();
  }
}
