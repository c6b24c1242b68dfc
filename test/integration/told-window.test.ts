import { beforeEach, expect, it } from 'vitest';
import type { Topic } from '../../shared/contract/request';
import type { Connection } from '../../shared/model/connection';
import { everything } from '../../shared/model/journal';
import type { SimotelSimulator } from '../simulators';
import { draftFor, type House, makePlan, ok, planAndApply, type } from '../support/house';
import { edit, openDraft, rule, undo } from '../support/many';
import { office } from '../support/office';
import { idOf } from '../support/servers';

/*
 * Whatever a request changes of what the window shows, the window is told to ask again for: every topic is read before
 * and after, as the window reads it, and one that has become another must have been told.
 */

let house: House;
let server: SimotelSimulator;
let connection: Connection;
let id: string;
const query = { text: '', sort: null, onlyChanged: false };

beforeEach(async () => {
  ({ house, server, connection } = await office());
  id = idOf(server, 0);
});

async function read(): Promise<Record<Topic, string>> {
  const { ask } = house;
  const connections = await ok(ask.connections.list());
  const { id: workOrderId } = await ok(ask.workOrders.current());
  const { id: connectionId } = connection;
  const seen: Record<Topic, unknown> = {
    connections,
    credentials: [await ask.connections.credentials({ connectionId }), await ask.authorities.list()],
    directory: [await ask.directory.summaries(), await ask.directory.record({ connectionId, remoteId: id })],
    changes: [
      await ask.changes.counts({ workOrderId: null }),
      await ask.changes.get({ connectionId, remoteId: id }),
    ],
    workOrders: [await ask.workOrders.list(), await ask.workOrders.current()],
    templates: await ask.templates.list(),
    journal: await ask.journal.page({ ...everything, before: null, limit: 50 }),
    bulk: [
      await ask.bulk.draft({ connectionId }),
      await ask.selection.count({ connectionId, query }),
      await ask.steps.list({ workOrderId }),
    ],
  };
  return Object.fromEntries(
    Object.entries(seen).map(([topic, what]) => [topic, JSON.stringify(what)]),
  ) as Record<Topic, string>;
}

// What is told is gathered for some tens of milliseconds.
const settled = () => new Promise((resolve) => setTimeout(resolve, 120));

/** Does something; @returns the topics that it changed, each of which was told, of this connection or of all */
async function touched<T>(work: () => Promise<T>): Promise<{ topics: string[]; result: T }> {
  await settled();
  const before = await read();
  const from = house.emitted.length;
  const result = await work();
  await settled();
  const after = await read();
  const topics = Object.entries(before).flatMap(([topic, was]) =>
    Object.entries(after).some(([name, is]) => name === topic && is !== was) ? [topic] : [],
  );
  const told = house.emitted
    .slice(from)
    .flatMap((event) => (event.name === 'changed' ? [event.payload] : []))
    .filter((one) => one.connectionId === null || one.connectionId === connection.id)
    .flatMap((one) => one.topics);
  expect(told).toEqual(expect.arrayContaining(topics));
  return { topics: topics.sort(), result };
}

it('of connections and their credentials', async () => {
  const { ask } = house;
  const made = await touched(() =>
    ok(ask.connections.create(draftFor('simotel', server.url, { name: 'B' }))),
  );
  expect(made.topics).toContain('connections');
  const connectionId = connection.id;
  const draft = draftFor('simotel', server.url, { name: 'Renamed' });
  expect((await touched(() => ok(ask.connections.update({ connectionId, draft })))).topics).toContain(
    'connections',
  );
  expect((await touched(() => ok(ask.connections.duplicate({ connectionId, name: 'C' })))).topics).toContain(
    'connections',
  );
  const part = 'password';
  const cleared = await touched(() => ok(ask.connections.clearCredential({ connectionId, part })));
  expect(cleared.topics).toEqual(['credentials']);
  const secret = await house.envelope('another');
  const kept = await touched(() => ok(ask.connections.setCredential({ connectionId, part, secret })));
  expect(kept.topics).toEqual(['credentials']);
  await type(house, connection, id, 'name', 'Sara');
  const removed = await touched(() => ok(ask.connections.remove({ connectionId })));
  expect(removed.topics).toEqual(
    expect.arrayContaining(['changes', 'connections', 'directory', 'workOrders']),
  );
});

it('of a directory that is read again, and of a secret that is shown', async () => {
  const connectionId = connection.id;
  server.patch(id, { name: 'Told elsewhere' });
  await ok(house.ask.selection.change({ connectionId, query, action: { do: 'all' } }));
  expect((await touched(() => ok(house.ask.directory.sync({ connectionId })))).topics).toContain('directory');
  const shown = await touched(() =>
    ok(house.ask.directory.copySecret({ connectionId, remoteId: id, field: 'secret', source: 'record' })),
  );
  expect(shown.topics).toEqual(['journal']);
});

it('of prepared edits and of work orders', async () => {
  const { ask } = house;
  const of = { connectionId: connection.id, remoteId: id };
  expect((await touched(() => type(house, connection, id, 'name', 'Sara'))).topics).toEqual([
    'changes',
    'workOrders',
  ]);
  expect((await touched(() => ok(ask.changes.undoField({ ...of, field: 'name' })))).topics).toContain(
    'changes',
  );
  await type(house, connection, id, 'name', 'Sara');
  expect((await touched(() => ok(ask.changes.undoRecord(of)))).topics).toContain('changes');
  const first = await type(house, connection, id, 'name', 'Sara');
  const order = { name: 'Second', customer: '', ticket: '', note: '' };
  const made = await touched(() => ok(ask.workOrders.create(order)));
  expect(made.topics).toContain('workOrders');
  const { id: workOrderId } = made.result;
  const changeIds = first ? [first.id] : [];
  const picked = { changeIds, groups: [] };
  expect((await touched(() => ok(ask.workOrders.move({ picked, to: workOrderId })))).topics).toContain(
    'workOrders',
  );
  const draft = { ...order, note: 'Another' };
  expect((await touched(() => ok(ask.workOrders.update({ workOrderId, draft })))).topics).toEqual([
    'workOrders',
  ]);
  const [other] = (await ok(ask.workOrders.list())).filter((one) => one.id !== workOrderId);
  await touched(() => ok(ask.workOrders.makeCurrent({ workOrderId: other?.id ?? workOrderId })));
  await touched(() => ok(ask.workOrders.close({ workOrderId })));
  expect((await touched(() => ok(ask.changes.drop({ changeIds })))).topics).toContain('workOrders');
});

it('of a conflict that is settled, of what a run wrote, and of taking it back', async () => {
  const { ask } = house;
  await type(house, connection, id, 'name', 'Sara');
  server.patch(id, { name: 'Told elsewhere' });
  const plan = await makePlan(house, connection);
  const changeId = plan.rows[0]?.changeId;
  if (!changeId) throw new Error('no conflict');
  const settle = { planId: plan.id, changeId, field: 'name', keep: 'mine' } as const;
  expect((await touched(() => ok(ask.changes.settle(settle)))).topics).toContain('changes');
  expect((await touched(() => planAndApply(house, connection))).topics).toEqual(
    expect.arrayContaining(['changes', 'directory', 'journal', 'workOrders']),
  );
  const { items } = await ok(ask.journal.page({ ...everything, before: null, limit: 5 }));
  const { seq = 0, workOrderId } = items.find((one) => one.type === 'write') ?? {};
  expect((await touched(() => ok(ask.journal.revert({ seq, fields: null })))).topics).toContain('changes');
  await ok(ask.changes.undoRecord({ connectionId: connection.id, remoteId: id }));
  expect((await touched(() => ok(ask.journal.revertTo({ seq, side: 'before' })))).topics).toContain(
    'changes',
  );
  if (!workOrderId) throw new Error('no work order');
  await touched(() => ok(ask.journal.revertWorkOrder({ workOrderId })));
  await touched(() => ok(ask.workOrders.splitOff({ workOrderId })));
});

it('of a bulk edit, its step, and templates', async () => {
  const { ask } = house;
  const connectionId = connection.id;
  const all = { connectionId, query, action: { do: 'all' } } as const;
  expect((await touched(() => ok(ask.selection.change(all)))).topics).toContain('bulk');
  expect((await touched(() => openDraft(house, connection, 'selected'))).topics).toEqual(['bulk']);
  const set = { rule: 'set', value: 'Third floor' } as const;
  expect((await touched(() => rule(house, connection, 'description', set))).topics).toEqual(['bulk']);
  const named = await touched(() =>
    ok(ask.templates.create({ kind: 'simotel', name: 'Desk', from: { draftOf: connectionId } })),
  );
  expect(named.topics).toEqual(['templates']);
  const { id: templateId } = named.result;
  for (const work of [
    () => ok(ask.templates.setRule({ templateId, field: 'description', rule: { rule: 'set', value: 'x' } })),
    () => ok(ask.templates.update({ templateId, name: 'Desk', note: 'For the desk' })),
    () => ok(ask.templates.duplicate({ templateId })),
    () => ok(ask.templates.remove({ templateId })),
  ])
    expect((await touched<unknown>(work)).topics).toEqual(['templates']);
  expect((await touched(() => ok(ask.bulk.discard({ connectionId })))).topics).toEqual(['bulk']);
  const step = await touched(() => edit(house, connection, [id], { description: set }));
  expect(step.topics).toEqual(['bulk', 'changes', 'workOrders']);
  expect((await touched(() => undo(house, step.result))).topics).toContain('changes');
});
