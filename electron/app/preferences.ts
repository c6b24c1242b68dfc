import { lstatSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { app, ipcMain, nativeTheme, type Rectangle } from 'electron';
import type Store from 'electron-store';
import { type Problem, problem } from '../../shared/model/problem';
import { type Preferences, preferencesSchema } from '../../shared/model/workspace';
import { privateFile } from '../storage/private';
import { boundsSchema } from './bounds';
import { readPreferences, type StoredPreferences } from './preferences-file';

/**
 * Small settings that can be rebuilt: language, theme, density, size, shortcuts, the window's position. Each is read
 * separately, so that one bad value spoils no other; a file that does not parse is set aside (invariant 6). If nothing can
 * be written, changes last until the program ends.
 */
export class PreferenceStore {
  readonly #path = join(app.getPath('userData'), 'preferences.json');
  readonly #told: (notice: Problem) => void;
  #values: StoredPreferences;
  #store: Store<Record<string, unknown>> | null = null;
  #silent = false;
  #opening: Promise<void> | null = null;

  /** @param told called once for each notice to the user */
  constructor(told: (notice: Problem) => void) {
    this.#told = told;
    this.#values = this.#read();
  }

  /**
   * Begins to write, with what was set until then. What writes is loaded for it, after the window is up: nothing that is
   * shown waits for a file.
   */
  open(): Promise<void> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async #open(): Promise<void> {
    try {
      const { default: Store } = await import('electron-store');
      if (this.#silent) return;
      this.#store = new Store<Record<string, unknown>>({
        name: 'preferences',
        clearInvalidConfig: false,
        configFileMode: privateFile,
      });
    } catch {
      this.#unwritable();
    } finally {
      // electron-store answers renderers on a channel of its own (with the profile's path); the contract is the only one.
      ipcMain.removeAllListeners('electron-store-get-data');
    }
    const { bounds } = this.#values;
    this.#keep('preferences', this.get());
    if (bounds) this.#keep('bounds', bounds);
  }

  get(): Preferences {
    return merged(
      {
        language: app.getLocale().startsWith('fa') ? 'fa' : 'en',
        theme: 'system',
        density: 'dense',
        size: 100,
        shortcuts: {},
      },
      this.#values.preferences,
    );
  }

  set(change: PreferencesChange): Preferences {
    const preferences = merged(this.get(), change);
    this.#values = { ...this.#values, preferences };
    this.#keep('preferences', preferences);
    // What a person set is written, though the window was only just painted.
    if (Object.keys(change).length > 0) void this.open();
    nativeTheme.themeSource = preferences.theme;
    return preferences;
  }

  bounds(): Rectangle | undefined {
    return this.#values.bounds;
  }

  saveBounds({ x, y, width, height }: Rectangle): void {
    const parsed = boundsSchema.safeParse({ x, y, width, height });
    if (!parsed.success) return;
    this.#values = { ...this.#values, bounds: parsed.data };
    this.#keep('bounds', parsed.data);
  }

  #read(): StoredPreferences {
    const found = readPreferences(this.#path, { lstatSync, readFileSync });
    if (found.whole) return found.values;
    const aside = `${this.#path}.damaged-${Date.now()}`;
    try {
      renameSync(this.#path, aside);
      this.#told(problem('preferences-set-aside', { path: aside }));
    } catch {
      this.#unwritable();
    }
    return found.values;
  }

  #keep(key: 'preferences' | 'bounds', value: object): void {
    try {
      this.#store?.set(key, value);
    } catch {
      this.#unwritable();
    }
  }

  #unwritable(): void {
    // A file that could not be set aside is not overwritten either.
    this.#store = null;
    if (this.#silent) return;
    this.#silent = true;
    this.#told(problem('preferences-unwritable', { path: this.#path }));
  }
}

/** Some preferences to set; absent or undefined ones stay unchanged. */
export type PreferencesChange = { [K in keyof Preferences]?: Preferences[K] | undefined };

function merged(base: Preferences, change: PreferencesChange): Preferences {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return preferencesSchema.parse({ ...base, ...given });
}
