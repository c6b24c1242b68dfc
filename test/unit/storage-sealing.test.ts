import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bulkPlace,
  editPlace,
  foundRecord,
  type Place,
  recordPlace,
  runPlace,
  sealedText,
  templatePlace,
} from '../../electron/storage/place';
import { openRecord, sealRecord } from '../../electron/storage/sealed-record';
import { isSealed, Sealer } from '../../electron/storage/sealing';
import { catalogOf } from '../../shared/catalog';
import type { JsonObject } from '../../shared/model/json';
import { thrown } from '../support/house';

const [simotel, edge] = [catalogOf('simotel'), catalogOf('edge')];
const place = recordPlace('c1', 'r1');

function sealer(key = randomBytes(32)): Sealer {
  const made = new Sealer();
  made.useKey(key);
  return made;
}

describe('a sealed text', () => {
  it('opens to what it was, whatever was in it', () => {
    const mine = sealer();
    for (const text of ['', 'x', 'رمز ۱۲۳', '🔑'.repeat(500), 'a:b:c\n\u0000']) {
      const sealed = mine.seal(text, place);
      expect(isSealed(sealed)).toBe(true);
      expect(mine.openAt(sealed, place)).toBe(text);
    }
  });

  it('is another one each time, so that equal secrets do not look equal', () => {
    const mine = sealer();
    expect(mine.seal('same', place)).not.toBe(mine.seal('same', place));
  });

  it('does not open where any part of it was altered', () => {
    const mine = sealer();
    const parts = mine.seal('canary', place).split(':');
    for (const [index, part] of parts.entries()) {
      const first = part.startsWith('A') ? 'B' : 'A';
      const altered = parts.map((one, at) => (at === index ? first + one.slice(1) : one)).join(':');
      expect(mine.openAt(altered, place), altered).toBeNull();
    }
    for (const text of ['', 'canary', parts.slice(0, 3).join(':'), `${parts.slice(0, 3).join(':')}:AAAA`])
      expect(mine.openAt(text, place), text).toBeNull();
  });

  it('opens in its own place and in no other', () => {
    const mine = sealer();
    const places: Place[] = [
      recordPlace('c1', 'r1'),
      recordPlace('c1', 'r2'),
      recordPlace('c2', 'r1'),
      editPlace('c1', 'r1', 'secret', 'base'),
      editPlace('c1', 'r1', 'secret', 'next'),
      editPlace('c1', 'r1', 'pin', 'next'),
      runPlace('c1', 'r1', 'secret', 'next'),
      bulkPlace('c1', 'secret'),
      templatePlace('c1', 'secret'),
    ];
    for (const from of places) {
      const sealed = mine.seal('canary', from);
      for (const to of places) expect(mine.openAt(sealed, to)).toBe(to === from ? 'canary' : null);
    }
  });

  it('does not open where the file itself says where it was found', () => {
    const mine = sealer();
    const elsewhere = recordPlace('c1', 'r2');
    const sealed = mine.seal('canary', place);
    expect(mine.openAt(`${sealed}@${JSON.stringify(place)}`, elsewhere)).toBeNull();
    const record = { secret: { $sealed: `${sealed}@${JSON.stringify(place)}` } };
    expect(openRecord(mine, foundRecord(record, elsewhere))).toBeNull();
  });

  it('does not open with another key, and opens with an earlier one of this session', () => {
    const mine = sealer();
    const sealed = mine.seal('canary', place);
    expect(sealer().openAt(sealed, place)).toBeNull();
    mine.useKey(randomBytes(32));
    expect(mine.openAt(sealed, place)).toBe('canary');
    expect(mine.seal('canary', place).split(':')[1]).not.toBe(sealed.split(':')[1]);
  });

  it('cannot be made without a key: the problem of the keychain is thrown', () => {
    expect(thrown(() => new Sealer().seal('x', place)).code).toBe('keychain-locked');
    expect(thrown(() => new Sealer(() => 'keychain-absent').seal('x', place)).code).toBe('keychain-absent');
  });
});

const canary = 'CANARY-5f1c';

describe('a sealed record', () => {
  it('holds no secret in clear, at any depth, also in fields that no catalog knows', () => {
    const record: JsonObject = {
      _id: 'a1',
      name: 'Ali',
      secret: canary,
      more_options: `setvar=PIN=${canary}\nallow=alaw`,
      sip_password: canary,
      web_phone: { enabled: 'yes', auth: { key: canary, list: [canary, { deep: canary }] } },
      lines: [{ pin: canary, label: 'first' }, [[{ api_key: canary }]]],
      oauthToken: [canary, 12_345_678],
    };
    const sealed = sealRecord(sealer(), simotel, record, place);
    expect(JSON.stringify(sealed)).not.toContain(canary);
    expect(JSON.stringify(sealed)).not.toContain('12345678');
    expect(sealed).toMatchObject({ _id: 'a1', name: 'Ali' });
    for (const name of ['sip_password', 'lines', 'oauthToken'])
      expect(sealedText(sealed[name])).not.toBeNull();
  });

  it('stays a record where a field has no name', () => {
    const sealed = sealRecord(sealer(), simotel, { name: 'Ali', '': canary }, place);
    expect(sealed.name).toBe('Ali');
    expect(JSON.stringify(sealed)).not.toContain(canary);
  });

  it('keeps an empty secret as it is, for that it is empty is no secret', () => {
    expect(sealRecord(sealer(), simotel, { secret: '', token: null, list: [] }, place)).toEqual({
      secret: '',
      token: null,
      list: [],
    });
  });

  it('opens to the record that it was made of', () => {
    const mine = sealer();
    const key = fc.oneof(
      fc.constantFrom(
        'secret',
        'more_options',
        'password',
        'api_key',
        'token',
        'forward_policy',
        '__proto__',
        '$sealed',
      ),
      fc.string(),
    );
    const { json } = fc.letrec<{ json: unknown; object: unknown }>((tie) => ({
      json: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('json'), { maxLength: 4 }),
        tie('object'),
      ),
      object: fc.dictionary(key, tie('json'), { maxKeys: 5 }),
    }));
    const record = fc.dictionary(key, json, { maxKeys: 8 });
    fc.assert(
      fc.property(record, fc.constantFrom(simotel, edge), (made, catalog) => {
        const raw = JSON.parse(JSON.stringify(made));
        // As it comes back from the disk.
        const stored = JSON.parse(JSON.stringify(sealRecord(mine, catalog, raw, place)));
        expect(openRecord(mine, foundRecord(stored, place))).toEqual(raw);
      }),
      { numRuns: 300 },
    );
  });

  it('is not taken for sealed where the server itself sends a field that looks so', () => {
    const mine = sealer();
    const raw: JsonObject = { name: { $sealed: 'sealed1:x:y:z' }, secret: { $sealed: 'text' } };
    const sealed = sealRecord(mine, simotel, raw, place);
    expect(openRecord(mine, foundRecord(sealed, place))).toEqual(raw);
  });

  it('does not open where one of its secrets cannot be opened', () => {
    const stored = sealRecord(sealer(), simotel, { name: 'Ali', secret: canary }, place);
    expect(openRecord(sealer(), foundRecord(stored, place))).toBeNull();
  });

  it('cannot be made without a key', () => {
    expect(thrown(() => sealRecord(new Sealer(), simotel, { secret: 'x' }, place)).code).toBe(
      'keychain-locked',
    );
  });
});

describe('the sealed text of a value', () => {
  it('is found only where the value is nothing else', () => {
    expect(sealedText({ $sealed: 'a' })).toBe('a');
    for (const value of [undefined, null, 'a', ['a'], { $sealed: 1 }, { $sealed: 'a', b: 1 }])
      expect(sealedText(value)).toBeNull();
  });
});
