import { beforeEach, describe, expect, it } from 'vitest';
import { Drafts } from '../../electron/many/drafts';
import { Sealer } from '../../electron/storage/sealing';
import { ofCollection } from '../../shared/catalog';
import { type Connection, recordsOf } from '../../shared/model/connection';
import { templateIdSchema } from '../../shared/model/many';
import type { SimotelSimulator } from '../simulators';
import { bytesOf, changesIn, connect, type House, ok, openHouse, refused, type } from '../support/house';
import { MemoryKeychain } from '../support/keychain';
import { edit, job, openDraft, prepare, prepared, preview, rowsOf, rule, undo } from '../support/many';
import { office, reopened } from '../support/office';
import { idOf, panel, pbx } from '../support/servers';

const canary = 'CANARY-41c7-bulk';

describe('a draft of a bulk edit', () => {
  let house: House;
  let server: SimotelSimulator;
  let connection: Connection;
  let ids: string[];

  beforeEach(async () => {
    ({ house, server, connection } = await office());
    ids = server.records().map((_, place) => idOf(server, place));
  });

  const draft = () => ok(house.ask.bulk.draft({ connectionId: connection.id }));
  const select = (remoteId: string) =>
    ok(
      house.ask.selection.change({
        connectionId: connection.id,
        query: { text: '', sort: null, onlyChanged: false },
        action: { do: 'toggle', remoteId },
      }),
    );

  it('is not there before it is opened, nor after it is discarded', async () => {
    expect(await draft()).toBeNull();
    expect(await refused(house.ask.bulk.preview({ connectionId: connection.id, job: job() }))).toMatchObject({
      code: 'not-found',
    });
    await openDraft(house, connection, 'all');
    expect(await draft()).toMatchObject({
      records: 12,
      gone: 0,
      rules: [],
      origin: { what: 'edit', name: '' },
    });
    await ok(house.ask.bulk.discard({ connectionId: connection.id }));
    expect(await draft()).toBeNull();
  });

  it('has its records and rules again after a restart', async () => {
    await openDraft(house, connection, ids.slice(0, 3));
    await rule(house, connection, 'context', { rule: 'set', value: 'office' });
    await rule(house, connection, 'number', { rule: 'series', start: '0700', step: 10 });
    await rule(house, connection, 'context', { rule: 'set', value: 'office-2' });
    const before = await draft();
    house = await reopened(house);
    expect(before?.rules).toHaveLength(2);
    expect(await draft()).toEqual(before);
  });

  it('is for what is selected, in the order of the grid', async () => {
    const chosen = [ids[4], ids[1], ids[8]].map(String);
    for (const id of chosen) await select(id);
    const sort = { field: 'number', descending: true };
    await ok(
      house.ask.bulk.open({ connectionId: connection.id, records: 'selected', sort, rules: { none: true } }),
    );
    await rule(house, connection, 'description', { rule: 'text', template: '{n}: {number}' });
    const rows = await rowsOf(house, await preview(house, connection));
    const numbers = chosen
      .map((id) => String(server.record(id)?.number))
      .sort((a, b) => Number(b) - Number(a));
    expect(rows.map(({ fields }) => fields[0]?.to)).toEqual(
      numbers.map((number, at) => `${at + 1}: ${number}`),
    );
  });

  it('is for what is still there of a selection, which goes with its connection', async () => {
    for (const id of ids.slice(0, 3)) await select(String(id));
    server.remove(String(ids[0]));
    await ok(house.ask.directory.sync({ connectionId: connection.id }));
    const query = { text: '', sort: null, onlyChanged: false };
    const counted = house.ask.selection.count({ connectionId: connection.id, query });
    expect(await ok(counted)).toEqual({ count: 2, shown: 2 });
    await ok(house.ask.connections.remove({ connectionId: connection.id }));
    expect(house.services.selections.of(recordsOf(connection)).size).toBe(0);
  });

  it('cannot be opened for nothing', async () => {
    const asked = house.ask.bulk.open({
      connectionId: connection.id,
      records: 'selected',
      sort: null,
      rules: null,
    });
    expect(await refused(asked)).toMatchObject({ code: 'invalid-input', params: { field: 'records' } });
  });

  it('keeps its rules when it is opened for other records, unless rules come with them', async () => {
    await openDraft(house, connection, ids.slice(0, 2));
    await rule(house, connection, 'context', { rule: 'set', value: 'office' });
    const { id: connectionId } = connection;
    const kept = await ok(house.ask.bulk.open({ connectionId, records: 'all', sort: null, rules: null }));
    expect(kept).toMatchObject({ records: 12, rules: [{ field: 'context' }] });
    const like = { connectionId, remoteId: String(ids[0]) };
    const copied = await ok(
      house.ask.bulk.open({ connectionId, records: 'all', sort: null, rules: { like, fields: ['deny'] } }),
    );
    expect(copied.rules.map(({ field }) => field)).toEqual(['deny']);
    expect(copied.origin.what).toBe('copy');
  });

  it('counts records that a sync did not bring any more, and marks their rows', async () => {
    await openDraft(house, connection, [...ids.slice(0, 2), 'never-there']);
    await rule(house, connection, 'context', { rule: 'set', value: 'office' });
    expect(await draft()).toMatchObject({ records: 3, gone: 1 });
    const summary = await preview(house, connection);
    expect(summary.counts).toMatchObject({ differs: 2, missing: 1 });
    expect(await rowsOf(house, summary, 'missing')).toMatchObject([
      { remoteId: 'never-there', problems: [{ code: 'reason.not-found' }] },
    ]);
  });

  it('takes a secret in an envelope only, and keeps it sealed', async () => {
    await openDraft(house, connection, 'all');
    const clear = house.ask.bulk.setRule({
      connectionId: connection.id,
      field: 'secret',
      rule: { rule: 'set', value: 'in-clear' },
    });
    expect(await refused(clear)).toMatchObject({ params: { reason: 'in-clear' } });
    const shown = await rule(house, connection, 'secret', {
      rule: 'set',
      value: { envelope: await house.envelope(canary) },
    });
    expect(shown.rules).toEqual([{ field: 'secret', rule: { rule: 'set', value: { secret: 'set' } } }]);
    const summary = await preview(house, connection);
    expect(summary.counts.differs).toBe(12);
    const rows = await rowsOf(house, summary);
    expect(rows[0]?.fields).toMatchObject([
      { field: 'secret', from: { secret: 'set' }, to: { secret: 'set' }, look: { othersInOrder: 11 } },
    ]);
    const { step } = await prepare(house, summary);
    expect(step?.records).toBe(12);
    expect(bytesOf(house)).toContain('sealed2:');
    for (const place of [bytesOf(house), house.seen(), house.noted.join('\n')])
      expect(place).not.toContain(canary);
    for (const { secret } of server.records()) {
      for (const place of [bytesOf(house), house.seen()]) expect(place).not.toContain(String(secret));
    }
  });

  it('says that a secret is unreadable, and why, while the keychain is locked', async () => {
    await openDraft(house, connection, 'all');
    await rule(house, connection, 'secret', {
      rule: 'set',
      value: { envelope: await house.envelope(canary) },
    });
    house.close();
    house = await openHouse({ folder: house.folder, unlocked: false });
    expect((await draft())?.rules).toEqual([
      { field: 'secret', rule: { rule: 'set', value: { secret: 'unreadable' } } },
    ]);
    const asked = house.ask.bulk.preview({ connectionId: connection.id, job: job() });
    expect((await refused(asked)).code).toMatch(/^keychain-|^sealed-unreadable/);
  });

  it('outlives the key of a session, and so does the undo of what was prepared with it', async () => {
    const keychain = new MemoryKeychain();
    keychain.fails = 'locked';
    let other = await openHouse({ keychain, unlocked: false });
    await ok(other.ask.keychain.useSession());
    const there = await connect(other, 'simotel', server);
    const secret = async () => ({ rule: 'set' as const, value: { envelope: await other.envelope(canary) } });
    const step = await edit(other, there, 'all', { secret: await secret() });
    await openDraft(other, there, 'all');
    await rule(other, there, 'secret', await secret());
    keychain.fails = undefined;
    await ok(other.ask.keychain.retry());
    other.close();
    other = await openHouse({ keychain, folder: other.folder });
    expect((await preview(other, there)).counts.same).toBe(12);
    expect(await undo(other, step)).toEqual({ fields: 12, left: 0 });
    expect((await preview(other, there)).counts.differs).toBe(12);
  });

  it('refuses rules that a field does not take', async () => {
    await openDraft(house, connection, 'all');
    const { id: connectionId } = connection;
    const refuse = async (field: string, typed: Parameters<typeof rule>[3]) =>
      expect(await refused(house.ask.bulk.setRule({ connectionId, field, rule: typed }))).toMatchObject({
        code: 'invalid-input',
        params: { field },
      });
    await refuse('secret', { rule: 'text', template: '{number}' });
    await refuse('more_options', { rule: 'replace', find: 'a', with: 'b', pattern: false, matchCase: true });
    await refuse('active', { rule: 'series', start: '1', step: 1 });
    await refuse('no_such_field', { rule: 'set', value: '1' });
    expect((await draft())?.rules).toEqual([]);
  });

  it('takes what is not good yet while it is typed, and says at every row what is wrong', async () => {
    await openDraft(house, connection, ids.slice(0, 2));
    await rule(house, connection, 'port', { rule: 'set', value: '99999' });
    await rule(house, connection, 'name', {
      rule: 'replace',
      find: '(',
      with: '',
      pattern: true,
      matchCase: true,
    });
    const summary = await preview(house, connection);
    expect(summary.counts.invalid).toBe(2);
    expect(summary.problems).toEqual(
      expect.arrayContaining([
        { field: 'port', code: 'field.not-port', rows: 2 },
        { field: 'name', code: 'reason.bad-pattern', rows: 2 },
      ]),
    );
    expect((await prepare(house, summary)).step).toBeNull();
    expect(await prepared(house, connection)).toEqual({});
  });

  it('tells of each field what all records share, and of the others that they are various', async () => {
    for (const id of ids) server.patch(id, { context: 'everywhere' });
    await ok(house.ask.directory.sync({ connectionId: connection.id }));
    await openDraft(house, connection, 'all');
    const fields = () => ok(house.ask.bulk.fields({ connectionId: connection.id, job: job() }));
    const of = async (field: string) => (await fields()).find((one) => one.field === field);
    expect(await of('context')).toEqual({ field: 'context', value: 'everywhere', various: false });
    expect(await of('number')).toEqual({ field: 'number', value: null, various: true });
    expect(await of('secret')).toEqual({ field: 'secret', value: { secret: 'set' }, various: false });
    await type(house, connection, ids[3], 'context', 'elsewhere');
    expect(await of('context')).toMatchObject({ various: true });
    expect(house.seen()).not.toContain(String(server.records()[0]?.secret));
  });

  it('makes fields the same as another record’s, on this PBX or another, secrets too', async () => {
    const elsewhere = await pbx({ seed: 9 });
    const other = await connect(house, 'simotel', elsewhere, { name: 'Other' });
    const from = idOf(elsewhere, 0);
    elsewhere.patch(from, { secret: canary });
    await ok(house.ask.directory.sync({ connectionId: other.id }));
    await type(house, other, from, 'context', 'prepared-there');
    const draftNow = await ok(
      house.ask.bulk.open({
        connectionId: connection.id,
        records: ids.slice(0, 2),
        sort: null,
        rules: { like: { connectionId: other.id, remoteId: from }, fields: ['context', 'secret'] },
      }),
    );
    expect(draftNow.origin).toMatchObject({ what: 'copy' });
    const { step } = await prepare(house, await preview(house, connection));
    expect(step).toMatchObject({ what: 'copy', records: 2, fields: ['secret', 'context'] });
    const change = house.services.changes.open((await changesIn(house, connection.id))[0]?.id ?? fail());
    expect(change.edits.map(({ field, next }) => [field, next])).toEqual([
      ['secret', canary],
      ['context', 'prepared-there'],
    ]);
    for (const place of [bytesOf(house), house.seen()]) expect(place).not.toContain(canary);
  });

  it('does not copy from a panel to a PBX, nor what can only be written', async () => {
    const edge = await panel();
    const tenant = await connect(house, 'edge', edge);
    const from = { connectionId: tenant.id, remoteId: idOf(edge, 0) };
    const open = (connectionId: Connection['id'], fields: string[]) =>
      refused(
        house.ask.bulk.open({ connectionId, records: 'all', sort: null, rules: { like: from, fields } }),
      );
    expect(await open(connection.id, ['name'])).toMatchObject({ params: { field: 'like', reason: 'kind' } });
    expect(await open(tenant.id, ['password'])).toMatchObject({ params: { field: 'password' } });
  });

  it('takes the rules of a template of its kind', async () => {
    const { database, services } = house;
    const templateId = templateIdSchema.parse('6c1c2b1e-65bb-4c62-9d4e-6a9d7b6b7a11');
    const drafts = new Drafts({
      database,
      sealer: new Sealer(),
      records: { found: (of, sort) => services.directory.found(of, { text: '', sort, only: null }) },
      selected: () => new Set(),
      connection: (id) => services.connections.get(id),
      templates: {
        open: () => ({
          ...ofCollection({ kind: 'simotel' }),
          name: 'Reception',
          rules: [
            { field: 'context', rule: { rule: 'set', value: 'front' } },
            { field: 'gone_since', rule: { rule: 'set', value: 'x' } },
          ],
        }),
      },
    });
    const opened = await drafts.open(recordsOf(connection), 'all', null, { templateId });
    expect(opened).toMatchObject({
      origin: { what: 'template', name: 'Reception' },
      rules: [{ field: 'context', rule: { rule: 'set', value: 'front' } }],
    });
    const tenant = await connect(house, 'edge', await panel());
    await expect(drafts.open(recordsOf(tenant), 'all', null, { templateId })).rejects.toMatchObject({
      problem: { code: 'invalid-input', params: { reason: 'kind' } },
    });
  });

  it('goes with its connection', async () => {
    await openDraft(house, connection, 'all');
    await ok(house.ask.connections.remove({ connectionId: connection.id }));
    expect(house.database.prepare('SELECT * FROM bulk_drafts').all()).toEqual([]);
  });
});

function fail(): never {
  throw new Error('nothing is prepared');
}
