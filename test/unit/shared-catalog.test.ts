import { describe, expect, it } from 'vitest';
import {
  catalogOf,
  collectionOf,
  editableFields,
  fieldSpec,
  fieldsByName,
  kindSchema,
  ofCollection,
  serverKinds,
} from '../../shared/catalog';
import { readPath } from '../../shared/catalog/field';

/** The parameters of the seed page "User Edit" (Simotel), as its table prints them. */
const simotelTable = [
  'id_',
  'active',
  'name',
  'number',
  'cid_number',
  'secret',
  'call_record',
  'push_notification',
  'deny',
  'permit',
  'dtmfmode',
  'canreinvite',
  'directmedia',
  'context',
  'host',
  'type',
  'nat',
  'port',
  'qualify',
  'callgroup',
  'pickupgroup',
  'callcounter',
  'faxdetect',
  'call_limit',
  'trunk',
  'transfer',
  'email',
  'forward_policy->Busy',
  'forward_policy->No Answer',
  'forward_policy->UnAvailable',
];

/** Not in that table, but in every sample body of the page. */
const simotelSamples = ['user_type', 'forward_policy->All', 'more_options'];

/** The parameters of the seed page "Update User" (panel), as its body prints them. */
const edgeBody = [
  'user_id',
  'name',
  'password',
  'company',
  'email',
  'tell',
  'acl_id',
  'description',
  'expire_time',
  'status',
  'send_block',
  'special_disc',
  'is_bought_panel',
];

const kinds = kindSchema.options;
const nameOf = (printed: string) => printed.replace('->', '.');

describe('the Simotel catalog', () => {
  const catalog = catalogOf('simotel');

  it('knows the identity and all 29 other parameters of the seed table', () => {
    const [id, ...parameters] = simotelTable;
    expect(parameters).toHaveLength(29);
    expect(id).toBe('id_');
    expect(catalog.idField).toBe('_id');
    const names = editableFields(catalog).map((field) => field.name);
    expect(names).toEqual(expect.arrayContaining(parameters.map(nameOf)));
  });

  it('knows what only the sample bodies have', () => {
    const names = editableFields(catalog).map((field) => field.name);
    expect(names).toEqual(expect.arrayContaining(simotelSamples.map(nameOf)));
  });

  it('has no editable field beside those and the description that reads show', () => {
    const seeds = [...simotelTable.slice(1), ...simotelSamples].map(nameOf);
    const others = editableFields(catalog).filter((field) => !seeds.includes(field.name));
    expect(others.map((field) => field.name)).toEqual(['description']);
  });

  it('reads the forwarding keys where the server has them, with their capitals and the space', () => {
    for (const key of ['Busy', 'No Answer', 'UnAvailable', 'All']) {
      const spec = fieldSpec(ofCollection({ kind: 'simotel' }), `forward_policy.${key}`);
      expect(spec && readPath(spec)).toEqual(['forward_policy', key]);
    }
  });

  it('never sends what the server keeps by itself', () => {
    for (const name of ['date', 'queues'])
      expect(fieldSpec(ofCollection({ kind: 'simotel' }), name)?.readOnly).toBe(true);
  });

  it('treats the SIP secret and the options that may hold one as secrets', () => {
    const secrets = catalog.fields.filter((field) => field.secret).map((field) => field.name);
    expect(secrets).toEqual(['secret', 'more_options']);
  });

  it('offers the values that the seed and the note list, as they stand on the wire', () => {
    const values = (name: string) =>
      fieldSpec(ofCollection({ kind: 'simotel' }), name)?.values?.map((one) => one.value);
    expect(values('type')).toEqual(['user', 'peer', 'friend']);
    expect(values('nat')).toEqual(['yes', 'no', 'force_rport,comedia']);
    expect(values('transfer')).toEqual(['yes', 'no', 'mediaonly']);
    expect(values('user_type')).toEqual(['SIP', 'IAX2']);
    const flags =
      'active call_record push_notification canreinvite directmedia qualify callcounter faxdetect trunk';
    for (const name of flags.split(' ')) expect(values(name), name).toEqual(['yes', 'no']);
  });
});

describe('the Edge catalog', () => {
  const catalog = catalogOf('edge');

  it('knows the identity and all 12 other parameters of the seed page', () => {
    const [id, ...parameters] = edgeBody;
    expect(edgeBody).toHaveLength(13);
    expect(id).toBe(catalog.idField);
    expect(
      editableFields(catalog)
        .map((field) => field.name)
        .sort(),
    ).toEqual([...parameters].sort());
  });

  it('explains the name that the table prints otherwise and that the civil registry locks', () => {
    const name = fieldSpec(ofCollection({ kind: 'edge' }), 'name');
    expect(name?.help.en).toContain('name_family');
    expect(name?.note?.en).toMatch(/civil registry/);
    expect(name?.note?.fa).toMatch(/ثبت احوال/);
  });

  it('reads the role under the name that reads use and sends it as a number', () => {
    const role = fieldSpec(ofCollection({ kind: 'edge' }), 'acl_id');
    expect(role && readPath(role)).toEqual(['acl_role_id']);
    expect(role?.wire).toBe('integer');
  });

  it('sends as numbers exactly what the seed prints as integers', () => {
    const integers = catalog.fields.filter((field) => field.wire === 'integer').map((field) => field.name);
    expect(integers.sort()).toEqual(['acl_id', 'is_bought_panel', 'special_disc']);
  });

  it('has one field that can be written and never read: the password, a secret', () => {
    const writeOnly = catalog.fields.filter((field) => field.writeOnly);
    expect(writeOnly.map((field) => field.name)).toEqual(['password']);
    expect(writeOnly[0]?.secret).toBe(true);
  });
});

describe.each(kinds)('every catalog: %s', (kind) => {
  const catalog = catalogOf(kind);

  it('names each field once', () => {
    expect(fieldsByName(catalog).size).toBe(catalog.fields.length);
  });

  it('reads each field from a place of its own', () => {
    const places = catalog.fields.map((field) => readPath(field).join('\u0000'));
    expect(new Set(places).size).toBe(places.length);
  });

  it('has a label and a help in both languages for every field, and notes in both', () => {
    for (const field of catalog.fields) {
      for (const text of [field.label, field.help, ...(field.note ? [field.note] : [])]) {
        expect(text.en.trim(), field.name).not.toBe('');
        expect(text.fa.trim(), field.name).not.toBe('');
      }
    }
  });

  it('puts every field on a tab that it has, and leaves no tab empty', () => {
    const tabs = catalog.tabs.map((tab) => tab.id);
    expect(new Set(tabs).size).toBe(tabs.length);
    expect(new Set(catalog.fields.map((field) => field.tab))).toEqual(new Set(tabs));
    expect(tabs).toContain(catalog.unknownTab);
  });

  it('gives allowed values to what is chosen from a list, each once', () => {
    for (const field of catalog.fields) {
      if (['choice', 'flag', 'bit'].includes(field.type))
        expect(field.values?.length, field.name).toBeGreaterThan(1);
      const values = field.values?.map((one) => one.value) ?? [];
      expect(new Set(values).size, field.name).toBe(values.length);
    }
  });

  it('builds titles from fields that it has', () => {
    for (const name of catalog.titleFields) expect(fieldsByName(catalog).has(name)).toBe(true);
  });

  it('shows some columns from the start, and no secret as a column', () => {
    expect(catalog.fields.some((field) => field.gridDefault)).toBe(true);
    for (const field of catalog.fields.filter((one) => one.gridDefault)) {
      expect(field.secret, field.name).not.toBe(true);
      expect(field.gridWidth, field.name).toBeGreaterThan(0);
    }
  });

  it('names a field nowhere twice among its parts to log in with', () => {
    for (const mode of catalog.authModes) {
      const parts = mode.parts.map((part) => part.id);
      expect(parts.length).toBeGreaterThan(0);
      expect(new Set(parts).size).toBe(parts.length);
    }
  });
});

it('a kind is known by its catalog and by the schema alike', () => {
  expect([...kinds].sort()).toEqual(Object.keys(serverKinds).sort());
  for (const kind of kinds)
    expect(catalogOf(kind).fields).toBe(collectionOf(ofCollection({ kind })).catalog.fields);
});
