/**
 * The promise of the catalog and of the drivers' port: a kind of server is two files and its entry in two registries.
 * It is tried on a copy of the sources, with a kind that nobody has: door stations, with one collection of three fields.
 */
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeFolder } from '../support/endings';
import { root } from '../support/imports';

const run = promisify(execFile);

/** The program, and of the tests what moves into a profile. */
const copied = [
  'electron',
  'renderer',
  'shared',
  'test/simulators',
  ...['endings', 'house', 'keychain'].map((name) => `test/support/${name}.ts`),
  'biome.json',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

const files = ['shared/catalog/doorphone.ts', 'electron/drivers/doorphone.ts'];
/** What a contributor would write as well, to show that it works. */
const itsTest = 'test/integration/doorphone.test.ts';

/** What is added to a registry, each line before or behind one that is like it. */
interface Added {
  readonly line: string;
  readonly before?: RegExp;
  readonly behind?: RegExp;
}
const registries: Readonly<Record<string, readonly Added[]>> = {
  'shared/catalog/index.ts': [
    { line: "import { doorphone } from './doorphone';", before: /^import \{ edge \}/ },
    { line: '  doorphone,', behind: /^ {2}edge,$/ },
  ],
  'electron/drivers/index.ts': [
    { line: "import { doorphoneDriver } from './doorphone';", before: /^import .* from '\.\/driver'/ },
    { line: '  doorphone: doorphoneDriver,', behind: /^ {2}edge: edgeDriver,$/ },
  ],
};

const program = ['electron', 'renderer', 'shared'];

let house: string;
/** The program's files as they were copied. */
let before: ReadonlyMap<string, string>;

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'patchbay-third-kind-'));
  for (const name of copied) cpSync(join(root, name), join(house, name), { recursive: true });
  before = programNow();
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'), 'junction');
  for (const file of [...files, itsTest]) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    copyFileSync(join(root, 'test/support/third-kind', `${file}.txt`), join(house, file));
  }
  for (const file of Object.keys(registries))
    writeFileSync(join(house, file), entered(file).join('\n'), 'latin1');
});
afterAll(() => removeFolder(house));

/** A registry with the new kind in it. */
function entered(file: string): string[] {
  return (registries[file] ?? []).reduce((lines, { line, before, behind }) => {
    const at = lines.findIndex((one) => (before ?? behind)?.test(one));
    if (at < 0) throw new Error(`${file} has no place for ${line}`);
    return lines.toSpliced(before ? at : at + 1, 0, line);
  }, linesBefore(file));
}

/** Runs a tool of the house in the copy. @returns what it said where it failed, or nothing */
async function complaints(tool: string, ...args: readonly string[]): Promise<string> {
  // The copy's own tests are no part of this run.
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|FORCE_COLOR)/.test(name));
  const env = { ...Object.fromEntries(own), NO_COLOR: '1' };
  const script = join(root, 'node_modules', tool);
  return run(process.execPath, [script, ...args], { cwd: house, env }).then(
    () => '',
    (error: { readonly stdout: string; readonly stderr: string }) => `${error.stdout}\n${error.stderr}`,
  );
}

it('compiles: no list, no switch and no record of all kinds elsewhere misses it', async () => {
  expect(await complaints('typescript/bin/tsc', '--noEmit')).toBe('');
});

it('is what the linter wants, inside the walls', async () => {
  const written = [...files, itsTest, ...Object.keys(registries)];
  expect(
    await complaints('@biomejs/biome/bin/biome', 'ci', '--colors=off', '--vcs-enabled=false', ...written),
  ).toBe('');
});

it('is read, edited, planned, applied, journalled, taken back, exported, and sealed', async () => {
  expect(await complaints('vitest/vitest.mjs', 'run', '--project', 'integration', itsTest)).toBe('');
});

it('took two files, and in each of two registries an import and an entry; no other file of the program differs', () => {
  const now = programNow();
  expect([...now.keys()].filter((file) => !before.has(file)).sort()).toEqual([...files].sort());
  const differing = [...before].filter(([file, text]) => now.get(file) !== text).map(([file]) => file);
  expect(differing.sort()).toEqual(Object.keys(registries).sort());
  for (const [file, added] of Object.entries(registries)) {
    const lines = now.get(file)?.split('\n') ?? [];
    expect(lines).toHaveLength(linesBefore(file).length + 2);
    expect(lines.filter((line) => added.every((one) => one.line !== line))).toEqual(linesBefore(file));
  }
});

const linesBefore = (file: string): string[] => before.get(file)?.split('\n') ?? [];

/** The files of the copied program, by their path. */
function programNow(): ReadonlyMap<string, string> {
  const found = program
    .flatMap((folder) => readdirSync(join(house, folder), { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));
  return new Map(
    found.map((path) => [relative(house, path).split(sep).join('/'), readFileSync(path, 'latin1')]),
  );
}
