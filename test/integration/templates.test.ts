import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { fieldSpec, ofCollection } from '../../shared/catalog';
import { recordsOf } from '../../shared/model/connection';
import type { Template } from '../../shared/model/many';
import { templateFileFormat, templateFileVersion } from '../../shared/template-file';
import type { SimotelSimulator } from '../simulators';
import { bytesOf, connect, type House, ok, openHouse, refused, type } from '../support/house';
import { prepare, preview, rule } from '../support/many';
import { reopened } from '../support/office';
import { idOf, panel, pbx } from '../support/servers';

const canary = 'CANARY-tpl-5512';

const empty = (house: House, name = 'Reception') =>
  ok(house.ask.templates.create({ kind: 'simotel', name, from: null }));

const ruleOf = (template: Template, field: string) => template.rules.find((one) => one.field === field)?.rule;

async function withSecret(house: House, templateId: Template['id']): Promise<Template> {
  const rule = { rule: 'set' as const, value: { envelope: await house.envelope(canary) } };
  return ok(house.ask.templates.setRule({ templateId, field: 'secret', rule }));
}

describe('a template', () => {
  let house: House;

  beforeEach(async () => {
    house = await openHouse();
  });

  it('keeps each rule as it is set, in catalog order, over a restart', async () => {
    const { id: templateId } = await empty(house);
    const set = (field: string, value: string) =>
      house.ask.templates.setRule({ templateId, field, rule: { rule: 'set', value } });
    await ok(set('nat', 'yes'));
    const made = await ok(set('name', 'Front {number}'));
    expect(made.rules.map(({ field }) => field)).toEqual(['name', 'nat']);
    const again = await reopened(house);
    expect(await ok(again.ask.templates.list())).toEqual([made]);
    const rule = null;
    const less = await ok(again.ask.templates.setRule({ templateId, field: 'name', rule }));
    expect(less.rules.map(({ field }) => field)).toEqual(['nat']);
  });

  it('takes only rules that its field takes, and none that refers to another record', async () => {
    const { id: templateId } = await empty(house);
    const same = { rule: 'same' as const, connectionId: templateId as never, remoteId: '1', title: 'one' };
    for (const [field, rule] of [
      ['nat', { rule: 'series' as const, start: '1', step: 1 }],
      ['secret', { rule: 'text' as const, template: '{number}' }],
      ['name', same],
      ['no-such-field', { rule: 'set' as const, value: 'x' }],
      ['_id', { rule: 'set' as const, value: 'x' }],
    ] as const) {
      const problem = await refused(house.ask.templates.setRule({ templateId, field, rule }));
      expect(problem, field).toMatchObject({ code: 'invalid-input', params: { field } });
    }
    expect((await ok(house.ask.templates.list()))[0]?.rules).toEqual([]);
  });

  it('holds a secret sealed, tells only that there is one, and takes none in clear', async () => {
    const { id: templateId } = await empty(house);
    const clear = { rule: 'set' as const, value: canary };
    const problem = await refused(house.ask.templates.setRule({ templateId, field: 'secret', rule: clear }));
    expect(problem).toMatchObject({ code: 'invalid-input', params: { reason: 'in-clear' } });
    const template = await withSecret(house, templateId);
    expect(ruleOf(template, 'secret')).toEqual({ rule: 'set', value: { secret: 'set' } });
    expect(house.services.templates.open(templateId).rules).toEqual([
      { field: 'secret', rule: { rule: 'set', value: canary } },
    ]);
    expect(bytesOf(house)).not.toContain(canary);
    expect(house.seen() + house.noted.join()).not.toContain(canary);
  });

  it('is renamed, noted, doubled under the next free name, and removed', async () => {
    const first = await empty(house);
    await withSecret(house, first.id);
    const renamed = await ok(
      house.ask.templates.update({ templateId: first.id, name: 'Desk', note: 'For the front desk' }),
    );
    expect(renamed).toMatchObject({ name: 'Desk', note: 'For the front desk' });
    const second = await ok(house.ask.templates.duplicate({ templateId: first.id }));
    const third = await ok(house.ask.templates.duplicate({ templateId: second.id }));
    expect([second.name, third.name]).toEqual(['Desk (2)', 'Desk (3)']);
    expect(third.rules).toEqual(renamed.rules);
    expect(house.services.templates.open(third.id).rules[0]?.rule).toEqual({ rule: 'set', value: canary });
    await ok(house.ask.templates.remove({ templateId: second.id }));
    expect((await ok(house.ask.templates.list())).map(({ name }) => name)).toEqual(['Desk', 'Desk (3)']);
    expect((await refused(house.ask.templates.duplicate({ templateId: second.id }))).code).toBe('not-found');
    const topics = () => house.emitted.flatMap((one) => (one.name === 'changed' ? one.payload.topics : []));
    await expect.poll(topics).toContain('templates');
  });
});

describe('a template made from a record', () => {
  let house: House;
  let server: SimotelSimulator;

  beforeEach(async () => {
    house = await openHouse();
    server = await pbx();
  });

  it('takes the values as prepared, else as last read, and never a secret', async () => {
    const connection = await connect(house, 'simotel', server);
    const remoteId = idOf(server, 0);
    server.patch(remoteId, { secret: canary });
    await ok(house.ask.directory.sync({ connectionId: connection.id }));
    await type(house, connection, remoteId, 'name', 'Prepared');
    const fields = ['name', 'nat', 'secret', 'more_options', '_id'];
    const from = { connectionId: connection.id, remoteId, fields };
    const made = await ok(house.ask.templates.create({ kind: 'simotel', name: 'Like it', from }));
    expect(made.rules).toEqual([
      { field: 'name', rule: { rule: 'set', value: 'Prepared' } },
      { field: 'nat', rule: { rule: 'set', value: String(server.record(remoteId)?.nat) } },
    ]);
    expect(house.seen()).not.toContain(canary);
  });

  it('is of the record’s own kind', async () => {
    const connection = await connect(house, 'simotel', server);
    const from = { connectionId: connection.id, remoteId: idOf(server, 0), fields: ['name'] };
    const problem = await refused(house.ask.templates.create({ kind: 'edge', name: 'Wrong', from }));
    expect(problem).toMatchObject({ code: 'invalid-input', params: { field: 'kind' } });
  });

  it('needs the record to be there, and a bulk edit to have been begun', async () => {
    const connection = await connect(house, 'edge', await panel());
    const make = (from: Parameters<House['ask']['templates']['create']>[0]['from']) =>
      refused(house.ask.templates.create({ kind: 'edge', name: 'None', from }));
    const gone = { connectionId: connection.id, remoteId: 'gone', fields: ['name'] };
    expect((await make(gone)).code).toBe('not-found');
    expect((await make({ draftOf: connection.id })).code).toBe('not-found');
    expect(await ok(house.ask.templates.list())).toEqual([]);
  });
});

describe('templates as a file', () => {
  let house: House;
  let path: string;

  beforeEach(async () => {
    house = await openHouse();
    path = join(house.folder, 'ours.templates.json');
    house.dialogs.save = path;
    house.dialogs.open = path;
  });

  const write = (templates: unknown[], more: object = {}) =>
    writeFileSync(
      path,
      JSON.stringify({ format: templateFileFormat, version: templateFileVersion, templates, ...more }),
    );

  const fileTemplate = (rules: unknown[], leftOut: string[] = []) => ({
    kind: 'simotel',
    name: 'Reception',
    note: '',
    rules,
    leftOut,
  });

  it('come in as they went out, under a free name, without the secrets, which are counted', async () => {
    const { id } = await empty(house, 'Front: desk');
    const rules = {
      name: { rule: 'text', template: 'Desk {number}' },
      nat: { rule: 'set', value: 'yes' },
      email: { rule: 'replace', find: 'a', with: 'b', pattern: false, matchCase: true },
      more_options: { rule: 'set', value: '' },
    } as const;
    for (const [field, rule] of Object.entries(rules))
      await ok(house.ask.templates.setRule({ templateId: id, field, rule }));
    const before = await withSecret(house, id);
    const written = await ok(house.ask.templates.export({ templateIds: [id] }));
    expect(written).toEqual({ saved: path, left: 1 });
    expect(house.dialogs.suggested).toEqual(['Front desk.templates.json']);
    expect(readFileSync(path, 'utf8')).not.toContain(canary);

    const came = await ok(house.ask.templates.import());
    expect(came?.skipped).toEqual([{ template: 'Front: desk', field: 'secret', why: 'secret-left-out' }]);
    expect(came?.templates).toHaveLength(1);
    expect(came?.templates[0]).toMatchObject({ kind: 'simotel', name: 'Front: desk (2)' });
    expect(came?.templates[0]?.rules).toEqual(before.rules.filter(({ field }) => field !== 'secret'));
    expect(house.seen()).not.toContain(canary);
  });

  it('keep out what this version has no field for, and say so by name', async () => {
    write([
      fileTemplate([
        { field: 'nat', rule: { rule: 'set', value: 'yes' } },
        { field: 'field_of_tomorrow', rule: { rule: 'set', value: 'x' } },
        { field: 'active', rule: { rule: 'series', start: '1', step: 1 } },
      ]),
    ]);
    const came = await ok(house.ask.templates.import());
    expect(came?.templates[0]?.rules.map(({ field }) => field)).toEqual(['nat']);
    expect(came?.skipped).toEqual([
      { template: 'Reception', field: 'field_of_tomorrow', why: 'unknown-field' },
      { template: 'Reception', field: 'active', why: 'rule-refused' },
    ]);
  });

  it.each([
    [
      'another file',
      () => writeFileSync(path, '{"format":"patchbay-work-order","version":1}'),
      'file-not-template',
    ],
    ['no JSON', () => writeFileSync(path, 'kind,name'), 'file-not-template'],
    ['one nested without end', () => writeFileSync(path, '['.repeat(100_000)), 'file-not-template'],
    ['one of a newer version', () => write([], { version: templateFileVersion + 1 }), 'file-newer'],
    ['one with a stray key', () => write([fileTemplate([])], { extra: 1 }), 'file-invalid'],
    [
      'one with a secret in clear',
      () => write([fileTemplate([{ field: 'secret', rule: { rule: 'set', value: canary } }])]),
      'file-invalid',
    ],
    [
      'one with a field twice',
      () => write([fileTemplate([{ field: 'nat', rule: { rule: 'set', value: 'no' } }], ['nat'])]),
      'file-invalid',
    ],
    ['one that is far too large', () => writeFileSync(path, ' '.repeat(9 * 1024 * 1024)), 'file-too-large'],
  ])('refuse %s and take nothing in', async (_name, make, code) => {
    make();
    const problem = await refused(house.ask.templates.import());
    expect(problem.code).toBe(code);
    expect(JSON.stringify(problem)).not.toContain(canary);
    expect(await ok(house.ask.templates.list())).toEqual([]);
  });

  it('are neither written nor read where the person chooses no file', async () => {
    const { id } = await empty(house);
    house.dialogs.save = null;
    house.dialogs.open = null;
    expect((await ok(house.ask.templates.export({ templateIds: [id] }))).saved).toBeNull();
    expect(existsSync(path)).toBe(false);
    expect(await ok(house.ask.templates.import())).toBeNull();
  });
});

describe('a template and a bulk edit', () => {
  let house: House;
  let server: SimotelSimulator;

  beforeEach(async () => {
    house = await openHouse();
    server = await pbx();
  });

  it('applied to records prepares what differs of them, its secret too, and that is never seen', async () => {
    const connection = await connect(house, 'simotel', server);
    const ids = [idOf(server, 0), idOf(server, 1)];
    for (const id of ids) server.patch(id, { nat: 'no' });
    await ok(house.ask.directory.sync({ connectionId: connection.id }));
    const { id: templateId } = await empty(house);
    const yes = { rule: 'set' as const, value: 'yes' };
    await ok(house.ask.templates.setRule({ templateId, field: 'nat', rule: yes }));
    await withSecret(house, templateId);
    const open = { connectionId: connection.id, records: ids, sort: null, rules: { templateId } };
    expect((await ok(house.ask.bulk.open(open))).origin).toEqual({ what: 'template', name: 'Reception' });
    const { step } = await prepare(house, await preview(house, connection));
    expect(step).toMatchObject({
      what: 'template',
      name: 'Reception',
      records: 2,
      fields: ['secret', 'nat'],
    });
    expect(house.services.changes.prepared(recordsOf(connection), ids[1] ?? '', secretSpec())).toBe(canary);
    expect(house.seen() + house.noted.join()).not.toContain(canary);
    expect(bytesOf(house)).not.toContain(canary);
  });

  it('is not applied to servers of another kind', async () => {
    const connection = await connect(house, 'edge', await panel());
    const { id: templateId } = await empty(house);
    const rules = { templateId };
    const open = { connectionId: connection.id, records: 'all' as const, sort: null, rules };
    expect((await refused(house.ask.bulk.open(open))).code).toBe('invalid-input');
  });

  it('made of a bulk edit keeps its rules, and of another record its value but no secret', async () => {
    const connection = await connect(house, 'simotel', server);
    const [model, other] = [idOf(server, 0), idOf(server, 1)];
    server.patch(model, { secret: canary, email: 'model@example.org' });
    await ok(house.ask.directory.sync({ connectionId: connection.id }));
    const like = { connectionId: connection.id, remoteId: model };
    const rules = { like, fields: ['email', 'secret'] };
    await ok(house.ask.bulk.open({ connectionId: connection.id, records: [other], sort: null, rules }));
    await rule(house, connection, 'name', { rule: 'text', template: 'Desk {number}' });
    const from = { draftOf: connection.id };
    const made = await ok(house.ask.templates.create({ kind: 'simotel', name: 'Of an edit', from }));
    expect(made.rules).toEqual([
      { field: 'name', rule: { rule: 'text', template: 'Desk {number}' } },
      { field: 'email', rule: { rule: 'set', value: 'model@example.org' } },
    ]);
    expect(house.seen()).not.toContain(canary);
  });
});

function secretSpec() {
  const spec = fieldSpec(ofCollection({ kind: 'simotel' }), 'secret');
  if (!spec) throw new Error('no such field');
  return spec;
}
