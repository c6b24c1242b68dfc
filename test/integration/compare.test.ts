import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../shared/model/connection';
import type { Comparison } from '../../shared/model/many';
import type { SimotelSimulator } from '../simulators';
import { connect, type House, ok, openHouse, refused, type } from '../support/house';
import { office } from '../support/office';
import { idOf, panel, pbx } from '../support/servers';

const canary = 'CANARY-cmp-9031';

const fieldOf = (comparison: Comparison, name: string) =>
  comparison.fields.find(({ field }) => field === name);

describe('records side by side', () => {
  let house: House;
  let server: SimotelSimulator;
  let connection: Connection;
  let ids: [string, string];

  const compare = () =>
    ok(
      house.ask.compare.records({
        items: ids.map((remoteId) => ({ connectionId: connection.id, remoteId })),
      }),
    );
  const read = () => ok(house.ask.directory.sync({ connectionId: connection.id }));

  beforeEach(async () => {
    ({ house, server, connection } = await office());
    ids = [idOf(server, 0), idOf(server, 1)];
  });

  it('tell which fields differ, counting what is prepared as done', async () => {
    for (const id of ids) server.patch(id, { nat: 'no', email: 'a@example.org' });
    server.patch(ids[1], { email: 'b@example.org' });
    await read();
    await type(house, connection, ids[0], 'nat', 'yes');
    const found = await compare();
    expect(found.items.map(({ remoteId }) => remoteId)).toEqual(ids);
    expect(fieldOf(found, 'nat')).toEqual({
      field: 'nat',
      differs: true,
      values: [
        { value: 'yes', prepared: true },
        { value: 'no', prepared: false },
      ],
    });
    expect(fieldOf(found, 'email')).toMatchObject({ differs: true });
    await type(house, connection, ids[1], 'nat', 'yes');
    expect(fieldOf(await compare(), 'nat')).toMatchObject({ differs: false });
  });

  it('tell of secrets only whether they are equal, those prepared too', async () => {
    for (const id of ids) server.patch(id, { secret: canary });
    await read();
    const equal = await compare();
    expect(fieldOf(equal, 'secret')).toEqual({
      field: 'secret',
      differs: false,
      values: [
        { value: { secret: 'set' }, prepared: false },
        { value: { secret: 'set' }, prepared: false },
      ],
    });
    await type(house, connection, ids[1], 'secret', `${canary}-other`);
    expect(fieldOf(await compare(), 'secret')).toMatchObject({ differs: true });
    expect(house.seen() + house.noted.join()).not.toContain(canary);
  });

  it('never call secrets equal that the server hides', async () => {
    for (const id of ids) server.patch(id, { secret: '********' });
    await read();
    const hidden = { value: { secret: 'withheld' }, prepared: false };
    expect(fieldOf(await compare(), 'secret')).toEqual({
      field: 'secret',
      differs: true,
      values: [hidden, hidden],
    });
  });

  it('compare the fields that no catalog knows, all of them unseen', async () => {
    server.patch(ids[0], { colour: 'red', api_token: canary });
    server.patch(ids[1], { colour: 'blue', api_token: canary });
    await read();
    const { unknown } = await compare();
    expect(unknown.find(({ name }) => name === 'colour')).toEqual({
      name: 'colour',
      differs: true,
      values: [{ secret: 'set' }, { secret: 'set' }],
    });
    expect(unknown.find(({ name }) => name === 'api_token')).toEqual({
      name: 'api_token',
      differs: false,
      values: [{ secret: 'set' }, { secret: 'set' }],
    });
    server.patch(ids[1], { api_token: `${canary}2` });
    await read();
    expect((await compare()).unknown.find(({ name }) => name === 'api_token')?.differs).toBe(true);
    expect(house.seen()).not.toContain(canary);
  });

  it('leave out what has gone, and refuse records of two kinds', async () => {
    const gone = { connectionId: connection.id, remoteId: 'gone' };
    const there = { connectionId: connection.id, remoteId: ids[0] };
    const found = await ok(house.ask.compare.records({ items: [gone, there] }));
    expect(found.items.map(({ remoteId }) => remoteId)).toEqual([ids[0]]);
    expect(found.fields.every(({ differs }) => !differs)).toBe(true);
    expect((await refused(house.ask.compare.records({ items: [gone] }))).code).toBe('not-found');

    const tenants = await panel();
    const edge = await connect(house, 'edge', tenants);
    const other = { connectionId: edge.id, remoteId: idOf(tenants, 0) };
    expect((await refused(house.ask.compare.records({ items: [there, other] }))).code).toBe('invalid-input');
  });

  it('tell nothing of a password that cannot be read, but that one is prepared', async () => {
    const tenants = await panel();
    const edge = await connect(house, 'edge', tenants);
    const both = { items: [0, 1].map((at) => ({ connectionId: edge.id, remoteId: idOf(tenants, at) })) };
    expect(fieldOf(await ok(house.ask.compare.records(both)), 'password')).toBeUndefined();
    await type(house, edge, idOf(tenants, 1), 'password', `Aa1!${canary}`);
    const field = fieldOf(await ok(house.ask.compare.records(both)), 'password');
    expect(field).toMatchObject({ differs: true, values: [{ prepared: false }, { prepared: true }] });
    expect(house.seen()).not.toContain(canary);
  });
});

describe('one extension on several servers', () => {
  it('is found by its number, with the servers out of reach', async () => {
    const house = await openHouse();
    const [here, there, third] = [await pbx(), await pbx(), await pbx()];
    const number = String(here.record(idOf(here, 2))?.number);
    for (const [index, one] of there.records().entries())
      there.patch(String(one._id), { number: `9${100 + index}`, name: 'Somebody' });
    there.patch(idOf(there, 5), { number, name: 'Its twin' });
    // The number inside of another value is not the number.
    for (const [index, one] of third.records().entries())
      third.patch(String(one._id), { number: `8${100 + index}`, caller_id: number });
    const asked = await connect(house, 'simotel', here, { name: 'Here' });
    const other = await connect(house, 'simotel', there, { name: 'There' });
    await connect(house, 'simotel', third, { name: 'Third' });
    await connect(house, 'edge', await panel());
    await Promise.all([here, there, third].map((server) => server.stop()));
    const found = await ok(house.ask.compare.alike({ connectionId: asked.id, remoteId: idOf(here, 2) }));
    expect(found).toEqual([
      { connectionId: other.id, remoteId: idOf(there, 5), title: `${number} Its twin` },
    ]);
  });
});

describe('numbers as a person types them', () => {
  it('name records by number and by range, in any digits, and what is not there is named', async () => {
    const house = await openHouse();
    const server = await pbx();
    for (const [index, one] of server.records().entries())
      server.patch(String(one._id), { number: index < 10 ? `12${10 + index}` : `00${index}` });
    const connection = await connect(house, 'simotel', server);
    const ask = async (text: string) => {
      const found = await ok(house.ask.compare.numbered({ connectionId: connection.id, text }));
      const numbers = found.remoteIds.map((id) => String(server.record(id)?.number));
      return { numbers, unknown: found.unknown };
    };
    expect(await ask('1210-1212, 1219')).toEqual({ numbers: ['1210', '1211', '1212', '1219'], unknown: [] });
    expect(await ask('۱۲۱۰ تا ۱۲۱۱؛ ۹۹۹۹')).toEqual({ numbers: ['1210', '1211'], unknown: ['9999'] });
    expect(await ask('1213\n1213\t1300 – 1400')).toEqual({ numbers: ['1213'], unknown: ['1300-1400'] });
    // Leading zeros count.
    expect(await ask('0010')).toEqual({ numbers: ['0010'], unknown: [] });
    expect(await ask('10')).toEqual({ numbers: [], unknown: ['10'] });
    expect(await ask('0001-0020')).toEqual({ numbers: ['0010', '0011'], unknown: [] });
    expect(await ask('')).toEqual({ numbers: [], unknown: [] });
  });
});
