/** What the window asks about many changes: counts, pages, ids, and plans in slices. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { WorkOrderId } from '../../shared/model/change';
import type { Connection } from '../../shared/model/connection';
import type { PlanRow } from '../../shared/model/plan';
import type { SimotelSimulator } from '../simulators';
import { connect, type House, makePlan, ok, refused, resultOf, type as typeInto } from '../support/house';
import { office } from '../support/office';
import { idOf } from '../support/servers';

const many = 230;

describe('some hundred prepared changes', () => {
  let house: House;
  let server: SimotelSimulator;
  let connection: Connection;
  let other: Connection;
  let workOrderId: WorkOrderId;

  const titlesOf = async (offset: number, limit: number) => {
    const asked = { workOrderId, connectionId: connection.id, offset, limit };
    return (await ok(house.ask.changes.page(asked))).map(({ title }) => title);
  };

  beforeEach(async () => {
    ({ house, server, connection } = await office({ size: many }));
    other = await connect(house, 'simotel', server, { name: 'Other' });
    for (const record of server.records())
      await typeInto(house, connection, String(record._id), 'description', 'new');
    await typeInto(house, other, idOf(server, 0), 'secret', 'a new secret');
    workOrderId = (await ok(house.ask.workOrders.current())).id;
  });

  it('are counted by connection', async () => {
    const counts = await ok(house.ask.changes.counts({ workOrderId: null }));
    expect(new Map(counts.map((one) => [one.connectionId, one.changes]))).toEqual(
      new Map([
        [connection.id, many],
        [other.id, 1],
      ]),
    );
    expect(await ok(house.ask.changes.counts({ workOrderId }))).toEqual(counts);
  });

  it('come page by page, by title as people sort, each once', async () => {
    const compare = new Intl.Collator(['fa', 'en'], { numeric: true, sensitivity: 'base' }).compare;
    const pages = [await titlesOf(0, 100), await titlesOf(100, 100), await titlesOf(200, 100)];
    expect(pages.map(({ length }) => length)).toEqual([100, 100, 30]);
    const all = house.services.changes.list(connection.id).map(({ title }) => title);
    expect(pages.flat()).toEqual(all.sort(compare));
    const ids = await ok(
      house.ask.changes.ids({ workOrderId, connectionId: connection.id, offset: 100, limit: 100 }),
    );
    expect(house.services.changes.some(ids).map(({ title }) => title)).toEqual(pages[1]);
  });

  it('come anew after one is taken away or another prepared', async () => {
    const [first = '', second = ''] = await titlesOf(0, 2);
    const gone = house.services.changes.list(connection.id).find(({ title }) => title === first);
    await ok(house.ask.changes.undoRecord({ connectionId: connection.id, remoteId: gone?.remoteId ?? '' }));
    expect(await titlesOf(0, 1)).toEqual([second]);
    await typeInto(house, connection, gone?.remoteId ?? '', 'description', 'again');
    expect(await titlesOf(0, 2)).toEqual([first, second]);
  });

  it('are told of records that have them, and of no others', async () => {
    const id = idOf(server, 1);
    const records = [
      { connectionId: connection.id, remoteId: id },
      { connectionId: other.id, remoteId: id },
    ];
    expect(await ok(house.ask.changes.edited({ records }))).toEqual([records[0]]);
  });

  it('tell whether one was edited after a moment, of the connection and the change asked for', async () => {
    const since = (moment: number, of: { connectionId?: Connection['id']; changeId?: string } = {}) =>
      ok(house.ask.changes.editedSince({ workOrderId, connectionId: null, changeId: null, moment, ...of }));
    const last = Math.max(...house.services.changes.list(null).map(({ updatedAt }) => updatedAt));
    expect(await since(last)).toBe(false);
    expect(await since(last - 1)).toBe(true);
    expect(await since(last - 1, { connectionId: other.id })).toBe(true);
    const old = house.services.changes.list(connection.id)[0];
    house.database.prepare('UPDATE changes SET updated_at = 5 WHERE id = ?').run(old?.id ?? '');
    expect(await since(5, { changeId: old?.id ?? '' })).toBe(false);
    expect(await since(4, { changeId: old?.id ?? '' })).toBe(true);
  });

  it('tell how many of their fields are secrets', async () => {
    expect(await ok(house.ask.changes.secrets({ workOrderId }))).toBe(1);
  });

  it('are planned in slices that together are every row once, and applied but for those taken out', async () => {
    const asked = { workOrderId, connectionId: connection.id, changeId: null };
    const first = await ok(house.ask.plan.make(asked));
    expect(first.total).toBe(many);
    expect(first.rows.length).toBeLessThan(many);
    const plan = await makePlan(house, connection);
    const ids = (rows: readonly PlanRow[]) => rows.map(({ changeId }) => changeId);
    expect(ids(plan.rows)).toEqual(house.services.changes.list(connection.id).map(({ id }) => id));
    const taken = plan.rows.slice(0, 3);
    const except = plan.rows.slice(3).map(({ changeId }) => changeId);
    const neither = await refused(house.ask.apply.start({ planId: plan.id }));
    expect(neither).toMatchObject({ code: 'invalid-input', params: { field: 'changeIds' } });
    const ended = house.when(
      ({ name, payload }) => name === 'applyProgress' && payload.head.endedAt !== null,
    );
    const { id } = await ok(house.ask.apply.start({ planId: plan.id, except }));
    await ended;
    const run = (await ok(house.ask.apply.run({ runId: id }))) ?? expect.fail('no run');
    expect(run.rows.map(({ changeId }) => changeId)).toEqual(ids(taken));
    for (const { remoteId } of taken) expect(resultOf(run, remoteId).outcome).toBe('applied');
  });

  it('are not planned where the planning is cancelled', async () => {
    const job = globalThis.crypto.randomUUID();
    server.setMode({ delayMs: 2_000 });
    const making = refused(house.ask.plan.make({ workOrderId, connectionId: null, changeId: null, job }));
    await ok(house.ask.jobs.cancel({ job }));
    expect((await making).code).toBe('cancelled');
  });
});
