/** The database's size: measured, told when it is large, and smaller after an archive. */
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it, onTestFinished } from 'vitest';
import type { Intent } from '../../electron/journal/entries';
import { openProfile } from '../../electron/keeping/open-profile';
import { kept } from '../../electron/storage/kept';
import { tempFolder } from '../support/endings';
import { type House, ok, openHouse } from '../support/house';
import { addWrites } from '../support/journal';
import { reopened } from '../support/office';
import { buildVersion } from '../support/schema';

/** Journals so many writes with some text each. @returns the moment after them */
async function fill(house: House, count: number): Promise<number> {
  const { journal } = house.services;
  // What is made up need not survive a power cut.
  house.database.exec('PRAGMA synchronous = OFF; BEGIN');
  const of = (n: number): Partial<Intent> => ({
    fields: [{ field: 'name', before: 'A', after: randomUUID().repeat(4) }],
    before: { _id: `r${n}`, more: randomUUID().repeat(30) },
  });
  addWrites(journal, count, { of });
  house.database.exec('COMMIT; PRAGMA synchronous = FULL');
  while (journal.catchUp());
  await new Promise((resolve) => setTimeout(resolve, 3));
  return Date.now();
}

const size = (house: House) => ok(house.ask.keeping.size());
const onDisk = (file: string): number =>
  statSync(file).size + (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0);

async function archive(house: House, before: number, job = randomUUID()) {
  house.dialogs.save = join(tempFolder(), 'archive.db');
  return ok(house.ask.keeping.archive({ before, job }));
}

it('tells what the file and its side file take, and what of it is the history', async () => {
  const house = await openHouse();
  const before = await size(house);
  expect(before).toMatchObject({ entries: 0 });
  await fill(house, 400);
  const after = await size(house);
  expect(after.entries).toBe(400);
  expect(after.whole).toBe(onDisk(house.file));
  expect(after.history).toBeGreaterThan(before.history + 400 * 1_000);
  house.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const { whole, history } = await size(house);
  expect(history).toBeLessThan(whole);
});

it('an archive waits for a reader that would keep the side file long', async () => {
  const house = await openHouse();
  const moment = await fill(house, 1_500);
  house.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const before = onDisk(house.file);
  const reader = new DatabaseSync(house.file, { readOnly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM journal').get();
  // It goes once the room is given back and only the side file is left to shorten.
  let wasWanted = false;
  const look = setInterval(() => {
    const isWanted = kept(house.database, 'room') !== undefined;
    if (wasWanted && !isWanted) {
      clearInterval(look);
      reader.close();
    }
    wasWanted ||= isWanted;
  }, 5);
  onTestFinished(() => clearInterval(look));
  expect(await archive(house, moment)).toMatchObject({ result: 'archived', room: 'given-back' });
  expect(onDisk(house.file)).toBeLessThan(before / 3);
});

it('an archive makes the file smaller, and everything that stays is whole', async () => {
  const house = await openHouse();
  const moment = await fill(house, 1_500);
  await fill(house, 20);
  house.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const before = onDisk(house.file);
  expect(await archive(house, moment)).toMatchObject({
    result: 'archived',
    entries: 1_500,
    room: 'given-back',
  });
  expect(onDisk(house.file)).toBeLessThan(before / 3);
  expect(await size(house)).toMatchObject({ entries: 20, free: 0 });
  expect(await ok(house.ask.keeping.check())).toEqual({ ok: true, detail: 'ok' });
  expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: true, checked: 40 });
  expect(
    house.emitted.some(({ name, payload }) => name === 'jobProgress' && payload.phase === 'giving-room'),
  ).toBe(true);
});

it('giving room back that is stopped leaves a whole database, and the next start finishes it', async () => {
  const house = await openHouse();
  const moment = await fill(house, 1_500);
  const job = randomUUID();
  const going = archive(house, moment, job);
  await house.when(({ name, payload }) => name === 'jobProgress' && payload.phase === 'giving-room');
  await ok(house.ask.jobs.cancel({ job }));
  expect(await going).toMatchObject({ result: 'archived', room: 'at-next-start' });
  expect((await size(house)).free).toBeGreaterThan(0);
  expect(await ok(house.ask.keeping.check())).toEqual({ ok: true, detail: 'ok' });
  const next = await reopened(house);
  expect(await size(next)).toMatchObject({ free: 0, entries: 0 });
});

it('the program’s end in the middle of giving room back loses nothing, and the next start finishes it', async () => {
  const house = await openHouse();
  const moment = await fill(house, 1_500);
  await fill(house, 10);
  const going = archive(house, moment).catch(() => undefined);
  await house.when(({ name, payload }) => name === 'jobProgress' && payload.phase === 'giving-room');
  house.close();
  await going;
  const next = await openHouse({ folder: house.folder, keychain: house.keychain });
  expect(await size(next)).toMatchObject({ free: 0, entries: 10 });
  expect(await ok(next.ask.journal.verify({}))).toMatchObject({ ok: true, checked: 20 });
});

const vacuum = (file: string): unknown => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return Reflect.get(Object(database.prepare('PRAGMA auto_vacuum').get()), 'auto_vacuum');
  } finally {
    database.close();
  }
};

it('a database of an older version is written anew at the start, so that its room can be given back', () => {
  const file = join(tempFolder(), 'patchbay.db');
  buildVersion(file, 2, `INSERT INTO workspace VALUES ('x', 'kept')`);
  expect(vacuum(file)).toBe(0);
  openProfile(file).database.close();
  expect(vacuum(file)).toBe(2);
  const { database } = openProfile(file);
  expect(database.prepare("SELECT body FROM workspace WHERE key = 'x'").get()).toMatchObject({
    body: 'kept',
  });
  database.close();
});

it('a database larger than the limit is told once for every limit, and nothing is removed', async () => {
  const house = await openHouse();
  const keeping = await ok(house.ask.keeping.get());
  expect(keeping.warnAboveMegabytes).toBe(1_000);
  house.database.exec(`CREATE TABLE filler (x); INSERT INTO filler VALUES (zeroblob(12000000))`);
  const told = () => house.emitted.flatMap(({ name, payload }) => (name === 'notice' ? [payload] : []));
  house.services.keeping.warnIfLarge();
  expect(told()).toEqual([]);
  await ok(house.ask.keeping.set({ ...keeping, warnAboveMegabytes: 11 }));
  house.services.keeping.warnIfLarge();
  house.services.keeping.warnIfLarge();
  expect(told()).toMatchObject([{ code: 'database-large', params: { limit: 11 } }]);
  await ok(house.ask.keeping.set({ ...keeping, warnAboveMegabytes: 10 }));
  house.services.keeping.warnIfLarge();
  expect(told()).toHaveLength(2);
  await ok(house.ask.keeping.set({ ...keeping, warnAboveMegabytes: null }));
  house.services.keeping.warnIfLarge();
  expect(told()).toHaveLength(2);
  expect((await size(house)).whole).toBeGreaterThan(11_000_000);
});
