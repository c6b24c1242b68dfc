/** Directories that are stored, filtered and sorted in turns: what others see meanwhile, and what a break leaves. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { GridEntry } from '../../electron/directory/entries';
import { catalogOf } from '../../shared/catalog';
import { fieldValue } from '../../shared/catalog/read';
import { searchFold } from '../../shared/lib/text';
import { type Connection, recordsOf } from '../../shared/model/connection';
import type { SimotelSimulator } from '../simulators';
import { cancelSync, type House, ok, openHouse, refused, type as typeInto } from '../support/house';
import { office, pageOf } from '../support/office';
import { idOf } from '../support/servers';

const many = 3_000;

describe('a directory of some thousand records', () => {
  let house: House;
  let server: SimotelSimulator;
  let connection: Connection;

  const page = (query: Parameters<typeof pageOf>[2] = {}) => pageOf(house, connection, query);
  const sync = () => house.ask.directory.sync({ connectionId: connection.id });
  const storing = (done: number) =>
    house.when(
      ({ name, payload }) => name === 'jobProgress' && payload.phase === 'storing' && payload.done > done,
    );
  const rename = (name: string) => {
    for (const record of server.records()) server.patch(String(record._id), { name });
  };
  const stored = (table: 'record_bodies' | 'record_places') =>
    Number(Object.values(house.database.prepare(`SELECT count(*) AS n FROM ${table}`).get() ?? {})[0]);

  beforeEach(async () => {
    ({ house, server, connection } = await office({ size: many }));
  });

  it('shows the old one whole while the new one is stored, and takes what is typed meanwhile', async () => {
    const before = await page();
    rename('New');
    const some = storing(10);
    const running = sync();
    await some;
    expect(await page()).toEqual(before);
    const id = idOf(server, 7);
    const change = await typeInto(house, connection, id, 'description', 'typed meanwhile');
    expect(change?.fields.map(({ next }) => next)).toEqual(['typed meanwhile']);
    expect(house.emitted.at(-1)?.payload).not.toMatchObject({ phase: 'done' });
    await ok(running);
    expect((await page()).rows.map(({ fields }) => fields.name)).toEqual(Array(500).fill('New'));
    expect((await page({ onlyChanged: true })).rows).toMatchObject([{ remoteId: id, changed: 1 }]);
    expect([stored('record_bodies'), stored('record_places')]).toEqual([many, many]);
  });

  it('keeps the old one where storing is cancelled in the middle, and the next sync clears up', async () => {
    const before = await page();
    const summaries = await ok(house.ask.directory.summaries());
    rename('New');
    const some = storing(10);
    const running = refused(sync());
    await some;
    await cancelSync(house, connection);
    expect((await running).code).toBe('cancelled');
    expect(stored('record_places')).toBeGreaterThan(many);
    expect(await page()).toEqual(before);
    expect(await ok(house.ask.directory.summaries())).toEqual(summaries);
    await ok(sync());
    expect((await page({ text: 'New' })).total).toBe(many);
    expect([stored('record_bodies'), stored('record_places')]).toEqual([many, many]);
  });

  it('keeps the old one where the program ends in the middle of storing', async () => {
    const before = await page();
    rename('New');
    const some = storing(10);
    const running = refused(sync());
    await some;
    // The file as a crash would leave it: what is not yet committed is gone.
    house.close();
    await running;
    house = await openHouse({ folder: house.folder, keychain: house.keychain });
    expect(stored('record_places')).toBeGreaterThan(many);
    expect(await page()).toEqual(before);
    await ok(sync());
    expect((await page({ text: 'New' })).total).toBe(many);
    expect([stored('record_bodies'), stored('record_places')]).toEqual([many, many]);
  });

  it('does not write again what comes the same, and writes what differs', async () => {
    const bodies = () =>
      new Map(
        house.database
          .prepare('SELECT remote_id, id FROM record_bodies')
          .all()
          .map((row) => Object.values(row) as [string, number]),
      );
    const before = bodies();
    const [changed, gone] = [idOf(server, 3), idOf(server, 4)];
    server.patch(changed, { secret: 'another secret' });
    server.remove(gone);
    await ok(sync());
    const after = bodies();
    const anew = [...after].filter(([remoteId, id]) => before.get(remoteId) !== id);
    expect(anew.map(([remoteId]) => remoteId)).toEqual([changed]);
    expect(after.has(gone)).toBe(false);
    expect(after.size).toBe(many - 1);
  });

  it('writes a record again whose stored text is damaged', async () => {
    const id = idOf(server, 5);
    house.database.prepare("UPDATE record_bodies SET raw = '{' WHERE remote_id = ?").run(id);
    expect(
      (await refused(house.ask.directory.record({ connectionId: connection.id, remoteId: id }))).code,
    ).toBe('not-found');
    await ok(sync());
    expect(
      (await ok(house.ask.directory.record({ connectionId: connection.id, remoteId: id }))).remoteId,
    ).toBe(id);
  });

  it('keeps what was read again after a write, though the sync had read it before', async () => {
    const [early, late] = [idOf(server, 0), idOf(server, many - 1)];
    rename('New');
    const raw = (id: string) => ({
      ...server.records().find((record) => record._id === id),
      name: 'Written',
    });
    const some = storing(10);
    const running = sync();
    await some;
    for (const id of [early, late]) {
      house.services.directory.refresh(recordsOf(connection), id, JSON.parse(JSON.stringify(raw(id))));
    }
    await ok(running);
    expect((await page({ text: 'Written' })).rows.map(({ remoteId }) => remoteId)).toEqual([early, late]);
    expect((await page({ text: 'New' })).total).toBe(many - 2);
  });

  it('is filtered and sorted as one by one, for several who ask at the same time', async () => {
    const records = server.records();
    const compare = new Intl.Collator(['fa', 'en'], { numeric: true, sensitivity: 'base' }).compare;
    const order = (descending: boolean) =>
      records
        .map((record, at) => ({ id: String(record._id), name: String(record.name ?? ''), at }))
        .sort((a, b) => {
          if (a.name === '' || b.name === '') return a.name === b.name ? a.at - b.at : a.name === '' ? 1 : -1;
          return (descending ? -1 : 1) * compare(a.name, b.name) || a.at - b.at;
        })
        .map(({ id }) => id);
    const found = (text: string, descending: boolean) =>
      house.services.directory.found(recordsOf(connection), {
        text,
        sort: { field: 'name', descending },
        only: null,
      });
    const [up, down, again, some] = await Promise.all([
      found('', false),
      found('', true),
      found('', false),
      found('10', false),
    ]);
    expect(up.map(({ remoteId }) => remoteId)).toEqual(order(false));
    expect(down.map(({ remoteId }) => remoteId)).toEqual(order(true));
    expect(again).toBe(up);
    expect(some.length).toBeGreaterThan(0);
    const searched = catalogOf('simotel').fields.filter((spec) => !spec.secret && spec.type !== 'json');
    const holds = ({ remoteId, stored }: GridEntry) =>
      [remoteId, ...searched.map((spec) => fieldValue(spec, stored) ?? '')].some((value) =>
        searchFold(value).includes('10'),
      );
    expect(some).toEqual(up.filter(holds));
  });

  it('sorts a record that was read again to its new place', async () => {
    const sort = { field: 'name', descending: false };
    await page({ sort });
    const id = idOf(server, many - 1);
    const raw = { ...server.records().find((record) => record._id === id), name: '0000 first of all' };
    house.services.directory.refresh(recordsOf(connection), id, JSON.parse(JSON.stringify(raw)));
    const first = (await page({ sort, limit: 1 })).rows[0];
    expect(first).toMatchObject({ remoteId: id, fields: { name: '0000 first of all' } });
  });
});
