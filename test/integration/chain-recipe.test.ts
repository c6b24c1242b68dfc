/**
 * docs/history-chain.md promises that an export can be checked without Patchbay. What runs here is what stands on that
 * page, taken out of it, in a process that has nothing of Patchbay's.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { everything } from '../../shared/model/journal';
import { tempFolder } from '../support/endings';
import { type House, ok, planAndApply, type } from '../support/house';
import { office } from '../support/office';
import { idOf } from '../support/servers';

const page = readFileSync(join(import.meta.dirname, '../../docs/history-chain.md'), 'utf8');

/** The one block of the page in a language. */
function recipe(language: string): string {
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, of]) => of === language);
  const [[, , text = ''] = [], ...others] = blocks;
  if (text === '' || others.length > 0) throw new Error(`the page has not one recipe for ${language}`);
  return text;
}

const hasPython = spawnSync('python3', ['--version']).status === 0;
const ways = [
  { name: 'Node', program: process.execPath, file: 'check.mjs', language: 'js', there: true },
  { name: 'Python', program: 'python3', file: 'check.py', language: 'python', there: hasPython },
];

/** What the recipe says of files: its last line. */
function check({ program, file, language }: (typeof ways)[number], ...lines: (readonly string[])[]): string {
  const folder = tempFolder();
  writeFileSync(join(folder, file), recipe(language));
  const names = lines.map((one, at) => {
    writeFileSync(join(folder, `${at}.jsonl`), one.map((line) => `${line}\n`).join(''));
    return `${at}.jsonl`;
  });
  const { status, stdout, stderr } = spawnSync(program, [file, ...names], { cwd: folder, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : stderr.trim();
}

async function exported(house: House, filter = everything): Promise<string[]> {
  house.dialogs.save = join(tempFolder(), 'x.jsonl');
  await ok(house.ask.journal.export({ filter, format: 'jsonl', language: 'fa' }));
  return readFileSync(house.dialogs.save, 'utf8').trimEnd().split('\n');
}

/** A history of everything that there is: writes with Persian and control characters, a secret, looks, an export. */
async function lived(): Promise<House> {
  const { house, server, connection } = await office();
  await type(house, connection, idOf(server, 0), 'name', 'سارا «"x"» \\ 💡\u2028\u0001');
  await type(house, connection, idOf(server, 1), 'secret', 'Canary-88-x');
  await planAndApply(house);
  const asked = { connectionId: connection.id, remoteId: idOf(server, 1), field: 'secret' } as const;
  await ok(house.ask.directory.copySecret({ ...asked, source: 'record' }));
  await type(house, connection, idOf(server, 2), 'secret', 'Canary-99-x');
  const { id: workOrderId } = await ok(house.ask.workOrders.current());
  house.dialogs.save = join(tempFolder(), 'x.json');
  const passphrase = await house.envelope('ten words or so');
  await ok(house.ask.workOrders.export({ workOrderId, secrets: 'include', passphrase }));
  await planAndApply(house);
  return house;
}

describe.each(ways)('the recipe for $name', (way) => {
  beforeAll(() => {
    if (!way.there) console.warn(`${way.program} is not here: the recipe for ${way.name} is not run`);
  });

  it.runIf(way.there)('says that what was exported holds, whole or filtered', async () => {
    const house = await lived();
    const { checked } = await ok(house.ask.journal.verify({}));
    const lines = await exported(house);
    expect(check(way, lines)).toBe(`${checked} links hold, 1 to ${checked}`);
    const some = await exported(house, { ...everything, outcome: 'applied' });
    expect(some.length).toBeLessThan(lines.length);
    expect(check(way, some)).toMatch(/^\d+ links hold, 1 to \d+$/);
    expect(lines.join('\n')).not.toContain('Canary');
  });

  it.runIf(way.there)('finds what was altered, whichever part of a line it is', async () => {
    const lines = await exported(await lived());
    const of = (line: string): { links: { seq: number; hash: string; previous: string; hashed: string }[] } =>
      JSON.parse(line);
    const altered = (alter: (link: ReturnType<typeof of>['links'][number]) => void) =>
      lines.map((line, at) => {
        if (at !== lines.length - 2) return line;
        const entry = of(line);
        const [first] = entry.links;
        if (first) alter(first);
        return JSON.stringify(entry);
      });
    const seq = of(lines.at(-2) ?? '').links[0]?.seq ?? 0;
    const attacks = [
      altered((link) => Object.assign(link, { hashed: link.hashed.replace('tester', 'nobody') })),
      altered((link) => Object.assign(link, { hash: 'a'.repeat(64) })),
      altered((link) => Object.assign(link, { previous: 'a'.repeat(64) })),
    ];
    for (const attack of attacks) expect(check(way, attack)).toBe(`broken at ${seq}`);
    // Made to fit itself, it does not fit its neighbour.
    const fitting = altered((link) => {
      link.hashed = link.hashed.replace('tester', 'nobody');
      link.hash = execFileSync(process.execPath, ['-e', sha], { input: link.hashed, encoding: 'utf8' });
    });
    expect(check(way, fitting)).toBe(`broken at ${seq + 1}`);
  });

  it.runIf(way.there)('joins an archive and the history that goes on behind it', async () => {
    const house = await lived();
    const before = await ok(house.ask.journal.verify({}));
    house.dialogs.save = join(tempFolder(), 'archive.db');
    house.dialogs.open = house.dialogs.save;
    const { items } = await ok(house.ask.journal.page({ ...everything, before: null, limit: 1 }));
    const came = await ok(house.ask.keeping.archive({ before: items[0]?.at ?? 0 }));
    expect(came).toMatchObject({ result: 'archived' });
    const opened = await ok(house.ask.keeping.openArchive());
    const archive = await exported(house, { ...everything, archive: opened?.token ?? '' });
    const rest = await exported(house);
    expect(rest.length).toBeGreaterThan(0);
    expect(check(way, archive, rest)).toBe(`${before.checked} links hold, 1 to ${before.checked}`);
    expect(check(way, archive.slice(1), rest)).toContain('hold');
  });
});

const sha = `process.stdout.write(require('node:crypto').hash('sha256', require('node:fs').readFileSync(0)))`;
