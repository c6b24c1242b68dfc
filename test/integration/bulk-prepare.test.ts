import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BatchContent } from '../../electron/many/batch';
import { type Connection, recordsOf } from '../../shared/model/connection';
import type { SimotelSimulator } from '../simulators';
import {
  apply,
  changesIn,
  connect,
  type House,
  makePlan,
  ok,
  openHouse,
  planAndApply,
  refused,
  resultOf,
  type,
} from '../support/house';
import { MemoryKeychain } from '../support/keychain';
import { edit, job, openDraft, prepare, prepared, preview, rule, undo } from '../support/many';
import { office } from '../support/office';
import { arrives, idOf, panel, pbx, writes } from '../support/servers';

/** Every prepared edit as it stands in the file. */
function editsIn({ database }: House): unknown[] {
  const sql = `SELECT c.id, c.work_order_id, c.remote_id, c.title, f.field, f.base, f.next
    FROM changes c LEFT JOIN change_fields f ON f.change_id = c.id ORDER BY c.remote_id, c.id, f.field`;
  return database.prepare(sql).all();
}

function count({ database }: House, table: string): number {
  const row: unknown = database.prepare(`SELECT count(*) AS n FROM ${table}`).get();
  return Number(Object(row).n);
}

async function until(is: () => boolean): Promise<void> {
  while (!is()) await nextTurn();
}

describe('a bulk edit that is prepared', () => {
  let house: House;
  let server: SimotelSimulator;
  let connection: Connection;
  let ids: string[];

  beforeEach(async () => {
    ({ house, server, connection } = await office());
    ids = server.records().map((_, place) => idOf(server, place));
  });

  const id = (place: number): string => String(ids[place]);
  const value = (place: number, field: string): string => String(server.record(id(place))?.[field] ?? '');
  const sync = () => ok(house.ask.directory.sync({ connectionId: connection.id }));
  const set = (text: string) => ({ rule: 'set' as const, value: text });

  it('stands as edits in the current work order, one step, and nothing is sent', async () => {
    const before = [0, 1, 2].map((place) => value(place, 'description'));
    const step = await edit(house, connection, ids.slice(0, 3), { description: set('Third floor') });
    expect(step).toMatchObject({ records: 3, fields: ['description'], what: 'edit', undone: false });
    expect(await prepared(house, connection)).toEqual(
      Object.fromEntries([0, 1, 2].map((at) => [id(at), { description: `${before[at]} → Third floor` }])),
    );
    expect(await ok(house.ask.steps.list({ workOrderId: step.workOrderId }))).toEqual([step]);
    expect(writes(server)).toEqual([]);
  });

  it('is taken back as one', async () => {
    const step = await edit(house, connection, 'all', { description: set('Third floor') });
    expect(await undo(house, step)).toEqual({ fields: 12, left: 0 });
    expect(editsIn(house)).toEqual([]);
    const [listed] = await ok(house.ask.steps.list({ workOrderId: step.workOrderId }));
    expect(listed).toEqual({ ...step, undone: true });
    expect(await refused(house.ask.steps.undo({ stepId: step.id, job: job() }))).toMatchObject({
      code: 'not-found',
    });
    expect(count(house, 'bulk_step_fields')).toBe(0);
  });

  it('keeps the base of an edit that is there, and takes that of a new one from the record as stored now', async () => {
    const [first, second] = [value(0, 'name'), 'Renamed'];
    await type(house, connection, id(0), 'name', 'Typed');
    server.patch(id(0), { name: 'Renamed on the server' });
    server.patch(id(1), { name: second });
    await sync();
    await edit(house, connection, ids.slice(0, 2), { name: set('Everyone') });
    expect(await prepared(house, connection)).toEqual({
      [id(0)]: { name: `${first} → Everyone` },
      [id(1)]: { name: `${second} → Everyone` },
    });
  });

  it('drops an edit that becomes its base again, and undo brings it back', async () => {
    const original = value(0, 'context');
    await type(house, connection, id(0), 'context', 'typed');
    await type(house, connection, id(0), 'name', 'Typed');
    const before = editsIn(house);
    const step = await edit(house, connection, [id(0)], { context: set(original) });
    expect(await prepared(house, connection)).toEqual({ [id(0)]: { name: `${value(0, 'name')} → Typed` } });
    expect(await undo(house, step)).toEqual({ fields: 1, left: 0 });
    expect(editsIn(house)).toEqual(before);
  });

  it('makes a change again that went with its last edit, under the same id', async () => {
    await type(house, connection, id(0), 'context', 'typed');
    const before = editsIn(house);
    const step = await edit(house, connection, [id(0)], { context: set(value(0, 'context')) });
    expect(editsIn(house)).toEqual([]);
    await undo(house, step);
    expect(editsIn(house)).toEqual(before);
  });

  it('is taken back to exactly what was prepared before, secrets byte for byte', async () => {
    await type(house, connection, id(0), 'secret', 'typed-before-1');
    await type(house, connection, id(1), 'name', 'Typed');
    const before = editsIn(house);
    const step = await edit(house, connection, 'all', {
      secret: { rule: 'generate', length: 20 },
      name: { rule: 'text', template: '{number}' },
    });
    expect(step.records).toBe(12);
    expect(editsIn(house)).not.toEqual(before);
    expect(await undo(house, step)).toEqual({ fields: 24, left: 0 });
    expect(editsIn(house)).toEqual(before);
  });

  it('leaves rows alone whose record was edited or read anew since it was worked out', async () => {
    await openDraft(house, connection, ids.slice(0, 4));
    await rule(house, connection, 'name', set('Everyone'));
    const summary = await preview(house, connection);
    await type(house, connection, id(0), 'name', 'Typed meanwhile');
    server.patch(id(1), { name: 'Renamed meanwhile' });
    server.remove(id(2));
    await sync();
    const { step, left } = await prepare(house, summary);
    expect([step?.records, left]).toEqual([1, 3]);
    expect(await prepared(house, connection)).toMatchObject({
      [id(0)]: { name: `${value(0, 'name')} → Typed meanwhile` },
      [id(3)]: { name: `${value(3, 'name')} → Everyone` },
    });
  });

  it('comes to no step where nothing was left to prepare', async () => {
    await openDraft(house, connection, [id(0)]);
    await rule(house, connection, 'name', set('Everyone'));
    const summary = await preview(house, connection);
    await type(house, connection, id(0), 'name', 'Typed meanwhile');
    expect(await prepare(house, summary)).toEqual({ step: null, left: 1 });
    expect(count(house, 'bulk_steps')).toBe(0);
  });

  it('can be prepared once', async () => {
    await openDraft(house, connection, 'all');
    await rule(house, connection, 'context', set('office'));
    const summary = await preview(house, connection);
    await prepare(house, summary);
    const again = house.ask.batches.prepare({ batchId: summary.id, job: job() });
    expect((await refused(again)).code).toBe('not-found');
  });

  it('leaves, when it is taken back, what was typed since, and says how much', async () => {
    const step = await edit(house, connection, ids.slice(0, 3), {
      name: set('Everyone'),
      context: set('office'),
    });
    await type(house, connection, id(0), 'name', 'Typed since');
    await ok(house.ask.changes.undoField({ connectionId: connection.id, remoteId: id(1), field: 'context' }));
    await type(house, connection, id(2), 'description', 'Another field');
    expect(await undo(house, step)).toEqual({ fields: 4, left: 2 });
    expect(await prepared(house, connection)).toEqual({
      [id(0)]: { name: `${value(0, 'name')} → Typed since` },
      [id(2)]: { description: `${value(2, 'description')} → Another field` },
    });
  });

  it('leaves, when it is taken back, what was applied since', async () => {
    const step = await edit(house, connection, ids.slice(0, 3), { context: set('office') });
    const plan = await makePlan(house, connection);
    await apply(
      house,
      plan,
      plan.rows.slice(0, 2).map(({ changeId }) => changeId),
    );
    expect(await undo(house, step)).toEqual({ fields: 1, left: 2 });
    expect(editsIn(house)).toEqual([]);
    expect(server.records().filter(({ context }) => context === 'office')).toHaveLength(2);
  });

  it('goes beside what a run is writing: the run writes what was confirmed, the rest stays prepared', async () => {
    connection = await connect(house, 'simotel', server, { name: 'Patient', timeoutMs: 30_000 });
    await type(house, connection, id(0), 'name', 'Confirmed');
    const plan = await makePlan(house, connection);
    const sent = arrives(server, ({ path }) => path.endsWith('/update'));
    server.failOn(({ path }) => path.endsWith('/update'), { kind: 'delay', beforeMs: 5_000 });
    const running = apply(house, plan);
    await sent;
    const step = await edit(house, connection, ids.slice(0, 2), {
      name: set('After'),
      context: set('office'),
    });
    expect(resultOf(await running, id(0)).outcome).toBe('applied');
    expect(value(0, 'name')).toBe('Confirmed');
    expect((await prepared(house, connection))[id(0)]).toMatchObject({ name: 'Confirmed → After' });
    // What the run has done to the base since is not taken back; the rest is.
    expect(await undo(house, step)).toEqual({ fields: 3, left: 1 });
  });

  it('keeps a former secret no longer than the settings say, and stays to be taken back where it is only prepared', async () => {
    const envelope = await house.envelope('former-secret-1');
    const typed = { rule: 'set' as const, value: { envelope } };
    const applied = await edit(house, connection, [id(0)], { secret: typed, context: set('office') });
    await planAndApply(house, connection);
    const waiting = await edit(house, connection, [id(1)], { secret: typed });
    const before = editsIn(house);
    const kept = (): unknown[] =>
      house.database
        .prepare(
          `SELECT remote_id FROM bulk_step_fields
            WHERE base LIKE '%sealed2:%' OR next LIKE '%sealed2:%'
            UNION ALL SELECT remote_id FROM run_rows WHERE edits LIKE '%sealed2:%'`,
        )
        .all();
    expect(kept()).toHaveLength(3);
    house.services.forgetSecrets(1);
    expect(kept()).toHaveLength(3);
    house.services.forgetSecrets(-1);
    expect(kept()).toEqual([{ remote_id: id(1) }]);
    expect(editsIn(house)).toEqual(before);
    expect(await undo(house, applied)).toEqual({ fields: 0, left: 2 });
    expect(await undo(house, waiting)).toEqual({ fields: 1, left: 0 });
    expect(editsIn(house)).toEqual([]);
  });

  it('is found in the work order that its changes were moved to', async () => {
    const step = await edit(house, connection, ids.slice(0, 2), { context: set('office') });
    const changes = await changesIn(house, connection.id);
    const to = await ok(house.ask.workOrders.create({ name: 'Later', customer: '', ticket: '', note: '' }));
    const picked = { groups: [], changeIds: changes.map((change) => change.id) };
    await ok(house.ask.workOrders.move({ picked, to: to.id }));
    expect(await undo(house, step)).toEqual({ fields: 2, left: 0 });
    expect(editsIn(house)).toEqual([]);
  });

  it('goes into a new work order where all of the current one has been applied', async () => {
    await type(house, connection, id(0), 'context', 'first');
    await planAndApply(house, connection);
    const before = await ok(house.ask.workOrders.current());
    const step = await edit(house, connection, 'all', { context: set('office') });
    expect(step.workOrderId).not.toBe(before.id);
  });

  it('builds on an earlier step, and each is taken back by itself', async () => {
    const first = await edit(house, connection, ids.slice(0, 2), { name: set('A') });
    const between = editsIn(house);
    const second = await edit(house, connection, ids.slice(0, 2), {
      name: { rule: 'text', template: '{name}{n}' },
    });
    expect(await undo(house, first)).toEqual({ fields: 0, left: 2 });
    expect(await undo(house, second)).toEqual({ fields: 2, left: 0 });
    expect(editsIn(house)).toEqual(between);
  });

  describe('alone', () => {
    const overwrite = (): Promise<BatchContent> =>
      Promise.resolve({
        connection: recordsOf(connection),
        what: 'sheet',
        name: 'people.csv',
        alone: true,
        reportOnly: false,
        items: [0, 1].map((place) => ({
          remoteId: id(place),
          title: value(place, 'name'),
          line: place + 2,
          status: 'differs',
          problems: [],
          edits: [{ field: 'context', from: value(place, 'context'), to: 'office' }],
        })),
      });

    it('takes what else is prepared of the record away, and undo brings it back', async () => {
      await type(house, connection, id(0), 'name', 'Typed');
      await type(house, connection, id(0), 'secret', 'typed-before-1');
      const before = editsIn(house);
      // The batch is newer than what is prepared.
      await until(() => Date.now() > newest(house));
      const { step } = await prepare(house, house.services.batches.add(await overwrite()));
      expect(step).toMatchObject({ what: 'sheet', name: 'people.csv', records: 2 });
      expect(Object.keys((await prepared(house, connection))[id(0)] ?? {})).toEqual(['context']);
      if (step) await undo(house, step);
      expect(editsIn(house)).toEqual(before);
    });

    it('leaves a record alone that was edited after the batch was made', async () => {
      const summary = house.services.batches.add(await overwrite());
      await until(() => Date.now() > house.services.batches.get(summary.id).madeAt);
      await type(house, connection, id(0), 'name', 'Typed meanwhile');
      const { step, left } = await prepare(house, summary);
      expect([step?.records, left]).toEqual([1, 1]);
      expect(Object.keys((await prepared(house, connection))[id(0)] ?? {})).toEqual(['name']);
    });
  });

  it('is never made of a batch that was only to be compared', async () => {
    const content: BatchContent = {
      connection: recordsOf(connection),
      what: 'sheet',
      name: '',
      alone: false,
      reportOnly: true,
      items: [],
    };
    const { id: batchId } = house.services.batches.add(content);
    expect(await refused(house.ask.batches.prepare({ batchId, job: job() }))).toMatchObject({
      code: 'invalid-input',
    });
  });

  it('goes with its connection, and nothing is left of it', async () => {
    await edit(house, connection, 'all', { context: set('office') });
    await ok(house.ask.connections.remove({ connectionId: connection.id }));
    for (const table of ['bulk_steps', 'bulk_step_fields', 'changes']) expect(count(house, table)).toBe(0);
  });

  it('takes away a panel’s prepared password where nothing is set in its place', async () => {
    const edge = await panel();
    const tenant = await connect(house, 'edge', edge);
    const remoteId = idOf(edge, 0);
    await type(house, tenant, remoteId, 'password', 'Abcdef1!x');
    const step = await edit(house, tenant, [remoteId], { password: { rule: 'generate', length: 16 } });
    expect(step).toMatchObject({ fields: ['password'] });
    await openDraft(house, tenant, [remoteId]);
    await rule(house, tenant, 'password', { rule: 'set', value: { envelope: await house.envelope('') } });
    await prepare(house, await preview(house, tenant));
    expect(await prepared(house, tenant)).toEqual({});
  });
});

describe('a bulk edit in the middle of being prepared', () => {
  const size = 4_000;
  let house: House;
  let connection: Connection;
  let ids: string[];

  beforeEach(async () => {
    house = await openHouse();
    const server = await pbx({ size });
    connection = await connect(house, 'simotel', server, { timeoutMs: 120_000 });
    ids = server
      .records()
      .map((record) => String(record._id))
      .sort();
    for (const [at, remoteId] of ids.slice(0, 3).entries())
      await type(house, connection, remoteId, 'name', `Typed ${at}`);
  });

  const begun = () => until(() => count(house, 'bulk_step_fields') > 0);
  const batch = async (name = 'Everyone') => {
    await openDraft(house, connection, 'all');
    await rule(house, connection, 'name', { rule: 'set', value: name });
    return preview(house, connection);
  };

  it('leaves nothing behind when it is cancelled', async () => {
    const before = editsIn(house);
    const [summary, name] = [await batch(), job()];
    const asked = refused(house.ask.batches.prepare({ batchId: summary.id, job: name }));
    await begun();
    await ok(house.ask.jobs.cancel({ job: name }));
    expect((await asked).code).toBe('cancelled');
    expect(editsIn(house)).toEqual(before);
    expect(count(house, 'bulk_steps')).toBe(0);
    // It is still there to be prepared.
    expect((await prepare(house, summary)).step?.records).toBe(size);
  });

  it('leaves nothing behind when a row cannot be written', async () => {
    const before = editsIn(house);
    house.database.exec(`CREATE TEMP TRIGGER full BEFORE INSERT ON main.change_fields
      WHEN (SELECT remote_id FROM changes WHERE id = new.change_id) = '${ids.at(-1)}'
      BEGIN SELECT RAISE (ABORT, 'database or disk is full'); END`);
    const summary = await batch();
    await refused(house.ask.batches.prepare({ batchId: summary.id, job: job() }));
    expect(editsIn(house)).toEqual(before);
    expect(count(house, 'bulk_steps')).toBe(0);
  });

  it('is taken back at the next start when the program ends in it', async () => {
    const before = editsIn(house);
    const summary = await batch();
    const asked = house.ask.batches.prepare({ batchId: summary.id, job: job() });
    await begun();
    house.close();
    await refused(asked);
    const next = await openHouse({ folder: house.folder, keychain: house.keychain, unlocked: false });
    expect(editsIn(next).length).toBeGreaterThan(before.length);
    next.services.recover();
    expect(editsIn(next)).toEqual(before);
    expect(count(next, 'bulk_steps')).toBe(0);
  });

  it('keeps what a person types meanwhile, also when it is cancelled', async () => {
    const [summary, name] = [await batch(), job()];
    const asked = refused(house.ask.batches.prepare({ batchId: summary.id, job: name }));
    await begun();
    await type(house, connection, ids[0], 'name', 'Typed over the step');
    await type(house, connection, ids[1], 'context', 'another field');
    await type(house, connection, ids.at(-1), 'name', 'Typed before the step came');
    await ok(house.ask.jobs.cancel({ job: name }));
    await asked;
    const said = await prepared(house, connection);
    expect(Object.keys(said).sort()).toEqual([...ids.slice(0, 3), ids.at(-1)]);
    expect(said[String(ids[0])]?.name).toMatch(/→ Typed over the step$/);
    expect(Object.keys(said[String(ids[1])] ?? {}).sort()).toEqual(['context', 'name']);
    expect(said[String(ids.at(-1))]?.name).toMatch(/→ Typed before the step came$/);
  });

  it('is undone whole where all is sealed anew meanwhile', async () => {
    const keychain = new MemoryKeychain();
    keychain.fails = 'locked';
    const other = await openHouse({ keychain, unlocked: false });
    await ok(other.ask.keychain.useSession());
    const there = await connect(other, 'simotel', await pbx({ size }), { timeoutMs: 120_000 });
    const step = await edit(other, there, 'all', { secret: { rule: 'generate', length: 16 } });
    const asked = undo(other, step);
    const begun = 'SELECT 1 FROM bulk_step_fields WHERE taken_back = 1 LIMIT 1';
    await until(() => other.database.prepare(begun).get() !== undefined);
    keychain.fails = undefined;
    await ok(other.ask.keychain.retry());
    expect(await asked).toEqual({ fields: size, left: 0 });
    expect(count(other, 'changes')).toBe(0);
  });

  it('lets no other step begin on the connection, nor one be taken back', async () => {
    const done = await edit(house, connection, ids.slice(5, 7), {
      context: { rule: 'set', value: 'office' },
    });
    const summary = await batch();
    const asked = ok(house.ask.batches.prepare({ batchId: summary.id, job: job() }));
    await begun();
    const busy = { code: 'busy', params: { name: connection.name } };
    expect(await refused(house.ask.batches.prepare({ batchId: summary.id, job: job() }))).toMatchObject(busy);
    expect(await refused(house.ask.steps.undo({ stepId: done.id, job: job() }))).toMatchObject(busy);
    expect((await asked).step?.records).toBe(size);
    expect(await undo(house, done)).toEqual({ fields: 2, left: 0 });
  });

  it('ends with a word where its connection is removed', async () => {
    const summary = await batch();
    const asked = refused(house.ask.batches.prepare({ batchId: summary.id, job: job() }));
    await begun();
    await ok(house.ask.connections.remove({ connectionId: connection.id }));
    expect((await asked).code).toBe('not-found');
    for (const table of ['bulk_steps', 'bulk_step_fields', 'changes']) expect(count(house, table)).toBe(0);
  });

  it('is undone whole or not at all', async () => {
    const before = editsIn(house);
    const { step } = await prepare(house, await batch());
    if (!step) throw new Error('nothing was prepared');
    const after = editsIn(house);
    const name = job();
    const asked = refused(house.ask.steps.undo({ stepId: step.id, job: name }));
    await until(() => count(house, 'changes') < size);
    await ok(house.ask.jobs.cancel({ job: name }));
    expect((await asked).code).toBe('cancelled');
    expect(editsIn(house)).toEqual(after);

    const cut = house.ask.steps.undo({ stepId: step.id, job: job() });
    await until(() => count(house, 'changes') < size);
    house.close();
    await refused(cut);
    const next = await openHouse({ folder: house.folder, keychain: house.keychain, unlocked: false });
    expect(editsIn(next)).not.toEqual(after);
    next.services.recover();
    expect(editsIn(next)).toEqual(after);
    expect(await undo(next, step)).toEqual({ fields: size, left: 0 });
    expect(editsIn(next)).toEqual(before);
  });
});

describe('a bulk edit of 50,000 records', () => {
  it('is worked out, prepared and taken back, and what is typed meanwhile is stored at once', async () => {
    const size = 50_000;
    const { house, server, connection } = await office({ size }, { timeoutMs: 120_000 });
    await openDraft(house, connection, 'all');
    await rule(house, connection, 'number', { rule: 'series', start: '1000000', step: 1 });
    await rule(house, connection, 'description', { rule: 'text', template: '{name} {n}' });
    const summary = await preview(house, connection);
    expect(summary.counts).toMatchObject({ differs: size, invalid: 0 });
    const asked = ok(house.ask.batches.prepare({ batchId: summary.id, job: job() }));
    await until(() => count(house, 'bulk_step_fields') > 0);
    await type(house, connection, idOf(server, 7), 'context', 'typed meanwhile');
    expect(count(house, 'bulk_step_fields')).toBeLessThan(2 * size);
    const { step, left } = await asked;
    expect([step?.records, left]).toEqual([size, 0]);
    expect(house.emitted.some(({ name }) => name === 'jobProgress')).toBe(true);
    expect(step && (await undo(house, step))).toEqual({ fields: 2 * size, left: 0 });
    expect(Object.keys(await prepared(house, connection))).toEqual([idOf(server, 7)]);
  }, 1_200_000);
});

/** When the newest prepared edit was made. */
function newest({ database }: House): number {
  return Number(Object(database.prepare('SELECT max(updated_at) AS at FROM changes').get()).at);
}
