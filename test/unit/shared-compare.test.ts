import { describe, expect, it } from 'vitest';
import { type FieldSpec, fieldSpec, ofCollection } from '../../shared/catalog';
import { sameValue } from '../../shared/catalog/compare';
import type { FieldType } from '../../shared/catalog/field';
import { isMaskedByServer, phoneKey, searchFold, soundsSecret } from '../../shared/lib/text';
import { dayOf } from '../../shared/values/server-day';

function ofType(type: FieldType): FieldSpec {
  const text = { en: 'x', fa: 'x' };
  return { name: 'x', tab: 'x', type, label: text, help: text };
}

describe('whether two values mean the same', () => {
  const cases: readonly [FieldType, string | null, string | null, boolean][] = [
    ['text', null, '', true],
    ['text', 'a', 'a', true],
    ['text', 'a', 'A', false],
    ['text', 'a', 'a ', false],
    ['text', 'a', null, false],
    ['digits', '007', '7', false],
    ['dial', '0912', '912', false],
    ['port', '5060', '05060', false],
    ['choice', 'yes', 'Yes', false],
    ['phone', '02122222222', '+982122222222', true],
    ['phone', '02122222222', '00982122222222', true],
    ['phone', '982122222222', '+982122222222', true],
    ['phone', '+98 (21) 2222-2222', '02122222222', true],
    ['phone', '۰۲۱۲۲۲۲۲۲۲۲', '+982122222222', true],
    ['phone', '02122222222', '02122222223', false],
    ['phone', '02122222222', '', false],
    ['phone', '+442122222222', '02122222222', false],
    ['integer', '120', '0120', true],
    ['integer', '120', '121', false],
    ['integer', '-5', '5', false],
    ['integer', '۱۲۰', '120', true],
    ['integer', '0', '', false],
    ['integer', '9007199254740993', '9007199254740992', false],
    ['bit', '1', '01', true],
    ['bit', '1', '0', false],
    ['date', '2026-08-09', '2026-08-09 00:00:00', true],
    ['date', '2026-08-09', '2026-08-09T23:59:59Z', true],
    ['date', '2026-08-09', String(Date.UTC(2026, 7, 9) / 1000), true],
    ['date', '2026-08-09', String(Date.UTC(2026, 7, 9, 12)), true],
    ['date', '2026-08-09', '2026-08-10', false],
    ['date', '2026-08-09', 'soon', false],
    ['json', '{"a":1,"b":[2]}', '{"b":[2],"a":1}', true],
    ['json', '[1,2]', '[2,1]', false],
    ['json', '{"a":{"c":1,"d":2}}', '{"a":{"d":2,"c":1}}', true],
    ['json', 'not json', 'not  json', false],
    ['multiline', 'a=1\nb=2', 'a=1\r\nb=2', false],
  ];

  it.each(cases)('%s: %j and %j → %s', (type, a, b, same) => {
    expect(sameValue(ofType(type), a, b)).toBe(same);
    expect(sameValue(ofType(type), b, a)).toBe(same);
  });

  it('is so of the field that the panel rewrites', () => {
    const tell = fieldSpec(ofCollection({ kind: 'edge' }), 'tell');
    expect(tell && sameValue(tell, '02122222222', '+982122222222')).toBe(true);
  });

  it('leaves a text that is no date as it stands', () => {
    expect(dayOf('۲۰۲۶-۰۸-۰۹')).toBe('2026-08-09');
    expect(dayOf('never')).toBe('never');
    expect(dayOf('12345')).toBe('12345');
  });
});

describe('folding for a search', () => {
  it.each([
    ['Sara AHMADI', 'sara ahmadi'],
    ['  علي  ', 'علی'],
    ['كريمي', 'کریمی'],
    ['می‌روم', 'میروم'],
    ['۱۲۰۳', '1203'],
    ['١٢٠٣', '1203'],
    ['مُحَمَّد', 'محمد'],
  ])('%j is found as %j', (typed, folded) => {
    expect(searchFold(typed)).toBe(folded);
  });
});

describe('small words', () => {
  it('reduces a number without losing a lone zero', () => {
    expect(phoneKey('0')).toBe('0');
    expect(phoneKey('98')).toBe('98');
    expect(phoneKey('0098 912 000 0000')).toBe('9120000000');
  });

  it('knows a masked value by its asterisks alone', () => {
    expect(isMaskedByServer('******')).toBe(true);
    expect(isMaskedByServer('')).toBe(false);
    expect(isMaskedByServer('**a**')).toBe(false);
  });

  it('hears a secret in a name', () => {
    for (const name of [
      'secret',
      'vm_password',
      'api_key',
      'apikey',
      'x.Token',
      'voicemail_pin',
      'md5secret',
      'sip_pass',
      'sipPass',
      'ha1',
      'passcode',
      'pin',
      'md5_cred',
      'vmsecret',
      'psk',
      'srtp_key',
    ])
      expect(soundsSecret(name), name).toBe(true);
    for (const name of ['name', 'number', 'context', 'shipping', 'bypass', 'passive', 'hot_desk', 'keypad'])
      expect(soundsSecret(name), name).toBe(false);
  });
});
