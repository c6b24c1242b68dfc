/** What messages made at random have found: each was answered `internal` once. */
import { expect, it } from 'vitest';
import { connect, ok, openHouse, refused, type } from '../support/house';
import { office } from '../support/office';
import { pbx } from '../support/servers';

it('a plan whose work order was removed meanwhile is not applied, and that is said', async () => {
  const { house, server, connection } = await office({ size: 2 });
  const [id = ''] = server.records().map((record) => String(record._id));
  await type(house, connection, id, 'description', 'new');
  const order = await ok(house.ask.workOrders.current());
  const plan = await ok(house.ask.plan.make({ workOrderId: order.id, connectionId: null, changeId: null }));
  house.database.exec(`PRAGMA foreign_keys = OFF; DELETE FROM work_orders; PRAGMA foreign_keys = ON`);
  const changeIds = plan.rows.map(({ changeId }) => changeId);
  const problem = await refused(house.ask.apply.start({ planId: plan.id, changeIds }));
  expect(problem).toMatchObject({ code: 'not-found', params: { what: 'work-order' } });
});

it.each([-1, 8.64e15, Number.MAX_SAFE_INTEGER])(
  'no history is archived before a day that is none (%s)',
  async (before) => {
    const house = await openHouse();
    expect((await refused(house.ask.keeping.archive({ before }))).code).toBe('invalid-input');
  },
);

it.each(['y'.repeat(290), `${'y'.repeat(64)}.example`, `pbx.example/${'p'.repeat(285)}`])(
  'an address that is too long once it is whole is refused by its field',
  async (baseUrl) => {
    const house = await openHouse();
    const server = await pbx({ size: 1 });
    const {
      id: _id,
      createdAt: _made,
      updatedAt: _changed,
      ...draft
    } = await connect(house, 'simotel', server);
    const problem = await refused(house.ask.connections.create({ ...draft, baseUrl }));
    expect(problem).toMatchObject({ code: 'invalid-input', params: { field: 'baseUrl' } });
  },
);
