/** Two collections of one server may have records of the same id: what is kept of one has nothing to do with the other. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DirectoryStore } from '../../electron/directory/store';
import { namedCollection } from '../../electron/journal/entries';
import { recordKey } from '../../electron/storage/owner';
import { Sealer } from '../../electron/storage/sealing';
import { collectionsOf, fieldSpec } from '../../shared/catalog';
import { type RecordsOf, recordsOf } from '../../shared/model/connection';
import { everything } from '../../shared/model/journal';
import { forged } from '../support/forger';
import { keyIn } from '../support/former';
import { draftFor, type House, ok, openHouse, refused, thrown } from '../support/house';
import { job } from '../support/many';

// Every kind has one collection as yet. This one is made of the same fields, since nothing here is about fields.
vi.mock('../../shared/catalog/simotel', async (original) => {
  const { simotel } = await original<typeof import('../../shared/catalog/simotel')>();
  const [first] = Object.values(simotel.collections);
  return { simotel: { ...simotel, collections: { ...simotel.collections, others: first } } };
});

const id = 'r1';
const raw = (name: string) => ({ _id: id, number: '1201', name, secret: `secret-of-${name}` });

let house: House;
let sealer: Sealer;
let extensions: RecordsOf;
let others: RecordsOf;

beforeEach(async () => {
  house = await openHouse();
  sealer = new Sealer();
  sealer.useKey(keyIn(house.keychain));
  const connection = await ok(house.ask.connections.create(draftFor('simotel', 'http://127.0.0.1:9')));
  const [, second] = collectionsOf('simotel');
  extensions = recordsOf(connection);
  others = recordsOf(connection, second);
  for (const [of, name] of [
    [extensions, 'Sara'],
    [others, 'Reception'],
  ] as const)
    await store(house).replace(of, [{ remoteId: id, raw: raw(name) }], Date.now());
});

function store({ database }: House): DirectoryStore {
  return new DirectoryStore(database, sealer);
}

/** How a request names a directory. */
function on({ id: connectionId, collection }: RecordsOf) {
  return { connectionId, collection };
}

function type(of: RecordsOf, field: string, next: string): void {
  const { changes, directory } = house.services;
  changes.setField(of, id, directory.stored(of, id)?.stored ?? null, field, next);
}

const nameOf = (of: RecordsOf) => store(house).get(of, id)?.stored.name;
const nextOf = (of: RecordsOf) => house.services.changes.get(of, id)?.fields.map(({ next }) => next);

describe('the directory', () => {
  it('keeps a record for each, and counts them by themselves', async () => {
    expect([nameOf(extensions), nameOf(others)]).toEqual(['Sara', 'Reception']);
    expect(await ok(house.ask.directory.summaries())).toMatchObject([
      { ...on(extensions), count: 1 },
      { ...on(others), count: 1 },
    ]);
    expect(await ok(house.ask.directory.record({ ...on(others), remoteId: id }))).toMatchObject({
      ...on(others),
      title: '1201 Reception',
    });
  });

  it('replaces, refreshes and sweeps the one and leaves the other', async () => {
    store(house).refresh(others, id, raw('Lobby'));
    expect([nameOf(extensions), nameOf(others)]).toEqual(['Sara', 'Lobby']);
    await store(house).replace(others, [], Date.now(), [['acl_id', [{ value: '1', label: 'One' }]]]);
    await store(house).sweep(others);
    expect([nameOf(extensions), nameOf(others)]).toEqual(['Sara', undefined]);
    expect(store(house).lookup(extensions, 'acl_id')).toEqual([]);
    expect(store(house).lookup(others, 'acl_id')).toHaveLength(1);
    await store(house).replace(extensions, [{ remoteId: 'r2', raw: raw('Nima') }], Date.now());
    expect([store(house).syncedAt(others), nameOf(extensions)]).toEqual([expect.any(Number), undefined]);
  });

  it('has a selection for each', async () => {
    const { selections } = house.services;
    selections.change(others, [{ remoteId: id }], { do: 'all' });
    expect([selections.of(extensions).size, selections.of(others).size]).toEqual([0, 1]);
  });
});

describe('what is prepared', () => {
  it('is prepared for the one, and taken back for it', async () => {
    type(extensions, 'name', 'Nima');
    type(others, 'name', 'Lobby');
    expect([nextOf(extensions), nextOf(others)]).toEqual([['Nima'], ['Lobby']]);
    const { changeLists, changes } = house.services;
    const both = [extensions, others].map((of) => ({ ...on(of), remoteId: id }));
    expect(changeLists.edited(both)).toEqual(both);
    changes.undoRecord(others, id);
    expect([nextOf(extensions), nextOf(others)]).toEqual([['Nima'], undefined]);
    expect(changeLists.edited(both)).toEqual(both.slice(0, 1));
    expect([...(await changeLists.records(others))]).toEqual([]);
    expect([...changeLists.edits(extensions, [id])]).toEqual([[id, 1]]);
  });

  it('is listed for the server together, each with its collection', async () => {
    type(extensions, 'name', 'Nima');
    type(others, 'secret', 'another-one-1');
    const { changeLists, changes, workOrders } = house.services;
    const ids = await changeLists.ids(workOrders.currentId(), extensions.id);
    const found = changes.some(ids).map(({ collection, fields }) => [collection, fields[0]?.field]);
    expect(found.sort()).toEqual([
      [extensions.collection, 'name'],
      [others.collection, 'secret'],
    ]);
    expect(changeLists.secrets(workOrders.currentId())).toBe(1);
  });
});

describe('a bulk edit', () => {
  const open = (of: RecordsOf) =>
    ok(house.ask.bulk.open({ ...on(of), records: [id], sort: null, rules: { none: true } }));
  const rule = (of: RecordsOf, value: string) =>
    ok(house.ask.bulk.setRule({ ...on(of), field: 'name', rule: { rule: 'set', value } }));

  it('is put together for the one, and prepared and undone for it', async () => {
    await open(extensions);
    await open(others);
    await rule(extensions, 'Nima');
    await rule(others, 'Lobby');
    const ruleOf = async (of: RecordsOf) => (await ok(house.ask.bulk.draft(on(of))))?.rules[0]?.rule;
    expect(await ruleOf(extensions)).toMatchObject({ value: 'Nima' });
    expect(await ruleOf(others)).toMatchObject({ value: 'Lobby' });
    type(extensions, 'name', 'Typed');
    const batch = await ok(house.ask.bulk.preview({ ...on(others), job: job() }));
    const { step } = await ok(house.ask.batches.prepare({ batchId: batch.id, job: job() }));
    expect([nextOf(extensions), nextOf(others)]).toEqual([['Typed'], ['Lobby']]);
    if (!step) throw new Error('nothing was prepared');
    expect(step.collection).toBe(others.collection);
    await ok(house.ask.steps.undo({ stepId: step.id, job: job() }));
    expect([nextOf(extensions), nextOf(others)]).toEqual([['Typed'], undefined]);
    await ok(house.ask.bulk.discard(on(others)));
    expect(await ruleOf(extensions)).toMatchObject({ value: 'Nima' });
    expect(await ok(house.ask.bulk.draft(on(others)))).toBeNull();
  });
});

describe('the history', () => {
  const runId = randomUUID();
  const write = (of: RecordsOf): number =>
    house.services.journal.intent(
      { connectionId: of.id, remoteId: id, title: 'T', workOrderId: null },
      {
        connectionName: 'PBX',
        site: '',
        kind: of.kind,
        ...namedCollection(of),
        workOrder: 'WO-1',
        actor: 'tester',
        runId,
        changeId: randomUUID(),
        fields: [{ field: 'name', before: 'A', after: 'B' }],
        before: raw('A'),
      },
    );

  it('is asked for the record of the one', async () => {
    const [first, second] = [write(extensions), write(others)];
    const seqs = async (of: RecordsOf) => {
      const filter = { ...everything, connectionId: of.id, remoteId: id };
      const { kind, collection } = of;
      const asked = { ...filter, of: { kind, collection } };
      expect(await ok(house.ask.journal.count(asked))).toBe(1);
      const { items } = await ok(house.ask.journal.page({ ...asked, before: null, limit: 50 }));
      return items.map(({ seq, collection: told }) => [seq, told]);
    };
    expect(await seqs(extensions)).toEqual([[first, extensions.collection]]);
    expect(await seqs(others)).toEqual([[second, others.collection]]);
  });

  it('counts the writes of the one, and no later ones of the other', () => {
    const { journal } = house.services;
    const first = journal.find(write(extensions));
    write(others);
    expect(journal.writtenSince(first)).toBe(false);
    const sent = (of: RecordsOf) => journal.timesSent(recordKey(of, id), runId);
    expect([sent(extensions), sent(others)]).toEqual([1, 1]);
    write(extensions);
    expect(journal.writtenSince(first)).toBe(true);
    expect([sent(extensions), sent(others)]).toEqual([2, 1]);
  });
});

describe('a sealed value that somebody moves to the record of the other', () => {
  it('does not open in the directory', async () => {
    const next = await forged(house, (database) =>
      database.exec(`UPDATE record_bodies SET raw = (SELECT raw FROM record_bodies WHERE collection = '')
        WHERE collection = '${others.collection}'`),
    );
    const secretOf = (of: RecordsOf) => [...store(next).opened(of)].flat().map((one) => one.raw.secret);
    expect([secretOf(extensions), secretOf(others)]).toEqual([['secret-of-Sara'], []]);
  });

  it('does not open as a prepared edit, nor as a rule', async () => {
    const spec = fieldSpec(extensions, 'secret');
    if (!spec) throw new Error('no such field');
    for (const of of [extensions, others]) {
      type(of, 'secret', `typed-for-${of.collection}`);
      await ok(house.ask.bulk.open({ ...on(of), records: [id], sort: null, rules: { none: true } }));
      const value = { envelope: await house.envelope(`ruled-for-${of.collection}`) };
      await ok(house.ask.bulk.setRule({ ...on(of), field: 'secret', rule: { rule: 'set', value } }));
    }
    const to = others.collection;
    const next = await forged(house, (database) =>
      database.exec(`UPDATE change_fields SET next = (SELECT f.next FROM change_fields f
          JOIN changes c ON c.id = f.change_id WHERE c.collection = '')
        WHERE change_id = (SELECT id FROM changes WHERE collection = '${to}');
        UPDATE bulk_rules SET rule = (SELECT rule FROM bulk_rules WHERE collection = '') WHERE collection = '${to}'`),
    );
    const { changes } = next.services;
    expect(changes.prepared(extensions, id, spec)).toBe(`typed-for-${extensions.collection}`);
    expect(thrown(() => changes.prepared(others, id, spec)).code).toBe('sealed-unreadable');
    await ok(next.ask.bulk.preview({ ...on(extensions), job: job() }));
    expect(await refused(next.ask.bulk.preview({ ...on(others), job: job() }))).toMatchObject({
      code: 'sealed-unreadable',
    });
  });
});
