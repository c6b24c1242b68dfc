/** What a window asks about the rows of a run, by the run and the change alone. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeIdSchema } from '../../shared/model/change';
import type { Connection } from '../../shared/model/connection';
import type { Run } from '../../shared/model/plan';
import type { SimotelSimulator } from '../simulators';
import { apply, type House, journalRows, makePlan, ok, refused, resultOf, type } from '../support/house';
import { office } from '../support/office';
import { arrives, idOf, writes } from '../support/servers';

let house: House;
let server: SimotelSimulator;
let connection: Connection;
let id: string;

beforeEach(async () => {
  ({ house, server, connection } = await office());
  id = idOf(server, 0);
});

/** A run whose row is left unknown: the answer is lost and the record cannot be read. */
async function unknownRun(next: string): Promise<Run> {
  await type(house, connection, id, 'name', next);
  const plan = await makePlan(house);
  void arrives(server, ({ path }) => path.endsWith('/update')).then(() =>
    server.failNext('resetBeforeBody', { path: '/search' }, 1_000),
  );
  server.failNext('resetAfterApply', { path: '/update' });
  const run = await apply(house, plan);
  expect(resultOf(run, id).outcome).toBe('unknown');
  await server.clearFaults();
  server.clearLog();
  return run;
}

const asked = (run: Run) => ({ runId: run.id, changeId: run.rows[0]?.changeId ?? expect.fail('no row') });

describe('an unknown row', () => {
  it('is decided by reading, and told as it stands then', async () => {
    const run = await unknownRun('Sara');
    const row = await ok(house.ask.apply.resolveRow(asked(run)));
    expect(row).toMatchObject({ remoteId: id, state: 'done', result: { outcome: 'applied' } });
    expect(await ok(house.ask.apply.run({ runId: run.id }))).toMatchObject({ rows: [row] });
    expect(writes(server)).toEqual([]);
  });

  it('is the one of its run, also where the record was written again since', async () => {
    const first = await unknownRun('Sara');
    await type(house, connection, id, 'description', 'Later');
    await apply(house, await makePlan(house));
    const row = await ok(house.ask.apply.resolveRow(asked(first)));
    expect(row.result?.outcome).not.toBe('unknown');
    const intents = journalRows(house.database).filter(({ type: what }) => what === 'intent');
    const outcomes = journalRows(house.database).filter((one) => one.intent_seq === intents[0]?.seq);
    expect(outcomes).toHaveLength(2);
  });

  it('that was decided meanwhile is told, and nothing is read', async () => {
    const run = await unknownRun('Sara');
    await ok(house.ask.apply.resolveRow(asked(run)));
    server.clearLog();
    expect(await ok(house.ask.apply.resolveRow(asked(run)))).toMatchObject({
      result: { outcome: 'applied' },
    });
    expect(server.log).toEqual([]);
  });

  it('is refused where there is none', async () => {
    const run = await unknownRun('Sara');
    const changeId = changeIdSchema.parse(randomUUID());
    const other = house.ask.apply.resolveRow({ runId: run.id, changeId });
    expect(await refused(other)).toMatchObject({ code: 'not-found' });
  });
});

it('rows of a run come as a plan has them: what is still prepared is in them, what was written is not', async () => {
  const other = idOf(server, 1);
  await type(house, connection, id, 'name', 'Sara');
  await type(house, connection, other, 'name', 'Reza');
  server.failNext({ kind: 'status', status: 422 }, { path: '/update' });
  const run = await apply(house, await makePlan(house));
  const changeIds = run.rows.map(({ changeId }) => changeId);
  const rows = await ok(house.ask.apply.rows({ runId: run.id, changeIds }));
  expect(rows.map(({ changeId }) => changeId)).toEqual(changeIds);
  for (const [at, row] of rows.entries()) {
    const applied = run.rows[at]?.result?.outcome === 'applied';
    expect(row).toMatchObject({
      remoteId: run.rows[at]?.remoteId,
      status: 'ready',
      findings: [],
      request: null,
    });
    expect(row.fields.map(({ field }) => field)).toEqual(applied ? [] : ['name']);
  }
  expect(await ok(house.ask.apply.rows({ runId: randomUUID(), changeIds }))).toEqual([]);
});

it('what needs the keys waits while they are being opened, and the keychain is not called locked', async () => {
  const order = await ok(house.ask.workOrders.current());
  const runId = randomUUID();
  house.database
    .prepare('INSERT INTO runs (id, work_order_id, started_at) VALUES (?, ?, ?)')
    .run(runId, order.id, Date.now());
  house.services.close();
  const opening = house.services.unlock();
  expect(await ok(house.ask.apply.left({ runId }))).toMatchObject({ total: 0 });
  await opening;
  house.services.close();
  const again = house.services.unlock();
  expect(await ok(house.ask.directory.sync({ connectionId: connection.id }))).toMatchObject({
    connectionId: connection.id,
  });
  await again;
});
