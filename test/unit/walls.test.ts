import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
const root = join(import.meta.dirname, '../..');

const rooms = readdirSync(join(root, 'electron'), { withFileTypes: true })
  .filter((one) => one.isDirectory() && !['app', 'ipc'].includes(one.name))
  .map((one) => `electron/${one.name}`);

const features = readdirSync(join(root, 'renderer/features'));
const cellar = ['program', 'fields', 'drafts', 'ui'].map((room) => `renderer/${room}`);

/** File, what it imports. Each is a file of its own, in a house with nothing but the linter's rules. */
const mustNot: [string, string][] = [
  ...rooms.flatMap((room): [string, string][] => [
    [room, 'electron'],
    [room, '../ipc/answer'],
    [room, '../app/log'],
    [room, '../../renderer/program/bridge'],
  ]),
  ['shared', 'node:fs'],
  ['shared', 'fs'],
  ['shared', 'zustand'],
  ['shared', '@mantine/core'],
  ['shared/values', 'react'],
  ['shared/lib', '../../test/support/house'],
  ['shared/lib', '../../scripts/lib/packaged.mjs'],
  ['shared', '../electron/jobs/turns'],
  ['shared', '../renderer/program/bridge'],
  ['renderer', 'node:fs'],
  ['renderer', 'electron'],
  ['renderer/features/editor', '../../../electron/jobs/turns'],
  ...features.flatMap((feature): [string, string][] => [
    [`renderer/features/${feature}`, 'undici'],
    [`renderer/features/${feature}`, '../../frame/Shell'],
    [`renderer/features/${feature}`, '../other/inside'],
    [`renderer/features/${feature}`, '../other/OtherTab'],
    [`renderer/features/${feature}/deeper`, '../../other/inside'],
    [`renderer/features/${feature}/deeper`, '../../../frame/Shell'],
    ['renderer/frame', `../features/${feature}/inside`],
  ]),
  ...cellar.flatMap((room): [string, string][] => [
    [room, 'electron'],
    [room, '../features/editor'],
    [room, '../features/editor/useGoTo'],
    [room, '../frame/Shell'],
    [`${room}/deeper`, '../../features/editor'],
  ]),
];
const may: [string, string][] = [
  ['electron/app', 'electron'],
  ['electron/ipc', 'electron'],
  ['electron/many', '../jobs/turns'],
  ['electron/many', '../../shared/lib/text'],
  ['shared', 'zod'],
  ['shared', './diff'],
  ['shared/lib', './text'],
  ['shared/lib', '../model/json'],
  ['renderer/features/editor', '../../../shared/lib/text'],
  ['renderer/features/editor', '../../program/bridge'],
  ['renderer/features/editor', '../journal'],
  ['renderer/features/editor', './useGoTo'],
  ['renderer/features/bulk/rules', '../rule-edit'],
  ['renderer/features/bulk/rules', '../../templates'],
  ['renderer/features/bulk/rules', '../../../fields/controls/control'],
  ['renderer/frame', '../features/editor'],
  ['renderer/frame', '../features/editor/EditorTab'],
  ['renderer/fields', '../program/bridge'],
];

let house: string;
let output: string;

const nameOf = (room: string, imported: string): string =>
  `${room}/try-${imported.replaceAll(/[^a-z]+/gi, '-')}.ts`;

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'patchbay-walls-'));
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  // A copy stands in no repository.
  writeFileSync(join(house, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: undefined }));
  for (const [room, imported] of [...mustNot, ...may]) {
    const file = join(house, nameOf(room, imported));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `import { some } from '${imported}';\n\nexport const other = some;\n`);
  }
  const args = [biome, 'lint', '--max-diagnostics=none', '--colors=off', '.'];
  const ran = spawnSync(process.execPath, args, { cwd: house, encoding: 'utf8' });
  output = `${ran.stdout}${ran.stderr}`;
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

const refused = (room: string, imported: string): boolean =>
  output
    .split('\n')
    .some((line) => line.startsWith(nameOf(room, imported)) && line.includes('noRestrictedImports'));

describe('the walls of the house', () => {
  it.each(mustNot)('%s does not import %s', (room, imported) => {
    expect(refused(room, imported), output.slice(0, 2_000)).toBe(true);
  });

  it.each(may)('%s may import %s', (room, imported) => {
    expect(refused(room, imported)).toBe(false);
  });
});
