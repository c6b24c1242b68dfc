/** Changes that go to another work order: all of them or none, whatever happens in the middle. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Change, type ChangeId, type WorkOrder, workOrderIdSchema } from '../../shared/model/change';
import type { Connection } from '../../shared/model/connection';
import type { SimotelSimulator } from '../simulators';
import { changesIn, type House, ok, refused, type } from '../support/house';
import { office } from '../support/office';
import { idOf } from '../support/servers';

const draft = { name: 'Later', customer: '', ticket: '', note: '' };
const count = 6;

let house: House;
let server: SimotelSimulator;
let connection: Connection;
let changes: readonly Change[];
let order: WorkOrder;

beforeEach(async () => {
  ({ house, server, connection } = await office());
  for (let n = 0; n < count; n += 1) await type(house, connection, idOf(server, n), 'name', `New ${n}`);
  changes = await changesIn(house);
  order = await ok(house.ask.workOrders.current());
});

const ids = (): ChangeId[] => changes.map(({ id }) => id);
const single = (changeIds: readonly ChangeId[]) => ({ groups: [], changeIds: [...changeIds] });
const namesIn = ({ id }: WorkOrder) =>
  house.services.changes
    .list(null, id)
    .flatMap(({ fields }) => fields.map(({ next }) => next))
    .sort();
const names = (...numbers: number[]) => numbers.map((n) => `New ${n}`);

/** Lets the disk refuse to move one change away from its work order. */
function refuse(id: ChangeId | undefined): void {
  house.database.exec(`CREATE TEMP TRIGGER refuse BEFORE UPDATE OF work_order_id ON changes
    WHEN old.id = '${id}' AND old.work_order_id = '${order.id}' BEGIN SELECT raise(FAIL, 'disk I/O error'); END`);
}

describe('a new work order that takes changes over', () => {
  it('has them, and the current one stays current', async () => {
    const made = await ok(house.ask.workOrders.create({ ...draft, takes: single(ids().slice(0, 2)) }));
    expect(made).toMatchObject({ name: 'Later', changes: 2, current: false });
    expect(await ok(house.ask.workOrders.current())).toMatchObject({ id: order.id, changes: count - 2 });
  });

  it.each([0, 3, count - 1])('is not made where change %i cannot be moved', async (n) => {
    refuse(ids()[n]);
    await refused(house.ask.workOrders.create({ ...draft, takes: single(ids()) }));
    expect(await ok(house.ask.workOrders.list())).toEqual([
      expect.objectContaining({ id: order.id, current: true, changes: count }),
    ]);
    expect(namesIn(order)).toEqual(names(0, 1, 2, 3, 4, 5));
  });
});

describe('changes that are moved', () => {
  let to: WorkOrder;

  beforeEach(async () => {
    to = await ok(house.ask.workOrders.create(draft));
  });

  it('go by their ids, or as all of a connection', async () => {
    await ok(house.ask.workOrders.move({ picked: single(ids().slice(0, 1)), to: to.id }));
    expect(namesIn(to)).toHaveLength(1);
    const groups = [{ workOrderId: order.id, connectionId: connection.id }];
    await ok(house.ask.workOrders.move({ picked: { groups, changeIds: [] }, to: to.id }));
    expect(namesIn(to)).toEqual(names(0, 1, 2, 3, 4, 5));
    expect(namesIn(order)).toEqual([]);
  });

  it.each([0, 3, count - 1])(
    'stay where they are, all of them, where change %i cannot be moved',
    async (n) => {
      // The record has a change in the other work order already: the two are made one only when all else is done.
      await type(house, connection, changes[1]?.remoteId ?? '', 'name', 'Typed');
      refuse(ids()[n]);
      await refused(house.ask.workOrders.move({ picked: single(ids()), to: to.id }));
      expect(namesIn(order)).toEqual(names(0, 1, 2, 3, 4, 5));
      expect(namesIn(to)).toEqual(['Typed']);
    },
  );

  it('win over those of the same record that are there, each with its own base', async () => {
    const remoteId = changes[1]?.remoteId ?? '';
    await type(house, connection, remoteId, 'name', 'Typed');
    await type(house, connection, remoteId, 'description', 'Typed too');
    await ok(house.ask.workOrders.move({ picked: single(ids()), to: to.id }));
    expect(namesIn(to)).toEqual([...names(0, 1, 2, 3, 4, 5), 'Typed too']);
    expect(house.services.changes.list(null, order.id)).toEqual([]);
  });

  it('are refused where there is no such work order', async () => {
    const nowhere = workOrderIdSchema.parse(randomUUID());
    const asked = house.ask.workOrders.move({ picked: single(ids()), to: nowhere });
    expect(await refused(asked)).toMatchObject({ code: 'not-found' });
    expect(namesIn(order)).toHaveLength(count);
  });
});
