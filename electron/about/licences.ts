import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Licence } from '../../shared/model/about';
import { fail } from '../../shared/model/problem';
import { inTurns, takeTurns } from '../jobs/turns';
import { chromiumLicences, type LicenceText } from './chromium-licences';

export interface LicenceFolders {
  /**
   * The folder of the built program: `main`, `preload` and `renderer`, each with a list of what was bundled into it.
   */
  readonly built: string;
  /** The folders of Electron's own two files: beside its executable, or in the resources on some systems. */
  readonly electron: readonly string[];
  readonly electronVersion: string;
}

/** The lists written by the builds; see `electron.vite.config.ts`. */
const lists = [
  'main/native-licences.json',
  'main/licences.json',
  'main/keychain-licences.json',
  'preload/licences.json',
  'renderer/licences.json',
];

// Vite's format. A package without a text has only its licence's name.
const listSchema = z.array(
  z.object({
    name: z.string(),
    version: z.string().default(''),
    identifier: z.string().default(''),
    text: z.string().default(''),
  }),
);

/** Long enough for a reader; the texts take some ten megabytes. */
const keptMs = 300_000;

/** The licences of everything in the program, read on request and dropped from memory a while later. */
export class Licences {
  #read: Promise<readonly LicenceText[]> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly folders: LicenceFolders) {}

  /** Returns the parts whose name or licence text contains a search, ignoring case; all of them for an empty one. */
  async find(search: string): Promise<{ total: number; items: Licence[] }> {
    const all = await this.#all();
    const wanted = search.trim().toLowerCase();
    const items: Licence[] = [];
    await inTurns(all, takeTurns(), ({ name, version, licence, text }, id) => {
      const told = `${name} ${version} ${licence}`;
      if (told.toLowerCase().includes(wanted) || text.toLowerCase().includes(wanted))
        items.push({ id, name, version, licence });
    });
    return { total: all.length, items };
  }

  async text(id: number): Promise<LicenceText> {
    return (await this.#all())[id] ?? fail('not-found', { what: 'licence' });
  }

  #all(): Promise<readonly LicenceText[]> {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#read = undefined;
    }, keptMs).unref();
    this.#read ??= readAll(this.folders);
    return this.#read;
  }
}

async function readAll({ built, electron, electronVersion }: LicenceFolders): Promise<LicenceText[]> {
  const found = new Map<string, LicenceText>();
  for (const list of lists) {
    // In development there is no build of the window.
    const parsed = listSchema.safeParse(jsonOf(await textOf([join(built, list)])));
    for (const { name, version, identifier, text } of parsed.data ?? [])
      found.set(`${name}@${version}`, { name, version, licence: identifier, text });
  }
  const own = await textOf(
    ['LICENSE.electron.txt', 'LICENSE'].flatMap((name) => electron.map((folder) => join(folder, name))),
  );
  const chromium = await textOf(electron.map((folder) => join(folder, 'LICENSES.chromium.html')));
  return [
    ...[...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'en')),
    { name: 'Electron', version: electronVersion, licence: 'MIT', text: own },
    ...(await chromiumLicences(chromium)),
  ];
}

/** Reads the first of these files that exists; empty if none does. */
async function textOf(paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text !== null) return text;
  }
  return '';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
