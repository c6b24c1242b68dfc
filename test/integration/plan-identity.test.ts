import http from 'node:http';
import type net from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../shared/model/connection';
import type { PlanRow } from '../../shared/model/plan';
import type { SimotelSimulator } from '../simulators';
import { atEnd } from '../support/endings';
import { apply, connect, gist, type House, makePlan, ok, openHouse, refused, type } from '../support/house';
import { idOf, pbx, writes } from '../support/servers';

let house: House;
let server: SimotelSimulator;
let connection: Connection;
let id: string;

beforeEach(async () => {
  house = await openHouse();
  server = await pbx({ size: 4 });
  id = idOf(server, 0);
  server.patch(id, { number: '201', name: 'Ali Rezaei' });
  connection = await connect(house, 'simotel', server, { timeoutMs: 8_000 });
});

const codes = (row: PlanRow | undefined) => row?.findings.map(({ code }) => code);

describe('what a record is called when it is written', () => {
  it('is shown as read just now, beside its id and what it was called when the change was prepared', async () => {
    await type(house, connection, id, 'email', 'ali@example.ir');
    server.patch(id, { number: '999', name: 'Sara Karimi' });
    const plan = await makePlan(house);
    expect(plan.rows).toMatchObject([
      { remoteId: id, title: '999 Sara Karimi', formerTitle: '201 Ali Rezaei', status: 'invalid' },
    ]);
    expect(plan.rows[0]?.findings).toMatchObject([
      { code: 'title-changed', value: '201 Ali Rezaei', other: '999 Sara Karimi', confirm: 'wanted' },
    ]);
    const changeId = plan.rows[0]?.changeId ?? ('' as never);
    const start = house.ask.apply.start({ planId: plan.id, changeIds: [changeId] });
    expect((await refused(start)).code).toBe('invalid-input');
    expect(writes(server)).toEqual([]);
  });

  it('holds its row back until a person has looked at it; then it is written', async () => {
    await type(house, connection, id, 'email', 'ali@example.ir');
    server.patch(id, { number: '999' });
    const plan = await makePlan(house);
    const changeIds = plan.rows.map(({ changeId }) => changeId);
    const [row] = await ok(house.ask.plan.confirm({ planId: plan.id, changeIds }));
    expect(row).toMatchObject({ status: 'ready', findings: [{ code: 'title-changed', confirm: 'given' }] });
    expect(row?.request).not.toBeNull();
    const run = await apply(house, plan, changeIds);
    expect(run.rows[0]?.result && gist(run.rows[0].result)).toBe('applied');
    expect(server.record(id)).toMatchObject({ number: '999', email: 'ali@example.ir' });
  });

  it('has to be looked at again where it has changed again', async () => {
    await type(house, connection, id, 'email', 'ali@example.ir');
    server.patch(id, { number: '999' });
    const plan = await makePlan(house);
    await ok(house.ask.plan.confirm({ planId: plan.id, changeIds: plan.rows.map((row) => row.changeId) }));
    expect((await makePlan(house)).rows[0]?.status).toBe('ready');
    server.patch(id, { number: '998' });
    expect((await makePlan(house)).rows[0]).toMatchObject({ status: 'invalid', title: '998 Ali Rezaei' });
  });

  it('is looked at once more just before the write: whoever was renamed since is not written', async () => {
    await type(house, connection, id, 'email', 'ali@example.ir');
    const plan = await makePlan(house);
    server.patch(id, { number: '999', name: 'Sara Karimi' });
    const run = await apply(house, plan);
    expect(run.rows[0]?.result).toMatchObject({
      outcome: 'skipped',
      problem: { code: 'changed-since-plan', params: { what: 'title' } },
    });
    expect(writes(server)).toEqual([]);
  });

  it('is no matter where the change itself is what makes it differ', async () => {
    await type(house, connection, id, 'name', 'Ali R.');
    await type(house, connection, id, 'email', 'no-address');
    server.patch(id, { name: 'Ali R.' });
    const [row] = (await makePlan(house)).rows;
    expect(row).toMatchObject({ formerTitle: null, findings: [] });
  });

  it('is no matter after a conflict about it was settled', async () => {
    await type(house, connection, id, 'name', 'Ali R.');
    server.patch(id, { name: 'A. Rezaei' });
    const plan = await makePlan(house);
    expect(plan.rows[0]).toMatchObject({ status: 'conflict', formerTitle: null });
    const changeId = plan.rows[0]?.changeId ?? ('' as never);
    await ok(house.ask.changes.settle({ planId: plan.id, changeId, field: 'name', keep: 'mine' }));
    expect((await makePlan(house)).rows[0]).toMatchObject({ status: 'ready', formerTitle: null });
  });
});

/** Another way to the same server: another port of the same machine. */
async function otherWay(): Promise<string> {
  const target = new URL(server.url);
  const proxy = http.createServer((req, res) => {
    const headers = { ...req.headers, host: target.host };
    const up = http.request(
      { host: target.hostname, port: target.port, path: req.url, method: req.method, headers },
      (from) => {
        res.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(res);
      },
    );
    up.on('error', () => req.socket.destroy());
    req.pipe(up);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', () => resolve()));
  atEnd(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return `http://127.0.0.1:${(proxy.address() as net.AddressInfo).port}`;
}

describe('two connections to one server in one work order', () => {
  it('of the same address hold both rows of a record back, each naming the other connection', async () => {
    const second = await connect(house, 'simotel', server, { name: 'The same PBX', timeoutMs: 8_000 });
    await type(house, connection, id, 'name', 'A');
    await type(house, second, id, 'email', 'b@example.ir');
    await type(house, second, idOf(server, 1), 'email', 'c@example.ir');
    const { rows } = await makePlan(house);
    expect(rows.map((row) => [row.connectionId, row.remoteId === id, row.status, codes(row)])).toEqual(
      expect.arrayContaining([
        [connection.id, true, 'invalid', ['record-twice']],
        [second.id, true, 'invalid', ['record-twice']],
        [second.id, false, 'ready', []],
      ]),
    );
    const first = rows.find((row) => row.connectionId === connection.id);
    expect(first?.findings).toMatchObject([{ other: 'The same PBX', blocking: true, confirm: 'none' }]);
    const confirmed = await ok(
      house.ask.plan.confirm({
        planId: (await makePlan(house)).id,
        changeIds: first ? [first.changeId] : [],
      }),
    );
    expect(confirmed).toMatchObject([{ status: 'invalid' }]);
  });

  it('under different addresses are found by the record itself, and may be confirmed', async () => {
    const second = await connect(house, 'simotel', { url: await otherWay() }, { name: 'By VPN' });
    await type(house, connection, id, 'name', 'A');
    await type(house, second, id, 'name', 'A');
    const plan = await makePlan(house);
    expect(plan.rows.map(codes)).toEqual([['record-twice-likely'], ['record-twice-likely']]);
    const [confirmed] = await ok(
      house.ask.plan.confirm({
        planId: plan.id,
        changeIds: plan.rows.slice(0, 1).map((row) => row.changeId),
      }),
    );
    expect(confirmed?.status).toBe('ready');
  });

  it('that are two servers with other records of the same ids are left alone', async () => {
    const elsewhere = await pbx({ size: 4 });
    elsewhere.patch(id, { number: '201', name: 'Ali Rezaei', email: 'other@example.ir' });
    const second = await connect(house, 'simotel', elsewhere, { timeoutMs: 8_000 });
    expect(idOf(elsewhere, 0)).toBe(id);
    await type(house, connection, id, 'name', 'A');
    await type(house, second, id, 'name', 'A');
    expect((await makePlan(house)).rows.map((row) => [row.status, codes(row)])).toEqual([
      ['ready', []],
      ['ready', []],
    ]);
  });
});
