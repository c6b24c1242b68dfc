/** A clock that jumps: nothing is forgotten, rotated or taken for unedited because of it. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { KeepingSettings } from '../../electron/keeping/settings';
import { LivedTime } from '../../electron/time/lived-time';
import type { Connection } from '../../shared/model/connection';
import type { Problem } from '../../shared/model/problem';
import type { SimotelSimulator } from '../simulators';
import {
  connect,
  type House,
  journalRows,
  makePlan,
  ok,
  openHouse,
  planAndApply,
  type,
} from '../support/house';
import { idOf, pbx } from '../support/servers';

const day = 24 * 60 * 60 * 1_000;
const real = Date.now.bind(Date);

/** The wall clock goes off by so much, until the test is over. */
function setClock(off: number): void {
  vi.spyOn(Date, 'now').mockImplementation(() => real() + off);
}
afterEach(() => {
  vi.restoreAllMocks();
});

async function begin(): Promise<{ house: House; server: SimotelSimulator; connection: Connection }> {
  const house = await openHouse();
  const server = await pbx({ size: 3 });
  return { house, server, connection: await connect(house, 'simotel', server, { timeoutMs: 8_000 }) };
}

/** Writes a secret and returns whether the one before it can be taken back. */
async function writeSecret({ house, server, connection }: Awaited<ReturnType<typeof begin>>) {
  await type(house, connection, idOf(server, 0), 'secret', 'new-secret-1');
  await planAndApply(house);
  return async (of = house) => {
    const seq = journalRows(of.database).find((row) => row.type === 'intent')?.seq ?? 0;
    return ok(of.ask.journal.revert({ seq, fields: null }));
  };
}
const jumps = (house: House) =>
  house.emitted.filter(
    ({ name, payload }) => name === 'notice' && 'code' in payload && payload.code === 'clock-jumped',
  );

describe('former secrets', () => {
  it.each([
    ['ten years ahead', 3_650 * day],
    ['a year ahead', 366 * day],
    ['at 1970', -real()],
  ])('are not forgotten by a clock that is %s for an hour, and it is said', async (_, off) => {
    const bench = await begin();
    const takeBack = await writeSecret(bench);
    setClock(off);
    bench.house.services.keeping.forgetOld();
    expect(jumps(bench.house)).toHaveLength(1);
    vi.restoreAllMocks();
    bench.house.services.keeping.forgetOld();
    expect(await takeBack()).toMatchObject({ fields: 1, left: [] });
  });

  it('written while the clock is at 1970 are not forgotten once it is right', async () => {
    setClock(-real());
    const bench = await begin();
    const takeBack = await writeSecret(bench);
    vi.restoreAllMocks();
    bench.house.services.keeping.forgetOld();
    expect(await takeBack()).toMatchObject({ fields: 1, left: [] });
  });

  it('are not forgotten by starts under a clock that is ahead, not even with the shortest time set', async () => {
    const bench = await begin();
    const takeBack = await writeSecret(bench);
    new KeepingSettings(bench.house.database).save({
      ...bench.house.services.keeping.settings.load(),
      forgetSecretsAfterDays: 1,
    });
    bench.house.close();
    for (const off of [3_650 * day, 3_651 * day, 30 * day]) {
      setClock(off);
      const next = await openHouse({ folder: bench.house.folder, keychain: bench.house.keychain });
      next.services.keeping.forgetOld();
      next.close();
    }
    vi.restoreAllMocks();
    const last = await openHouse({ folder: bench.house.folder, keychain: bench.house.keychain });
    last.services.keeping.forgetOld();
    expect(await takeBack(last)).toMatchObject({ fields: 1, left: [] });
  });

  it('are forgotten when so many days have passed, a start a day', async () => {
    const bench = await begin();
    await writeSecret(bench);
    const { database } = bench.house;
    const kept = () =>
      Reflect.get(Object(database.prepare('SELECT count(*) AS n FROM journal_secrets').get()), 'n');
    const notices: Problem[] = [];
    const [wall, up] = [real(), 1_000_000];
    for (let days = 0; days <= 8; days += 1) {
      expect(kept()).toBeGreaterThan(0);
      // A computer that is switched on anew every day, a few minutes before.
      const read = () => ({ wall: wall + days * day, uptime: days === 0 ? up : 300_000 });
      const time = new LivedTime({ database, notice: (one) => notices.push(one), read });
      const before = time.daysAgo(7);
      database.prepare('DELETE FROM journal_secrets WHERE lived < ?').run(before);
    }
    const time = new LivedTime({
      database,
      notice: (one) => notices.push(one),
      read: () => ({ wall: wall + 9 * day, uptime: 300_000 }),
    });
    database.prepare('DELETE FROM journal_secrets WHERE lived < ?').run(time.daysAgo(7));
    expect(kept()).toBe(0);
    expect(notices).toEqual([]);
  });
});

describe('daily backups', () => {
  const daysOf = (house: House) =>
    new Set(house.services.keeping.backups.list().map(({ at }) => new Date(at).toISOString().slice(0, 10)));

  it('of other days stay when one is made in 2036, and go on when the clock is right again', async () => {
    const now = real();
    let at = now;
    vi.spyOn(Date, 'now').mockImplementation(() => at);
    const house = await openHouse();
    const { backups } = house.services.keeping;
    for (let days = -8; days <= 0; days += 1) {
      at = now + days * day;
      await backups.daily();
    }
    at = Date.parse('2036-02-07T06:28:16Z');
    await backups.daily();
    for (let look = 1; look <= 24; look += 1) {
      at = now + look * 600_000;
      await backups.daily();
    }
    const after = backups.list().length;
    expect(daysOf(house).size).toBeGreaterThanOrEqual(9);
    expect(after).toBe(11);
    at = now + 2 * day;
    await backups.daily();
    expect(backups.list()).toHaveLength(12);
    expect(backups.list()[0]?.at).toBe(at);
  });

  it('that only a jumping clock asked for are rotated first, and those of real days stay', async () => {
    const house = await openHouse();
    const { backups, settings } = house.services.keeping;
    settings.save({ ...settings.load(), backups: 3 });
    await backups.daily();
    const first = backups.list()[0]?.name;
    for (const years of [10, 20, 5, 30, 1, 15]) {
      setClock(years * 365 * day);
      await backups.daily();
    }
    const names = backups.list().map(({ name }) => name);
    expect(names).toHaveLength(3);
    expect(names).toContain(first);
  });
});

describe('edited since', () => {
  it('is told of an edit after a plan, also when the clock was set back between', async () => {
    const { house, server, connection } = await begin();
    await type(house, connection, idOf(server, 0), 'name', 'First');
    const plan = await makePlan(house);
    const edited = () =>
      ok(
        house.ask.changes.editedSince({
          workOrderId: plan.workOrderId,
          connectionId: null,
          changeId: null,
          moment: plan.madeAt,
        }),
      );
    setClock(-365 * day);
    expect(await edited()).toBe(false);
    await type(house, connection, idOf(server, 0), 'name', 'Second');
    expect(await edited()).toBe(true);
  });

  it('is not told of edits before a plan that were made while the clock was ahead', async () => {
    const { house, server, connection } = await begin();
    setClock(365 * day);
    await type(house, connection, idOf(server, 0), 'name', 'First');
    vi.restoreAllMocks();
    const { workOrderId, madeAt: moment } = await makePlan(house);
    const asked = { workOrderId, connectionId: null, changeId: null, moment };
    expect(await ok(house.ask.changes.editedSince(asked))).toBe(false);
  });
});
