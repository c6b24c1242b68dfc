import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSealed, openRecord, Sealer, sealedText, sealRecord } from '../../electron/storage/sealing';
import { catalogs } from '../../shared/catalog';
import type { JsonObject } from '../../shared/model/json';
import { thrown } from '../support/house';

const { simotel, edge } = catalogs;

function sealer(key = randomBytes(32)): Sealer {
  const made = new Sealer();
  made.useKey(key);
  return made;
}

describe('a sealed text', () => {
  it('opens to what it was, whatever was in it', () => {
    const mine = sealer();
    for (const text of ['', 'x', 'رمز ۱۲۳', '🔑'.repeat(500), 'a:b:c\n\u0000']) {
      const sealed = mine.seal(text);
      expect(isSealed(sealed)).toBe(true);
      expect(mine.open(sealed)).toBe(text);
    }
  });

  it('is another one each time, so that equal secrets do not look equal', () => {
    const mine = sealer();
    expect(mine.seal('same')).not.toBe(mine.seal('same'));
  });

  it('does not open where any part of it was altered', () => {
    const mine = sealer();
    const parts = mine.seal('canary').split(':');
    for (const [index, part] of parts.entries()) {
      const first = part.startsWith('A') ? 'B' : 'A';
      const altered = parts.map((one, at) => (at === index ? first + one.slice(1) : one)).join(':');
      expect(mine.open(altered), altered).toBeNull();
    }
    for (const text of ['', 'canary', parts.slice(0, 3).join(':'), `${parts.slice(0, 3).join(':')}:AAAA`])
      expect(mine.open(text), text).toBeNull();
  });

  it('does not open with another key, and opens with an earlier one of this session', () => {
    const mine = sealer();
    const sealed = mine.seal('canary');
    expect(sealer().open(sealed)).toBeNull();
    mine.useKey(randomBytes(32));
    expect(mine.open(sealed)).toBe('canary');
    expect(mine.seal('canary').split(':')[1]).not.toBe(sealed.split(':')[1]);
  });

  it('cannot be made without a key: the problem of the keychain is thrown', () => {
    expect(thrown(() => new Sealer().seal('x')).code).toBe('keychain-locked');
    expect(thrown(() => new Sealer(() => 'keychain-absent').seal('x')).code).toBe('keychain-absent');
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
    const sealed = sealRecord(sealer(), simotel, record);
    expect(JSON.stringify(sealed)).not.toContain(canary);
    expect(JSON.stringify(sealed)).not.toContain('12345678');
    expect(sealed).toMatchObject({
      _id: 'a1',
      name: 'Ali',
      web_phone: { enabled: 'yes' },
      lines: [{ label: 'first' }, {}],
    });
  });

  it('keeps an empty secret as it is, for that it is empty is no secret', () => {
    expect(sealRecord(sealer(), simotel, { secret: '', token: null, pin: true })).toEqual({
      secret: '',
      token: null,
      pin: true,
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
        const stored = JSON.parse(JSON.stringify(sealRecord(mine, catalog, raw)));
        expect(openRecord(mine, stored)).toEqual(raw);
      }),
      { numRuns: 300 },
    );
  });

  it('is not taken for sealed where the server itself sends a field that looks so', () => {
    const mine = sealer();
    const raw: JsonObject = { name: { $sealed: 'sealed1:x:y:z' }, secret: { $sealed: 'text' } };
    const sealed = sealRecord(mine, simotel, raw);
    expect(openRecord(mine, sealed)).toEqual(raw);
  });

  it('does not open where one of its secrets cannot be opened', () => {
    const stored = sealRecord(sealer(), simotel, { name: 'Ali', secret: canary });
    expect(openRecord(sealer(), stored)).toBeNull();
  });

  it('cannot be made without a key', () => {
    expect(thrown(() => sealRecord(new Sealer(), simotel, { secret: 'x' })).code).toBe('keychain-locked');
  });
});

describe('the sealed text of a value', () => {
  it('is found only where the value is nothing else', () => {
    expect(sealedText({ $sealed: 'a' })).toBe('a');
    for (const value of [undefined, null, 'a', ['a'], { $sealed: 1 }, { $sealed: 'a', b: 1 }])
      expect(sealedText(value)).toBeNull();
  });
});
