import type { lstatSync, readFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { type Preferences, preferencesSchema } from '../../shared/model/workspace';
import { boundsSchema } from './bounds';

export interface StoredPreferences {
  readonly preferences: { readonly [K in keyof Preferences]?: Preferences[K] | undefined };
  readonly bounds: Rectangle | undefined;
}

// The real file holds a dozen words; a larger one must not be read before the window is up.
const largestBytes = 100_000;

const none: StoredPreferences = { preferences: {}, bounds: undefined };

/**
 * Reads what is usable of a preferences file, each value separately.
 * @returns `whole` if there is no file or all of it is valid; otherwise it is to be set aside
 */
export function readPreferences(
  path: string,
  disk: { readonly lstatSync: typeof lstatSync; readonly readFileSync: typeof readFileSync },
): { readonly whole: boolean; readonly values: StoredPreferences } {
  try {
    const about = disk.lstatSync(path, { throwIfNoEntry: false });
    if (about === undefined) return { whole: true, values: none };
    if (!about.isFile() || about.size > largestBytes) return { whole: false, values: none };
    const content: unknown = JSON.parse(disk.readFileSync(path, 'utf8'));
    if (!isPlain(content)) return { whole: false, values: none };
    return understood(content);
  } catch {
    return { whole: false, values: none };
  }
}

function understood(content: Readonly<Record<string, unknown>>): {
  whole: boolean;
  values: StoredPreferences;
} {
  const bounds = content.bounds === undefined ? undefined : boundsSchema.safeParse(content.bounds);
  const stored = content.preferences ?? {};
  let whole = bounds?.success !== false && isPlain(stored);
  const known: Record<string, unknown> = {};
  if (isPlain(stored)) {
    for (const [name, schema] of Object.entries(preferencesSchema.shape)) {
      if (stored[name] === undefined) continue;
      const parsed = schema.safeParse(stored[name]);
      if (parsed.success) known[name] = parsed.data;
      else whole = false;
    }
  }
  const preferences = preferencesSchema.partial().safeParse(known);
  return {
    whole,
    values: {
      preferences: preferences.success ? preferences.data : {},
      bounds: bounds?.success ? bounds.data : undefined,
    },
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
