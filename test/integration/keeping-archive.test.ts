/** The history's oldest part in a file of its own: the chain goes across, and both can be read and checked. */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { Jobs } from '../../electron/jobs/jobs';
import type { Intent } from '../../electron/journal/entries';
import { openArchive } from '../../electron/keeping/open-archive';
import { everything } from '../../shared/model/journal';
import { tempFolder } from '../support/endings';
import { type House, journalRows, ok, openHouse, refused } from '../support/house';
import { addWrites, intent, subject } from '../support/journal';
import { buildVersion } from '../support/schema';

/** Writes `count` applied changes into the journal. @returns the moment after them */
async function write(house: House, count: number, from = 0): Promise<number> {
  const { journal } = house.services;
  // What is made up need not survive a power cut.
  house.database.exec('PRAGMA synchronous = OFF');
  const of = (n: number): Partial<Intent> => {
    const kept = { sealed: `sealed1:abcdefabcdef:iv${n}:body${n}` };
    return {
      fields: [
        { field: 'name', before: 'A', after: `B${n}` },
        { field: 'secret', before: kept, after: kept },
      ],
    };
  };
  addWrites(journal, count, { from, of });
  while (journal.catchUp());
  await new Promise((resolve) => setTimeout(resolve, 3));
  return Date.now();
}

const idsIn = async (house: House): Promise<string[]> =>
  (await ok(house.ask.journal.page({ ...everything, before: null, limit: 200 }))).items.map(
    ({ remoteId }) => remoteId,
  );

const ask = (house: House, before: number) => ok(house.ask.keeping.archive({ before }));

/** Archives what is older than a moment. Fails where that comes to anything else. */
async function archived(house: House, before: number, name = 'archive.db') {
  house.dialogs.save = join(tempFolder(), name);
  const came = await ask(house, before);
  if (came.result !== 'archived') throw new Error(`it ended with ${came.result}`);
  return came;
}

const open = (path: string, work = join(tempFolder(), 'work')) =>
  openArchive(path, {
    work: () => work,
    head: { provedOf: async () => ({ proved: null, strict: false, key: null }) },
    jobs: new Jobs(() => undefined),
  });

it('entries older than a moment go into a file, the others stay, and the chain holds in both and across', async () => {
  const house = await openHouse();
  const moment = await write(house, 30);
  await write(house, 12, 30);
  const rows = journalRows(house.database).length;
  const report = await archived(house, moment);
  expect(report).toMatchObject({ entries: 30 });
  expect(await idsIn(house)).toEqual(Array.from({ length: 12 }, (_, n) => `r${41 - n}`));
  expect(journalRows(house.database)).toHaveLength(rows - 60);
  expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: true, checked: 24, brokenAt: null });
  expect(await ok(house.ask.journal.count({ ...everything, text: 'Title r7' }))).toBe(0);
  expect(await ok(house.ask.journal.count({ ...everything, text: 'Title r35' }))).toBe(1);

  const archive = await open(report.saved);
  const page = await archive.history.page({ ...everything, text: 'Title r7' }, null, 10);
  expect(page.items).toMatchObject([
    { remoteId: 'r7', fields: [{ after: 'B7' }, { after: { secret: 'set' } }] },
  ]);
  expect((await archive.history.page(everything, null, 100)).items).toHaveLength(30);
  expect(await archive.verifier.verify()).toMatchObject({ ok: true, checked: 60 });
  const ends = archive.history.links([59]).get(59)?.at(-1);
  archive.close();
  const begins = house.services.history.links([61]).get(61)?.[0];
  expect(begins?.previous).toBe(ends?.hash);

  // What is written afterwards links on, also when nothing is left.
  const all = await archived(house, (await write(house, 1, 42)) + 1, 'second.db');
  expect(all.entries).toBe(13);
  await write(house, 1, 43);
  expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: true, checked: 2 });
  const second = await open(all.saved);
  expect(await second.verifier.verify()).toMatchObject({ ok: true, checked: 26 });
  expect(second.history.links([61]).get(61)?.[0]?.previous).toBe(ends?.hash);
  second.close();
});

it('the journal refuses to be shortened afterwards as before', async () => {
  const house = await openHouse();
  await archived(house, await write(house, 3));
  await write(house, 1, 3);
  expect(() => house.database.exec('DELETE FROM journal')).toThrow(/append-only/);
  expect(() => house.database.exec("UPDATE journal SET title = 'x'")).toThrow(/append-only/);
  const foreign: unknown = house.database.prepare('PRAGMA foreign_keys').get();
  expect(foreign).toMatchObject({ foreign_keys: 1 });
});

it('long histories go in several slices', async () => {
  const house = await openHouse();
  const moment = await write(house, 1_300);
  await write(house, 2, 1_300);
  expect(await archived(house, moment)).toMatchObject({ entries: 1_300 });
  expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: true, checked: 4 });
  expect(
    house.emitted.some(({ name, payload }) => name === 'jobProgress' && payload.phase === 'archiving'),
  ).toBe(true);
});

/** Journals a write of which nobody knows yet what became. */
function leaveOpen(house: House): void {
  house.services.journal.intent(subject('open'), intent({ fields: [], before: {} }));
}

it('an entry that is still open keeps itself and all after it', async () => {
  const house = await openHouse();
  await write(house, 2);
  leaveOpen(house);
  const moment = await write(house, 2, 2);
  expect(await archived(house, moment)).toMatchObject({ entries: 2 });
  expect(await idsIn(house)).toEqual(['r3', 'r2', 'open']);
  // What is left is old enough and may not go: that is another answer than that there is nothing.
  expect(await ask(house, moment)).toEqual({ result: 'held-back' });
});

it('where nothing may go nobody is asked, and where the person chooses none nothing goes', async () => {
  const house = await openHouse();
  expect(await ask(house, Date.now())).toEqual({ result: 'none-that-old' });
  const moment = await write(house, 2);
  expect(await ask(house, 1_000)).toEqual({ result: 'none-that-old' });
  expect(house.dialogs.suggested).toEqual([]);
  house.dialogs.save = null;
  expect(await ask(house, moment)).toEqual({ result: 'no-file' });
  expect(house.dialogs.suggested).toHaveLength(1);
  expect(await idsIn(house)).toHaveLength(2);
});

it('an archive that cannot be written, or is stopped, leaves no file and the history as it was', async () => {
  const house = await openHouse();
  const moment = await write(house, 20);
  house.dialogs.save = join(tempFolder(), 'gone', 'x.db');
  const unwritten = await refused(house.ask.keeping.archive({ before: moment }));
  expect(unwritten.code).toBe('file-not-saved');
  for (const own of [house.file, `${house.file}-wal`]) {
    house.dialogs.save = own;
    expect(await refused(house.ask.keeping.archive({ before: moment }))).toMatchObject({
      code: 'file-not-saved',
      params: { reason: 'not-allowed' },
    });
  }
  const folder = tempFolder();
  house.dialogs.save = join(folder, 'x.db');
  const job = randomUUID();
  const going = house.ask.keeping.archive({ before: moment, job });
  await house.when(({ name }) => name === 'jobProgress');
  await ok(house.ask.jobs.cancel({ job }));
  expect(await ok(going)).toEqual({ result: 'stopped' });
  expect(readdirSync(folder)).toEqual([]);
  expect(readdirSync(join(house.folder, 'backups'))).toEqual([]);
  expect(await idsIn(house)).toHaveLength(20);
  expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: true });
});

it('an archive that was altered shows where, and a file that is none is refused', async () => {
  const house = await openHouse();
  const { saved: path } = await archived(house, await write(house, 5));
  const forger = new DatabaseSync(path);
  forger.exec('DROP TRIGGER journal_is_not_rewritten');
  forger.exec(`UPDATE journal SET body = replace(body, '"B3"', '"X3"') WHERE seq = 7`);
  forger.close();
  const archive = await open(path);
  expect((await archive.verifier.verify()).brokenAt).toBe(7);
  archive.close();
  const other = join(tempFolder(), 'x.db');
  writeFileSync(other, 'no database');
  for (const none of [other, `${other}.gone`])
    await expect(open(none)).rejects.toMatchObject({ problem: { code: 'file-unreadable' } });
});

it('an archive is opened by its file, read, searched, exported and checked as the history is, and not written', async () => {
  const house = await openHouse();
  const moment = await write(house, 30);
  await write(house, 3, 30);
  const { saved } = await archived(house, moment);
  const bytes = readFileSync(saved);
  house.dialogs.open = null;
  expect(await ok(house.ask.keeping.openArchive())).toBeNull();
  house.dialogs.open = saved;
  const opened = await ok(house.ask.keeping.openArchive());
  expect(opened).toMatchObject({ name: 'archive.db', entries: 30 });
  const archive = opened?.token ?? '';
  const filter = { ...everything, archive };
  const page = (text: string) => ok(house.ask.journal.page({ ...filter, text, before: null, limit: 100 }));
  expect((await page('')).items).toHaveLength(30);
  expect((await page('Title r7')).items.map(({ remoteId }) => remoteId)).toEqual(['r7']);
  expect(await ok(house.ask.journal.count({ ...filter, remoteId: 'r3' }))).toBe(1);
  expect(await ok(house.ask.journal.count(everything))).toBe(3);
  expect(await ok(house.ask.keeping.verifyArchive({ archive }))).toEqual({
    ok: true,
    checked: 60,
    brokenAt: null,
    brokenBy: null,
    tail: 'archive',
    beginning: 'archive',
    restore: null,
    before: null,
    later: null,
    index: { ok: true, at: null },
    accepted: null,
    doubts: [],
  });
  house.dialogs.save = join(tempFolder(), 'x.jsonl');
  const asked = { filter, format: 'jsonl', language: 'en' } as const;
  expect(await ok(house.ask.journal.export(asked))).toEqual({ saved: house.dialogs.save, entries: 30 });
  await ok(house.ask.keeping.closeArchive());
  expect((await refused(house.ask.journal.count(filter))).code).toBe('not-found');
  expect(readFileSync(saved).equals(bytes)).toBe(true);
});

it('an archive of an older version is opened from a copy, and stays as it is', async () => {
  const house = await openHouse();
  const older = join(tempFolder(), 'older.db');
  buildVersion(older, 3);
  const bytes = readFileSync(older);
  const work = join(tempFolder(), 'work');
  const archive = await open(older, work);
  expect((await archive.history.page(everything, null, 10)).items).toEqual([]);
  archive.close();
  expect(readFileSync(older).equals(bytes)).toBe(true);
  expect(existsSync(work)).toBe(false);
  const newer = join(tempFolder(), 'newer.db');
  buildVersion(newer, 3);
  const future = new DatabaseSync(newer);
  future.exec('PRAGMA user_version = 99');
  future.close();
  house.dialogs.open = newer;
  expect((await refused(house.ask.keeping.openArchive())).code).toBe('database-newer');
});
