/** A work order on its way from one laptop to another: two profiles, the same servers, a real file between them. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { WorkOrder } from '../../shared/model/change';
import type { Connection } from '../../shared/model/connection';
import { everything } from '../../shared/model/journal';
import type { Plan } from '../../shared/model/plan';
import type { TransferMapping, TransferPreview } from '../../shared/transfer';
import type { EdgeSimulator, SimotelSimulator } from '../simulators';
import { tempFolder } from '../support/endings';
import {
  changesIn,
  connect,
  type House,
  makePlan,
  ok,
  openHouse,
  planAndApply,
  refused,
  type,
} from '../support/house';
import { idOf, panel, pbx } from '../support/servers';

const canary = 'CANARY-31d7-Secret!';
const passphrase = 'ten words or so';

let office: House;
let laptop: House;
let server: SimotelSimulator;
let tenant: EdgeSimulator;
let there: { pbx: Connection; panel: Connection };
let here: { pbx: Connection; panel: Connection };
let path: string;

beforeEach(async () => {
  server = await pbx();
  tenant = await panel();
  office = await openHouse();
  laptop = await openHouse();
  there = { pbx: await connect(office, 'simotel', server), panel: await connect(office, 'edge', tenant) };
  // Other names, another order, the address written otherwise: it is the same server.
  here = {
    panel: await connect(laptop, 'edge', tenant, { name: 'Their panel' }),
    pbx: await connect(laptop, 'simotel', { url: `${server.url}//` }, { name: 'Their PBX' }),
  };
  path = join(tempFolder(), 'WO-1.patchbay.json');
});

/** Three changes on two servers: Persian, leading zeros, several lines, and two secrets. */
async function prepare(): Promise<WorkOrder> {
  const order = await ok(office.ask.workOrders.current());
  const draft = { name: 'پذیرش', customer: 'Behin Co', ticket: 'T-88', note: 'first\nsecond' };
  await ok(office.ask.workOrders.update({ workOrderId: order.id, draft }));
  await type(office, there.pbx, idOf(server, 0), 'name', 'سارا احمدی');
  await type(office, there.pbx, idOf(server, 0), 'cid_number', '00123');
  await type(office, there.pbx, idOf(server, 1), 'secret', canary);
  await type(office, there.panel, idOf(tenant, 0), 'description', 'خط اول\n  second "line"\t, third');
  await type(office, there.panel, idOf(tenant, 0), 'password', canary);
  return ok(office.ask.workOrders.current());
}

async function write(house: House, order: WorkOrder, phrase: string | null = null) {
  house.dialogs.save = path;
  return ok(
    house.ask.workOrders.export({
      workOrderId: order.id,
      secrets: phrase === null ? 'omit' : 'include',
      passphrase: phrase === null ? null : await house.envelope(phrase),
    }),
  );
}

async function open(house: House): Promise<TransferPreview> {
  house.dialogs.open = path;
  const preview = await ok(house.ask.workOrders.openFile());
  if (!preview) throw new Error('no file was chosen');
  return preview;
}

const chosen = (preview: TransferPreview): TransferMapping =>
  preview.connections.map(({ key, to }) => ({ key, connectionId: to }));

async function takeIn(
  house: House,
  preview: TransferPreview,
  more: { phrase?: string; replace?: boolean; mapping?: TransferMapping } = {},
) {
  return house.ask.workOrders.takeIn({
    token: preview.token,
    mapping: more.mapping ?? chosen(preview),
    passphrase: more.phrase === undefined ? null : await house.envelope(more.phrase),
    replace: more.replace ?? false,
  });
}

/** What a plan says, without what differs from profile to profile. */
function gistOf(plan: Plan) {
  const rows = plan.rows.map(({ remoteId, title, status, fields }) => ({ remoteId, title, status, fields }));
  return rows.sort((a, b) => (a.remoteId < b.remoteId ? -1 : 1));
}

const preparedIn = (house: House) => changesIn(house);

/** Everything in a profile's folder and what its window saw. */
function traces(house: House): string {
  const files = readdirSync(house.folder).map((name) =>
    readFileSync(join(house.folder, name)).toString('latin1'),
  );
  return [...files, house.seen(), ...house.noted].join('\n');
}

describe('a work order taken in on another laptop', () => {
  it('is planned there exactly as where it was prepared, its secrets too', async () => {
    const order = await prepare();
    expect(await write(office, order, passphrase)).toEqual({ saved: path, left: 0 });
    const preview = await open(laptop);
    expect(preview.connections.map(({ match }) => match)).toEqual([here.pbx.id, here.panel.id]);
    expect(preview).toMatchObject({ sealedSecrets: true, leftOut: [], already: null, problems: [] });
    const taken = await ok(takeIn(laptop, preview, { phrase: passphrase }));
    expect(taken).toMatchObject({
      name: 'پذیرش',
      customer: 'Behin Co',
      ticket: 'T-88',
      note: 'first\nsecond',
      changes: 3,
      current: true,
      state: 'preparing',
    });
    expect(gistOf(await makePlan(laptop))).toEqual(gistOf(await makePlan(office)));
    await planAndApply(laptop);
    expect(server.record(idOf(server, 0))).toMatchObject({ name: 'سارا احمدی', cid_number: '00123' });
    expect(server.record(idOf(server, 1))).toMatchObject({ secret: canary });
  });

  it('without its secrets brings the rest, and names every field that was left out', async () => {
    const order = await prepare();
    expect(await write(office, order)).toEqual({ saved: path, left: 2 });
    expect(readFileSync(path, 'utf8')).not.toContain(canary);
    const preview = await open(laptop);
    expect(preview.sealedSecrets).toBe(false);
    expect(preview.leftOut.map(({ field }) => field).sort()).toEqual(['password', 'secret']);
    expect(preview.changes.map(({ taken }) => taken)).toEqual([true, false, true]);
    await ok(takeIn(laptop, preview));
    const fields = (await preparedIn(laptop)).flatMap((change) => change.fields.map(({ field }) => field));
    expect(fields.sort()).toEqual(['cid_number', 'description', 'name']);
  });

  it('keeps its secrets out of the file, both profiles, both windows and both logs', async () => {
    await write(office, await prepare(), passphrase);
    await ok(takeIn(laptop, await open(laptop), { phrase: passphrase }));
    const file = readFileSync(path, 'latin1');
    for (const text of [file, traces(office), traces(laptop)]) {
      for (const secret of [canary, passphrase]) {
        expect(text).not.toContain(secret);
        expect(text).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
      }
    }
    const credentials = [...office.keychain.entries].filter(([name]) => name.startsWith('connection/'));
    for (const [, credential] of credentials) expect(file).not.toContain(`"${credential}"`);
  });

  it('without the passphrase comes without its secrets, and they can follow later from the same file', async () => {
    await write(office, await prepare(), passphrase);
    const first = await ok(takeIn(laptop, await open(laptop)));
    expect((await preparedIn(laptop)).flatMap(({ fields }) => fields)).toHaveLength(3);
    const again = await open(laptop);
    expect(again.already).toMatchObject({ workOrder: { id: first.id }, same: false });
    await ok(takeIn(laptop, again, { phrase: passphrase, replace: true }));
    expect((await preparedIn(laptop)).flatMap(({ fields }) => fields)).toHaveLength(5);
    expect(await ok(laptop.ask.workOrders.list())).toHaveLength(1);
  });

  it('is journalled before it leaves: who, when, which work order, how many secrets of which server', async () => {
    const order = await prepare();
    await type(office, there.pbx, idOf(server, 2), 'secret', canary);
    const before = Date.now();
    await write(office, order, passphrase);
    const noted = async () =>
      (await ok(office.ask.journal.page({ ...everything, before: null, limit: 50 }))).items.reverse();
    const about = {
      type: 'secrets-exported',
      workOrderId: order.id,
      actor: 'tester@bench',
      remoteId: '',
      fields: [],
    };
    const told = await noted();
    expect(told).toMatchObject([
      { ...about, connectionId: there.pbx.id, note: { type: 'secrets-exported', secrets: 2, records: 2 } },
      { ...about, connectionId: there.panel.id, note: { type: 'secrets-exported', secrets: 1, records: 1 } },
    ]);
    for (const { at, workOrder } of told) {
      expect(at).toBeGreaterThanOrEqual(before);
      expect(workOrder).toContain('پذیرش');
    }
    expect(await ok(office.ask.journal.verify({}))).toMatchObject({ ok: true, checked: 2, brokenAt: null });
    const found = { ...everything, workOrderId: order.id, connectionId: there.panel.id, text: 'پذیرش' };
    expect(await ok(office.ask.journal.count(found))).toBe(1);

    for (const format of ['csv', 'jsonl', 'html'] as const) {
      office.dialogs.save = join(tempFolder(), `x.${format}`);
      const asked = { filter: everything, format, language: 'en' } as const;
      expect(await ok(office.ask.journal.export(asked))).toMatchObject({ entries: 2 });
      const text = readFileSync(office.dialogs.save, 'utf8');
      expect(text).toContain(format === 'jsonl' ? '"secrets":2,"records":2' : 'secrets: 2; records: 2');
      expect(text).not.toContain(canary);
    }
    // A summary of what was written to servers has nothing of it, and is still made.
    office.dialogs.save = join(tempFolder(), 'x.html');
    const summary = { workOrderId: order.id, what: 'html', language: 'en' } as const;
    expect((await ok(office.ask.workOrders.summary(summary))).saved).not.toBeNull();
  });

  it('is not journalled where no secret is in it, or the person chose no file', async () => {
    const order = await prepare();
    await write(office, order);
    office.dialogs.save = null;
    const phrase = await office.envelope(passphrase);
    const asked = { workOrderId: order.id, secrets: 'include', passphrase: phrase } as const;
    expect(await ok(office.ask.workOrders.export(asked))).toMatchObject({ saved: null });
    expect(await ok(office.ask.journal.count(everything))).toBe(0);
  });

  it('takes nothing in and loses nothing with a wrong passphrase, and can be tried again', async () => {
    await write(office, await prepare(), passphrase);
    const preview = await open(laptop);
    const problem = await refused(takeIn(laptop, preview, { phrase: 'not the passphrase' }));
    expect(problem.code).toBe('passphrase-wrong');
    expect(await ok(laptop.ask.workOrders.list())).toEqual([]);
    expect((await ok(takeIn(laptop, preview, { phrase: passphrase }))).changes).toBe(3);
  });

  it('is known again where it began, also when it comes back from the other laptop', async () => {
    const order = await prepare();
    await write(office, order);
    const taken = await ok(takeIn(laptop, await open(laptop)));
    await write(laptop, taken);
    expect((await open(office)).already).toMatchObject({ workOrder: { id: order.id } });
  });

  it('is stored whole or not at all: a keychain that closes meanwhile leaves no half of it', async () => {
    await write(office, await prepare(), passphrase);
    const locked = await openHouse({ unlocked: false });
    const connections = [
      await connect(locked, 'simotel', server, { sync: false }),
      await connect(locked, 'edge', tenant, { sync: false }),
    ];
    const preview = await open(locked);
    expect(preview.connections.map(({ to }) => to)).toEqual(connections.map(({ id }) => id));
    const problem = await refused(takeIn(locked, preview, { phrase: passphrase }));
    expect(problem.code).toMatch(/^keychain-/);
    expect(await ok(locked.ask.workOrders.list())).toEqual([]);
  });
});

describe('the same file taken in twice', () => {
  it('makes no double and changes nothing: it says that it is here', async () => {
    await write(office, await prepare());
    const taken = await ok(takeIn(laptop, await open(laptop)));
    const again = await open(laptop);
    expect(again.already).toMatchObject({ workOrder: { id: taken.id }, same: true });
    const before = await preparedIn(laptop);
    expect(await refused(takeIn(laptop, again))).toMatchObject({
      code: 'taken-in-before',
      params: { name: 'WO-1 پذیرش' },
    });
    expect(await preparedIn(laptop)).toEqual(before);
    expect(await ok(laptop.ask.workOrders.list())).toHaveLength(1);
  });

  it('at the same moment makes one work order', async () => {
    await write(office, await prepare(), passphrase);
    const preview = await open(laptop);
    const answers = await Promise.all([
      takeIn(laptop, preview, { phrase: passphrase }),
      takeIn(laptop, preview, { phrase: passphrase }),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await ok(laptop.ask.workOrders.list())).toHaveLength(1);
  });

  it('and newer, replaces what is still prepared there only when told to', async () => {
    const order = await prepare();
    await write(office, order);
    const taken = await ok(takeIn(laptop, await open(laptop)));
    await type(laptop, here.pbx, idOf(server, 5), 'name', 'Typed on the laptop');
    await type(office, there.pbx, idOf(server, 0), 'name', 'نام تازه');
    await write(office, order);
    const newer = await open(laptop);
    expect(newer.already).toMatchObject({ same: false });
    const replaced = await ok(takeIn(laptop, newer, { replace: true }));
    expect(replaced).toMatchObject({ id: taken.id, changes: 2 });
    const next = (await preparedIn(laptop)).flatMap(({ fields }) => fields.map((field) => field.next));
    expect(next).toContain('نام تازه');
    expect(next).not.toContain('Typed on the laptop');
  });

  it('keeps a secret that was prepared here when the file only leaves it out', async () => {
    const order = await prepare();
    await write(office, order);
    await ok(takeIn(laptop, await open(laptop)));
    await type(laptop, here.pbx, idOf(server, 1), 'secret', canary);
    await ok(takeIn(laptop, await open(laptop), { replace: true }));
    const secret = (await preparedIn(laptop)).find(({ remoteId }) => remoteId === idOf(server, 1));
    expect(secret?.fields).toMatchObject([{ field: 'secret', next: { secret: 'set' } }]);
  });
});

describe('before a file is taken in', () => {
  it('the connections can be chosen by hand, or skipped', async () => {
    await write(office, await prepare());
    const other = await connect(laptop, 'simotel', await pbx(), { name: 'Another PBX' });
    const preview = await open(laptop);
    expect(preview.connections[0]?.candidates.sort()).toEqual([here.pbx.id, other.id].sort());
    const mapping = [
      { key: 'c1', connectionId: other.id },
      { key: 'c2', connectionId: null },
    ];
    const seen = await ok(laptop.ask.workOrders.previewFile({ token: preview.token, mapping }));
    expect(seen.changes.map(({ taken }) => taken)).toEqual([true, false, false]);
    await ok(takeIn(laptop, preview, { mapping }));
    expect((await preparedIn(laptop)).map(({ connectionId }) => connectionId)).toEqual([other.id]);
  });

  it('a server that two connections could stand for is chosen by its name, or by the person', async () => {
    await write(office, await prepare());
    const twin = await connect(laptop, 'edge', tenant, { name: 'Second tenant' });
    expect((await open(laptop)).connections[1]).toMatchObject({ match: null, to: null });
    const named = await connect(laptop, 'edge', tenant, { name: there.panel.name });
    expect((await open(laptop)).connections[1]).toMatchObject({ match: named.id });
    expect(twin.id).not.toBe(named.id);
  });

  it('a connection of another kind is refused, and so is one that is left unanswered', async () => {
    await write(office, await prepare());
    const preview = await open(laptop);
    const wrong = [
      { key: 'c1', connectionId: here.panel.id },
      { key: 'c2', connectionId: null },
    ];
    expect(await refused(takeIn(laptop, preview, { mapping: wrong }))).toMatchObject({
      code: 'invalid-input',
      params: { field: 'kind' },
    });
    for (const mapping of [[], wrong.slice(1), [...wrong, ...wrong]])
      expect((await refused(takeIn(laptop, preview, { mapping }))).code).toBe('invalid-input');
    expect(await ok(laptop.ask.workOrders.list())).toEqual([]);
  });

  it('nothing chosen means nothing is made', async () => {
    await write(office, await prepare());
    const preview = await open(laptop);
    const mapping = preview.connections.map(({ key }) => ({ key, connectionId: null }));
    expect((await refused(takeIn(laptop, preview, { mapping }))).code).toBe('nothing-to-take-in');
    expect(await ok(laptop.ask.workOrders.list())).toEqual([]);
  });

  it('is named what would not come in, and why', async () => {
    await write(office, await prepare());
    const file = JSON.parse(readFileSync(path, 'utf8'));
    file.changes[0].fields.push(
      { field: 'ring_tone', base: '1', next: '2' },
      { field: 'port', base: '5060', next: 'ninety' },
    );
    file.changes[2].fields.push({ field: 'uname', base: 'a', next: 'b' });
    file.changes.push({
      ...file.changes[0],
      remoteId: 'gone',
      title: '999 Gone',
      leftOut: [],
      fields: [{ field: 'name', base: 'x', next: 'y' }],
    });
    file.connections.push({ key: 'c3', kind: 'edge', name: 'X', site: '', baseUrl: server.url });
    writeFileSync(path, JSON.stringify(file));
    const preview = await open(laptop);
    const said = preview.problems.map(({ code, field, blocking }) => `${code} ${field ?? '-'} ${blocking}`);
    expect(said.sort()).toEqual([
      'left-out password true',
      'left-out secret true',
      'read-only uname true',
      'record-unknown - false',
      'unknown-field ring_tone true',
      'value-refused port false',
    ]);
    await ok(takeIn(laptop, preview));
    const fields = (await preparedIn(laptop)).flatMap((change) => change.fields);
    expect(fields.map(({ field }) => field)).not.toContain('ring_tone');
    expect(fields.map(({ field }) => field)).not.toContain('uname');
    expect(fields.find(({ field }) => field === 'port')).toMatchObject({ problem: { code: 'not-port' } });
  });

  it('two of the file’s servers put on one connection do not make a record twice', async () => {
    await write(office, await prepare());
    const file = JSON.parse(readFileSync(path, 'utf8'));
    file.connections.push({ ...file.connections[0], key: 'c9', name: 'Copy' });
    file.changes.push({ ...file.changes[0], connection: 'c9' });
    writeFileSync(path, JSON.stringify(file));
    const preview = await open(laptop);
    const twice = preview.problems.filter(({ code }) => code === 'record-twice');
    expect(twice).toMatchObject([{ connectionKey: 'c9', blocking: true }]);
    expect((await ok(takeIn(laptop, preview))).changes).toBe(2);
  });

  it('a file of another kind of program, or none at all, is refused and nothing is kept open', async () => {
    writeFileSync(path, 'number,name\n');
    laptop.dialogs.open = path;
    expect((await refused(laptop.ask.workOrders.openFile())).code).toBe('file-not-work-order');
    laptop.dialogs.open = null;
    expect(await ok(laptop.ask.workOrders.openFile())).toBeNull();
    const asked = laptop.ask.workOrders.previewFile({ token: crypto.randomUUID(), mapping: [] });
    expect(await refused(asked)).toMatchObject({ code: 'not-found', params: { what: 'file' } });
  });
});

describe('writing the file', () => {
  it('suggests a name that every system takes, and writes nothing where the person cancels', async () => {
    const order = await prepare();
    const draft = { name: 'a/b: "c" <d>|?*', customer: '', ticket: '', note: '' };
    await ok(office.ask.workOrders.update({ workOrderId: order.id, draft }));
    office.dialogs.save = null;
    const asked = { workOrderId: order.id, secrets: 'omit' as const, passphrase: null };
    expect(await ok(office.ask.workOrders.export(asked))).toEqual({ saved: null, left: 2 });
    expect(office.dialogs.suggested).toEqual(['WO-1 a b c d.patchbay.json']);
    expect(existsSync(path)).toBe(false);
  });

  it('asks for a longer passphrase before it asks where', async () => {
    const order = await prepare();
    const passphraseEnvelope = await office.envelope('too short');
    const asked = office.ask.workOrders.export({
      workOrderId: order.id,
      secrets: 'include',
      passphrase: passphraseEnvelope,
    });
    expect((await refused(asked)).code).toBe('passphrase-short');
    expect(office.dialogs.suggested).toEqual([]);
  });

  it('where it cannot be written says so and leaves no half file', async () => {
    const order = await prepare();
    office.dialogs.save = join(path, 'below-a-file', 'x.json');
    const asked = { workOrderId: order.id, secrets: 'omit' as const, passphrase: null };
    expect((await refused(office.ask.workOrders.export(asked))).code).toBe('file-not-saved');
    expect(existsSync(path)).toBe(false);
  });
});
