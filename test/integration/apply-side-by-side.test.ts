import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { driverFor } from '../../electron/drivers';
import type { Driver } from '../../electron/drivers/driver';
import { type Database, openAlone } from '../../electron/storage/database';
import { atEnd, tempFolder } from '../support/endings';
import { ended, runOf, until } from '../support/engine';
import { applied, type Bench, begin, bench, readsOf, writesTo, writtenTwice } from '../support/engine-cases';

/** A driver that tells when a write leaves and when a reading is under way. */
class Watched {
  /** Readings under way when each write left, in the order of the writes. */
  readonly beside: number[] = [];
  #readings = 0;
  /** Called as each write leaves, with its record. */
  leaving: (remoteId: string) => void = () => undefined;
  /** A reading goes on only when this lets it. */
  mayRead: () => Promise<void> = async () => undefined;

  readonly driverFor = (kind: Driver['kind']): Driver => {
    const driver = driverFor(kind);
    return {
      ...driver,
      readMany: async (context, ids, hints) => {
        this.#readings += 1;
        try {
          await this.mayRead();
          return await driver.readMany(context, ids, hints);
        } finally {
          this.#readings -= 1;
        }
      },
      send: (context, request) => {
        this.beside.push(this.#readings);
        this.leaving(idIn(request.body));
        return driver.send(context, request);
      },
    };
  };
}

const idIn = (body: string): string => z.object({ _id: z.string() }).parse(JSON.parse(body))._id;

/** Has the monotonic clock say something else until the test is over. */
function at(now: () => number): void {
  const clock = vi.spyOn(performance, 'now').mockImplementation(now);
  atEnd(() => clock.mockRestore());
}

const number = z.object({ n: z.number() });
const ask = (database: Database, sql: string, ...values: string[]): number =>
  number.parse(database.prepare(sql).get(...values)).n;

describe('a part that is sent while the last one is read back', () => {
  it('is begun before the reading has ended, once parts are large, and every row is applied once', async () => {
    const watched = new Watched();
    const place = await bench('simotel', { rows: 150, size: 160, engine: watched, draft: { parallel: 4 } });
    // However slow the machine is, what was read is fresh.
    at(() => 0);
    const run = await applied(place);
    expect(run.rows.every(({ result }) => result?.outcome === 'applied')).toBe(true);
    expect(writtenTwice(place.server)).toEqual([]);
    expect(watched.beside.slice(0, 21).every((readings) => readings === 0)).toBe(true);
    expect(watched.beside.some((readings) => readings === 1)).toBe(true);
  });

  it('waits for the reading where what is known of its records is old by now', async () => {
    const watched = new Watched();
    const place = await bench('simotel', { rows: 100, size: 100, engine: watched, draft: { parallel: 4 } });
    let now = 0;
    at(() => {
      now += 2_000;
      return now;
    });
    const run = await applied(place);
    expect(run.rows.every(({ result }) => result?.outcome === 'applied')).toBe(true);
    expect(watched.beside.every((readings) => readings === 0)).toBe(true);
  });

  it('waits for the reading where the server is sent one request at a time', async () => {
    const watched = new Watched();
    const place = await bench('simotel', { rows: 90, size: 90, engine: watched, draft: { parallel: 1 } });
    await applied(place);
    expect(watched.beside.every((readings) => readings === 0)).toBe(true);
    expect(Math.max(...place.server.log.map(({ concurrent }) => concurrent))).toBe(1);
  });

  it('is stopped by what the reading shows: the rows that have not left wait for a person', async () => {
    const watched = new Watched();
    const place = await bench('simotel', { rows: 150, size: 150, engine: watched, draft: { parallel: 2 } });
    // Of the third part, which is read back while the fourth is sent.
    const resets = place.ids[10] ?? '';
    watched.leaving = (id) => {
      if (id === resets) place.server.setMode({ resetFields: ['call_record'] });
    };
    const { id } = await begin(place);
    await until('a question', () => runOf(place.engine, id).servers[0]?.state === 'asking');
    await until('nothing under way', () => underWay(place, id) === 0);
    const rows = runOf(place.engine, id).rows;
    expect(rows.some(({ state }) => state === 'waiting')).toBe(true);
    expect(writesTo(place.server)).toHaveLength(rows.filter(({ state }) => state === 'done').length);
    place.engine.services.runs.cancel(id, null);
    await ended(place.engine, id);
  });
});

const underWay = ({ engine }: Pick<Bench, 'engine'>, id: string): number =>
  runOf(engine, id).rows.filter(({ state }) => state !== 'waiting' && state !== 'done').length;

describe('intents that share a transaction', () => {
  it('are each on the disk before their own write leaves', async () => {
    const folder = tempFolder();
    const watched = new Watched();
    const place = await bench('simotel', {
      rows: 40,
      size: 40,
      folder,
      engine: watched,
      draft: { parallel: 8 },
    });
    // Another connection sees what was committed, and nothing else.
    const reader = openAlone(`${folder}/patchbay.db`, true);
    atEnd(() => reader.close());
    const stood: number[] = [];
    const commits: number[] = [];
    watched.leaving = (id) => {
      stood.push(
        ask(reader, "SELECT count(*) AS n FROM journal WHERE type = 'intent' AND remote_id = ?", id),
      );
      commits.push(ask(reader, 'SELECT data_version AS n FROM pragma_data_version'));
    };
    await applied(place);
    expect(stood).toEqual(place.ids.map(() => 1));
    expect(new Set(commits).size).toBeLessThan(commits.length);
    expect(readsOf(place.server).length).toBeGreaterThan(0);
  });

  it('are journalled one by one where one of them cannot be, and that row alone holds the server', async () => {
    const place = await bench('simotel', { rows: 20, size: 20, draft: { parallel: 4 } });
    const bad = place.ids[7] ?? '';
    place.engine.database.exec(`CREATE TRIGGER no_intent BEFORE INSERT ON journal
      WHEN NEW.type = 'intent' AND NEW.remote_id = '${bad}' BEGIN SELECT RAISE(ABORT, 'this intent cannot be kept'); END`);
    const { id } = await begin(place);
    await until('a pause', () => runOf(place.engine, id).servers[0]?.state === 'paused');
    await until('nothing under way', () => underWay(place, id) === 0);
    expect(writesTo(place.server, bad)).toEqual([]);
    place.engine.database.exec('DROP TRIGGER no_intent');
    place.engine.services.runs.resume(id, null);
    const run = await ended(place.engine, id);
    expect(run.rows.every(({ result }) => result?.outcome === 'applied')).toBe(true);
    expect(writtenTwice(place.server)).toEqual([]);
  });
});
