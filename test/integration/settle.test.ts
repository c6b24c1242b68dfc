/** Conflicts that are settled together: all of them or none. */
import { beforeEach, expect, it } from 'vitest';
import type { ChangeId } from '../../shared/model/change';
import type { Connection } from '../../shared/model/connection';
import type { Plan } from '../../shared/model/plan';
import type { SimotelSimulator } from '../simulators';
import { changesIn, type House, makePlan, ok, refused, type } from '../support/house';
import { office } from '../support/office';
import { idOf } from '../support/servers';

const count = 4;
const all = { changeId: null, field: null };

let house: House;
let server: SimotelSimulator;
let connection: Connection;
let plan: Plan;

beforeEach(async () => {
  ({ house, server, connection } = await office());
  for (let n = 0; n < count; n += 1) {
    const id = idOf(server, n);
    await type(house, connection, id, 'name', `Mine ${n}`);
    await type(house, connection, id, 'description', `Mine ${n}`);
    server.patch(id, { name: `Theirs ${n}`, description: `Theirs ${n}` });
  }
  // One more that nobody changed on the server.
  await type(house, connection, idOf(server, count), 'name', 'Mine alone');
  plan = await makePlan(house);
});

const changeOf = (n: number): ChangeId =>
  plan.rows.find(({ remoteId }) => remoteId === idOf(server, n))?.changeId ?? expect.fail('no row');

/** What each record has prepared, `field base → next`. */
const prepared = async () =>
  (await changesIn(house)).flatMap(({ fields }) =>
    fields.map(({ field, base, next }) => `${field}: ${base} → ${next}`),
  );
const conflicts = async () =>
  (await makePlan(house)).rows.filter(({ status }) => status === 'conflict').length;

it('keeps mine in all, in one request', async () => {
  await ok(house.ask.changes.settle({ planId: plan.id, ...all, keep: 'mine' }));
  expect((await prepared()).filter((one) => one.includes(': Theirs'))).toHaveLength(2 * count);
  expect(await conflicts()).toBe(0);
});

it('takes theirs in all; what was in no conflict stays prepared', async () => {
  await ok(house.ask.changes.settle({ planId: plan.id, ...all, keep: 'theirs' }));
  expect(await prepared()).toEqual([expect.stringMatching(/^name: .* → Mine alone$/)]);
});

it('settles one field in all rows, or all fields of one row', async () => {
  await ok(house.ask.changes.settle({ planId: plan.id, changeId: null, field: 'name', keep: 'theirs' }));
  expect((await prepared()).filter((one) => one.startsWith('name'))).toHaveLength(1);
  expect((await prepared()).filter((one) => one.startsWith('description'))).toHaveLength(count);
  await ok(house.ask.changes.settle({ planId: plan.id, changeId: changeOf(0), field: null, keep: 'theirs' }));
  expect((await prepared()).filter((one) => one.startsWith('description'))).toHaveLength(count - 1);
});

it.each(['mine', 'theirs'] as const)('settles none where one of them cannot be stored (%s)', async (keep) => {
  const before = await prepared();
  house.database.exec(`CREATE TEMP TRIGGER refuse BEFORE ${keep === 'mine' ? 'UPDATE' : 'DELETE'} ON change_fields
    WHEN old.change_id = '${changeOf(count - 1)}' BEGIN SELECT raise(FAIL, 'disk I/O error'); END`);
  await refused(house.ask.changes.settle({ planId: plan.id, ...all, keep }));
  expect(await prepared()).toEqual(before);
  expect(await conflicts()).toBe(count);
});

it('passes over a change that is not prepared any more', async () => {
  await ok(house.ask.changes.undoRecord({ connectionId: connection.id, remoteId: idOf(server, 1) }));
  await ok(house.ask.changes.settle({ planId: plan.id, ...all, keep: 'mine' }));
  expect(await conflicts()).toBe(0);
  expect(await changesIn(house)).toHaveLength(count);
});
