/** Work order files as text: what is read, what is refused and where, and what the seal of the secrets holds. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readWorkOrderFile } from '../../electron/workorders/read';
import { openSecrets, sealSecrets } from '../../electron/workorders/secrets';
import { type Problem, ProblemError } from '../../shared/model/problem';
import { type WorkOrderFile, workOrderFileSchema } from '../../shared/transfer';
import { thrown } from '../support/house';

const canary = 'CANARY-9c1f-secret';
const passphrase = 'correct horse battery';

function sample(more: Partial<WorkOrderFile> = {}): WorkOrderFile {
  return {
    format: 'patchbay-work-order',
    version: 1,
    header: {
      origin: randomUUID(),
      number: 12,
      name: 'Reception',
      customer: 'Behin Co',
      ticket: 'T-88',
      note: 'Two lines\nof note',
      writtenAt: '2025-11-12T08:30:00.000Z',
      actor: 'sara@office',
    },
    connections: [{ key: 'c1', kind: 'simotel', name: 'PBX', site: 'Tehran', baseUrl: 'http://pbx/api/v4' }],
    changes: [
      {
        connection: 'c1',
        remoteId: 'a1',
        title: '1203 Sara',
        fields: [{ field: 'name', base: 'Sara', next: 'سارا' }],
        leftOut: [],
        sealed: ['secret'],
      },
    ],
    secrets: null,
    ...more,
  };
}

// Once: the work that makes trying passphrases slow would make these tests slow.
let sealed: Promise<WorkOrderFile> | undefined;
const sealedSample = () => {
  sealed ??= sealSecrets(
    sample(),
    [{ change: 0, fields: [{ field: 'secret', base: `old ${canary}`, next: canary }] }],
    passphrase,
  );
  return sealed;
};

/** A file as parsed JSON, to be altered in ways that its type would not allow. */
type Alter = (copy: DeepLoose<WorkOrderFile>) => unknown;
type DeepLoose<T> = T extends readonly (infer I)[]
  ? DeepLoose<I>[] & { 0: DeepLoose<I> }
  : T extends object
    ? { [K in keyof T]: DeepLoose<T[K]> }
    : NonNullable<T>;

/** The file's text with something in it altered, as by hand. */
function altered(file: object, alter: Alter): string {
  const copy = JSON.parse(JSON.stringify(file));
  alter(copy);
  return JSON.stringify(copy);
}

async function refusal(work: Promise<unknown>): Promise<Problem> {
  const error: unknown = await work.then(
    () => undefined,
    (found: unknown) => found,
  );
  if (error instanceof ProblemError) return error.problem;
  throw new Error('it was not refused');
}

describe('a work order file', () => {
  it('is read as it was written, with a byte order mark too', async () => {
    const file = await sealedSample();
    expect(readWorkOrderFile(JSON.stringify(file))).toEqual(file);
    expect(readWorkOrderFile(`\ufeff${JSON.stringify(file, null, 2)}\r\n`)).toEqual(file);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'number,name\n1203,Sara'],
    ['a list', '[]'],
    ['null', 'null'],
    ['another program’s JSON', '{"format":"something-else","version":1}'],
    ['no format', '{}'],
    ['a bottomless nest', '['.repeat(2_000_000)],
    ['a nest inside a work order', `{"format":"patchbay-work-order","version":1,"x":${'{"x":'.repeat(50)}1`],
  ])('that is %s is not taken for one', (_name, text) => {
    expect(thrown(() => readWorkOrderFile(text))).toEqual({ code: 'file-not-work-order', params: {} });
  });

  it('of a newer version is refused in words of its own, whatever else is in it', () => {
    const text = JSON.stringify({ format: 'patchbay-work-order', version: 3, news: true });
    expect(thrown(() => readWorkOrderFile(text))).toEqual({
      code: 'file-newer',
      params: { found: 3, known: 2 },
    });
  });

  it.each<[string, Alter, string, string]>([
    ['an unknown key', (copy) => Object.assign(copy, { extra: 1 }), 'extra', 'unknown-key'],
    [
      'an unknown key deep inside',
      (copy) => Object.assign(copy.changes[0].fields[0], { live: 'x' }),
      'changes[0].fields[0].live',
      'unknown-key',
    ],
    [
      'a credential',
      (copy) => Object.assign(copy.connections[0], { password: 'x' }),
      'connections[0].password',
      'unknown-key',
    ],
    [
      'a value that is a number',
      (copy) => Object.assign(copy.changes[0].fields[0], { next: 123 }),
      'changes[0].fields[0].next',
      'wrong-type',
    ],
    [
      'changes that are no list',
      (copy) => Object.assign(copy, { changes: { length: 3 } }),
      'changes',
      'wrong-type',
    ],
    [
      'a kind that nobody knows',
      (copy) => Object.assign(copy.connections[0], { kind: 'asterisk' }),
      'connections[0].kind',
      'wrong-value',
    ],
    [
      'a name that is too long',
      (copy) => Object.assign(copy.header, { name: 'x'.repeat(121) }),
      'header.name',
      'too-long',
    ],
    [
      'an origin that is no id',
      (copy) => Object.assign(copy.header, { origin: '../../etc' }),
      'header.origin',
      'wrong-value',
    ],
    [
      'two connections of one key',
      (copy) => copy.connections.push(copy.connections[0]),
      'connections[1].key',
      'twice',
    ],
    ['one record twice', (copy) => copy.changes.push(copy.changes[0]), 'changes[1].remoteId', 'twice'],
    ['one field twice', (copy) => copy.changes[0].leftOut.push('secret'), 'changes[0].fields', 'twice'],
    [
      'a change of no connection',
      (copy) => Object.assign(copy.changes[0], { connection: 'c9' }),
      'changes[0].connection',
      'no-such-connection',
    ],
    [
      'a secret in clear',
      (copy) => copy.changes[0].fields.push({ field: 'more_options', base: '', next: 'x' }),
      'changes[0].fields[1]',
      'plain-secret',
    ],
    [
      'sealed fields without a sealed part',
      (copy) => Reflect.set(copy, 'secrets', null),
      'changes[0].sealed',
      'no-sealed-part',
    ],
    [
      'scrypt parameters that ask for gigabytes',
      (copy) => Object.assign(copy.secrets.kdf, { N: 2 ** 24 }),
      'secrets.kdf.N',
      'wrong-value',
    ],
    [
      'a huge block size',
      (copy) => Object.assign(copy.secrets.kdf, { r: 1024 }),
      'secrets.kdf.r',
      'wrong-value',
    ],
    ['work for hours', (copy) => Object.assign(copy.secrets.kdf, { p: 65_536 }), 'secrets.kdf.p', 'too-long'],
    [
      'a key derivation that is too cheap',
      (copy) => Object.assign(copy.secrets.kdf, { N: 2 }),
      'secrets.kdf.N',
      'wrong-value',
    ],
  ])('with %s is refused, and the place is named', async (_name, alter, where, reason) => {
    const text = altered(await sealedSample(), alter);
    expect(thrown(() => readWorkOrderFile(text))).toEqual({
      code: 'file-invalid',
      params: { where, reason },
    });
  });

  it.each(['__proto__', 'constructor', 'prototype'])(
    'with a key called %s is refused and changes no object',
    (key) => {
      const text = JSON.stringify(sample({ changes: [] })).replace(
        '"header":{',
        `"header":{"${key}":{"polluted":1},`,
      );
      expect(thrown(() => readWorkOrderFile(text))).toMatchObject({
        code: 'file-invalid',
        params: { where: `header.${key}`, reason: 'unknown-key' },
      });
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    },
  );

  it('cannot put words of its own into the message', () => {
    const text = altered(sample({ changes: [] }), (copy) =>
      Object.assign(copy, { ['</b>\u202e evil\n'.repeat(40)]: 1 }),
    );
    const where = String(thrown(() => readWorkOrderFile(text)).params.where);
    expect(where).toMatch(/^[\w$.?[\]-]+$/);
    expect(where.length).toBeLessThanOrEqual(60);
  });
});

describe('the secrets of a file', () => {
  it('are in its bytes in no form, and come back with the passphrase', async () => {
    const file = await sealedSample();
    const text = JSON.stringify(file);
    for (const form of [
      canary,
      Buffer.from(canary).toString('base64').replace(/=+$/, ''),
      Buffer.from(canary).toString('hex'),
      encodeURIComponent(canary),
      [...canary].reverse().join(''),
      passphrase,
    ])
      expect(text).not.toContain(form);
    const sealed = Buffer.from(file.secrets?.sealed ?? '', 'base64').toString('latin1');
    expect(sealed).not.toContain(canary);
    expect(await openSecrets(readWorkOrderFile(text), passphrase)).toEqual([
      { change: 0, fields: [{ field: 'secret', base: `old ${canary}`, next: canary }] },
    ]);
  });

  it('open with the passphrase typed on a system that composes letters otherwise', async () => {
    const file = await sealSecrets(sample({ changes: [] }), [], 'caf\u00e9 au lait');
    expect(await openSecrets(file, 'cafe\u0301 au lait')).toEqual([]);
  });

  it('do not open with another passphrase', async () => {
    expect(await refusal(openSecrets(await sealedSample(), 'correct horse Battery'))).toEqual({
      code: 'passphrase-wrong',
      params: {},
    });
  });

  it('are not sealed under a passphrase of nine characters', async () => {
    expect(await refusal(sealSecrets(sample(), [], 'رمز عبور۱'))).toEqual({
      code: 'passphrase-short',
      params: { least: 10 },
    });
  });

  it.each<[string, Alter]>([
    ['the header', (copy) => Object.assign(copy.header, { customer: 'Somebody else' })],
    [
      'the address that they go to',
      (copy) => Object.assign(copy.connections[0], { baseUrl: 'http://evil/api/v4' }),
    ],
    ['the record that they belong to', (copy) => Object.assign(copy.changes[0], { remoteId: 'a2' })],
    ['a value beside them', (copy) => Object.assign(copy.changes[0].fields[0], { next: 'Ali' })],
    ['how the key is made', (copy) => Object.assign(copy.secrets.kdf, { p: 2 })],
    ['their own bytes', (copy) => Object.assign(copy.secrets, { sealed: flipped(copy.secrets.sealed) })],
    ['their length', (copy) => Object.assign(copy.secrets, { sealed: copy.secrets.sealed.slice(0, 8) })],
  ])('do not open when %s was altered', async (_name, alter) => {
    const file = readWorkOrderFile(altered(await sealedSample(), alter));
    expect(await refusal(openSecrets(file, passphrase))).toEqual({ code: 'passphrase-wrong', params: {} });
  });

  it('do not open in another work order’s file, though sealed under the same passphrase', async () => {
    const mine = await sealedSample();
    const other = readWorkOrderFile(JSON.stringify({ ...sample(), secrets: mine.secrets }));
    expect(await refusal(openSecrets(other, passphrase))).toEqual({ code: 'passphrase-wrong', params: {} });
  });

  it('open whatever the order of the keys and the white space: another program may write the file anew', async () => {
    const file = await sealedSample();
    const turned = JSON.stringify(Object.fromEntries(Object.entries(file).reverse()), null, 7);
    expect(await openSecrets(readWorkOrderFile(turned), passphrase)).toHaveLength(1);
  });

  it('that are not what the file says it holds are refused', async () => {
    const edit = { field: 'name', base: null, next: 'smuggled' };
    for (const content of [[], [{ change: 0, fields: [edit] }], [{ change: 7, fields: [edit] }]]) {
      const file = await sealSecrets(sample(), content, passphrase);
      expect(await refusal(openSecrets(file, passphrase))).toEqual({
        code: 'file-invalid',
        params: { where: 'secrets', reason: 'wrong-value' },
      });
    }
  });
});

it('no schema of the file changes what it parses: the seal is bound to what was written', () => {
  const file = sample({ changes: [] });
  const spaced = { ...file, header: { ...file.header, name: '  spaced  ', customer: '\tx ' } };
  expect(workOrderFileSchema.parse(spaced)).toEqual(spaced);
});

function flipped(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  bytes[3] = (bytes[3] ?? 0) ^ 1;
  return bytes.toString('base64');
}
