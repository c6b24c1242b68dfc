/** A restored history and one that was cut: the check tells them apart, whoever wrote into the file. */
import { randomUUID } from 'node:crypto';
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everything } from '../../shared/model/journal';
import { forge, forged } from '../support/forger';
import { type House, ok, openHouse } from '../support/house';
import { about, subject } from '../support/journal';
import { reopened } from '../support/office';

const record = subject('r');

/** Journals so many entries of one link each, and has the keychain remember the last. */
async function add(house: House, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1)
    house.services.journal.note(record, { ...about, note: 'reveal', field: 'secret' });
  await house.services.head.save();
}

/** The next start of the program with the same profile and keychain. */
async function nextStart(house: House): Promise<House> {
  const next = await reopened(house);
  next.services.recover();
  return next;
}

async function backUp(house: House): Promise<string> {
  return (await ok(house.ask.keeping.backUp())).name;
}

async function restored(house: House, name: string): Promise<House> {
  await ok(house.ask.keeping.restore({ name }));
  return nextStart(house);
}

const check = (house: House) => ok(house.ask.journal.verify({}));
const cut = { ok: false, brokenAt: null, tail: 'cut', restore: null };

/** Somebody who has the file, but not the keychain, does this to it while the program does not run. */
const tampered = (house: House, sql: string): Promise<House> =>
  forged(house, (database) => database.exec(sql));

describe('a restored history', () => {
  it('says when it was restored, from when the backup is, and how many links it lacks', async () => {
    const house = await openHouse();
    await add(house, 3);
    const made = await ok(house.ask.keeping.backUp());
    await add(house, 4);
    const before = Date.now();
    const next = await restored(house, made.name);
    const report = await check(next);
    expect(report).toMatchObject({
      ok: true,
      checked: 4,
      brokenAt: null,
      tail: 'restored',
      restore: { backupAt: made.at, missing: 4, cutBefore: false, proven: true },
    });
    expect(report.restore?.at).toBeGreaterThanOrEqual(before);
  });

  it('goes on with an entry that tells of it, and goes on being checked', async () => {
    const house = await openHouse();
    await add(house, 2);
    const made = await ok(house.ask.keeping.backUp());
    await add(house, 2);
    const next = await restored(house, made.name);
    const [item] = (await ok(next.ask.journal.page({ ...everything, before: null, limit: 1 }))).items;
    expect(item).toMatchObject({
      type: 'restored',
      kind: null,
      note: { type: 'restored', backupAt: made.at, left: 4 },
      actor: 'tester@bench',
    });
    await add(next, 3);
    expect(await check(next)).toMatchObject({
      ok: true,
      checked: 6,
      tail: 'restored',
      restore: { missing: 2 },
    });
    const later = await nextStart(next);
    expect(await check(later)).toMatchObject({ ok: true, tail: 'restored', restore: { missing: 2 } });
    // What is cut afterwards is cut.
    const forged = await tampered(later, 'DELETE FROM journal WHERE seq > 4');
    expect(await check(forged)).toMatchObject(cut);
  });

  it('that lacks nothing is whole', async () => {
    const house = await openHouse();
    await add(house, 2);
    const next = await restored(house, await backUp(house));
    expect(await check(next)).toMatchObject({ ok: true, checked: 3, tail: 'whole', restore: null });
  });

  it('counts what it lacks from where the histories part, when one restore follows another', async () => {
    const house = await openHouse();
    await add(house, 3);
    const early = await backUp(house);
    await add(house, 3);
    const late = await backUp(house);
    const first = await restored(house, early);
    await add(first, 2);
    // The note of the restore and two entries are in none of the backups.
    const second = await restored(first, late);
    expect(await check(second)).toMatchObject({ ok: true, tail: 'restored', restore: { missing: 3 } });
  });

  it('is not taken for cut where the keychain was closed for a while after the restart', async () => {
    const house = await openHouse();
    await add(house, 2);
    const name = await backUp(house);
    await add(house, 2);
    await ok(house.ask.keeping.restore({ name }));
    house.close();
    house.keychain.fails = 'locked';
    const closed = await openHouse({ folder: house.folder, keychain: house.keychain, unlocked: false });
    closed.services.recover();
    await add(closed, 1);
    expect(await check(closed)).toMatchObject({ ok: false, tail: 'unknown' });
    house.keychain.fails = undefined;
    expect(await check(await nextStart(closed))).toMatchObject({ tail: 'restored', restore: { missing: 2 } });
  });

  it('a restore that was called off leaves the check as it was', async () => {
    const house = await openHouse();
    await add(house, 2);
    const name = await backUp(house);
    await add(house, 2);
    await house.services.keeping.backups.prepareRestore(name);
    await house.services.keeping.backups.forgetRestore();
    await add(house, 1);
    const next = await nextStart(house);
    expect(await check(next)).toMatchObject({ ok: true, checked: 5, tail: 'whole', restore: null });
    const forged = await tampered(next, 'DELETE FROM journal WHERE seq > 2');
    expect(await check(forged)).toMatchObject(cut);
  });
});

describe('a history that was cut', () => {
  it('is called cut although a note of a restore was written into it, with every hash right', async () => {
    const house = await openHouse();
    await add(house, 6);
    house.close();
    forge(house.file, (database) => database.exec('DELETE FROM journal WHERE seq > 3'));
    const { journal, ...forged } = await forgery(house);
    journal.note(
      { ...record, remoteId: '' },
      {
        note: 'restored',
        ...about,
        kind: null,
        token: randomUUID(),
        backupAt: 1,
        left: { seq: 6, hash: '0'.repeat(64) },
      },
    );
    forged.close();
    expect(await check(await nextStart(house))).toMatchObject({ ok: false, tail: 'cut', brokenBy: 'key' });
  });

  it('is called cut although the mark of a restore was put into the file', async () => {
    const house = await openHouse();
    await add(house, 6);
    const mark = { token: randomUUID(), backupAt: 1, left: { seq: 6, hash: '0'.repeat(64) } };
    const next = await tampered(
      house,
      `DELETE FROM journal WHERE seq > 3;
       INSERT INTO workspace VALUES ('restored', '${JSON.stringify(mark)}')`,
    );
    expect(await check(next)).toMatchObject(cut);
  });

  it('is called cut where a backup was put in place by hand', async () => {
    const house = await openHouse();
    await add(house, 2);
    const name = await backUp(house);
    await add(house, 2);
    house.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(house.file + suffix, { force: true });
    copyFileSync(join(house.folder, 'backups', name), house.file);
    expect(await check(await nextStart(house))).toMatchObject(cut);
  });

  it('is not made good by restoring an older backup: the check goes on saying so', async () => {
    const house = await openHouse();
    await add(house, 2);
    const name = await backUp(house);
    await add(house, 4);
    const forged = await tampered(house, 'DELETE FROM journal WHERE seq > 4');
    expect(await check(forged)).toMatchObject(cut);
    const next = await restored(forged, name);
    expect(await check(next)).toMatchObject({
      ok: false,
      tail: 'restored',
      restore: { missing: 4, cutBefore: true },
    });
    // And once more.
    const again = await restored(next, name);
    expect(await check(again)).toMatchObject({ ok: false, tail: 'restored', restore: { cutBefore: true } });
  });

  it('is made good by a backup that has what was cut', async () => {
    const house = await openHouse();
    await add(house, 4);
    const name = await backUp(house);
    const forged = await tampered(house, 'DELETE FROM journal WHERE seq > 2');
    expect(await check(await restored(forged, name))).toMatchObject({ ok: true, tail: 'whole' });
  });

  it('a backup whose history was written anew is restored, but is not called a beginning of the one before', async () => {
    const house = await openHouse();
    await add(house, 3);
    const name = await backUp(house);
    await add(house, 2);
    const path = join(house.folder, 'backups', name);
    forge(path, (database) => database.exec(`UPDATE journal SET hash = '${'a'.repeat(64)}' WHERE seq = 3`));
    const next = await restored(house, name);
    expect(await check(next)).toMatchObject({ ok: false, brokenAt: 3, restore: { proven: false } });
    expect(readdirSync(house.folder).some((one) => one.includes('before-restore'))).toBe(true);
  });
});

/** The journal as somebody writes it who has Patchbay's code and the file, but not the keychain. */
async function forgery(house: House) {
  const { openDatabase } = await import('../../electron/storage/database');
  const { Journal } = await import('../../electron/journal/journal');
  const { database } = openDatabase(house.file);
  return { journal: new Journal(database), close: () => database.close() };
}
