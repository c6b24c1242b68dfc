/** The first rows of a directory, straight from the database: as the grid has them, also where a record cannot be read. */
import { beforeEach, expect, it } from 'vitest';
import { type Connection, recordsOf } from '../../shared/model/connection';
import type { SimotelSimulator } from '../simulators';
import { connect, type House, ok, openHouse } from '../support/house';
import { idOf, pbx } from '../support/servers';

const many = 600;
let house: House;
let server: SimotelSimulator;
let connection: Connection;

const pageOf = (offset: number, limit: number, text = '') =>
  ok(
    house.ask.directory.page({
      connectionId: connection.id,
      text,
      sort: null,
      onlyChanged: false,
      columns: ['name', 'number'],
      offset,
      limit,
    }),
  );
const damage = (id: string) =>
  house.database.prepare("UPDATE record_bodies SET raw = '{' WHERE remote_id = ?").run(id);
const ids = () => server.records().map((record) => String(record._id));

beforeEach(async () => {
  house = await openHouse();
  server = await pbx({ size: many });
  connection = await connect(house, 'simotel', server);
});

it('are windows of the same list, whether a grid is there or not', async () => {
  const first = await pageOf(0, 200);
  const last = await pageOf(500, 200);
  expect(first.total).toBe(many);
  expect([first, last].map(({ rows }) => rows.map(({ remoteId }) => remoteId))).toEqual([
    ids().slice(0, 200),
    ids().slice(500),
  ]);
  // A filter makes the grid; everything is found by a space less text.
  expect((await pageOf(0, 200, idOf(server, 5))).rows.map(({ remoteId }) => remoteId)).toEqual([
    idOf(server, 5),
  ]);
  expect(await pageOf(0, 200)).toEqual(first);
  expect(await pageOf(500, 200)).toEqual(last);
});

it('leave out a record that cannot be read, without a hole in the windows after it', async () => {
  damage(idOf(server, 3));
  const readable = ids().filter((id) => id !== idOf(server, 3));
  const first = await pageOf(0, 200);
  const second = await pageOf(200, 200);
  expect(first.total).toBe(many - 1);
  expect([...first.rows, ...second.rows].map(({ remoteId }) => remoteId)).toEqual(readable.slice(0, 400));
});

it('are asked for again where a record further down turns out not to be readable', async () => {
  damage(idOf(server, 550));
  expect((await pageOf(0, 200)).total).toBe(many);
  const before = house.emitted.length;
  await expect.poll(async () => (await pageOf(0, 200)).total).toBe(many - 1);
  await expect.poll(() => house.emitted.slice(before).map(({ name }) => name)).toContain('changed');
  // Read again from the server it is one of them.
  await ok(house.ask.directory.sync({ connectionId: connection.id }));
  expect((await pageOf(0, 200)).total).toBe(many);
});

it('show what was written since, as the records themselves do', async () => {
  await pageOf(0, 5, 'x');
  const raw = { ...server.records()[2], name: 'Written since' };
  house.services.directory.refresh(recordsOf(connection), idOf(server, 2), JSON.parse(JSON.stringify(raw)));
  const [, , third] = (await pageOf(0, 5)).rows;
  expect(third?.fields.name).toBe('Written since');
  expect((await pageOf(0, 5, 'written since')).rows.map(({ remoteId }) => remoteId)).toEqual([
    idOf(server, 2),
  ]);
});
