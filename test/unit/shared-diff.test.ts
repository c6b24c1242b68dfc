import { describe, expect, it } from 'vitest';
import { catalogOf, type FieldSpec, fieldSpec, type Kind, ofCollection } from '../../shared/catalog';
import { compareChange, compareReadBack, threeWay } from '../../shared/diff';
import type { JsonObject } from '../../shared/model/json';

const simotel = catalogOf('simotel');
const edge = catalogOf('edge');

function spec(kind: Kind, name: string): FieldSpec {
  const found = fieldSpec(ofCollection({ kind }), name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
}

describe('one field, three ways', () => {
  const name = spec('simotel', 'name');
  it('is ready where the server still says what it was prepared against', () => {
    expect(threeWay(name, 'a', 'a', 'b')).toBe('ready');
  });
  it('is a no-op where the server says it already, whatever it was before', () => {
    expect(threeWay(name, 'a', 'b', 'b')).toBe('no-op');
    expect(threeWay(name, 'b', 'b', 'b')).toBe('no-op');
  });
  it('is a conflict where the server says a third thing', () => {
    expect(threeWay(name, 'a', 'c', 'b')).toBe('conflict');
  });
  it('takes nothing and the empty text for the same', () => {
    expect(threeWay(name, null, '', 'b')).toBe('ready');
    expect(threeWay(name, 'a', null, '')).toBe('no-op');
  });
  it('sees no conflict in a number that the panel rewrote', () => {
    const tell = spec('edge', 'tell');
    expect(threeWay(tell, '02122222222', '+982122222222', '02133333333')).toBe('ready');
    expect(threeWay(tell, '02122222222', '+982133333333', '02133333333')).toBe('no-op');
  });
  it('is always ready where it cannot be read', () => {
    expect(threeWay(spec('edge', 'password'), null, null, 'x')).toBe('ready');
    expect(threeWay(spec('edge', 'password'), 'x', 'y', 'x')).toBe('ready');
  });
});

describe('a change against the record as it is now', () => {
  const live: JsonObject = { _id: 'x', number: '530', name: 'Sara', call_record: 'no' };
  const edit = (field: string, base: string | null, next: string | null) => ({ field, base, next });

  it('is as bad as its worst field', () => {
    const ready = edit('call_record', 'no', 'yes');
    const noOp = edit('number', '529', '530');
    const conflict = edit('name', 'Ali', 'Reza');
    const invalid = edit('email', '', 'nobody');
    const status = (...edits: (typeof ready)[]) => compareChange(simotel, edits, live).status;
    expect(status(ready)).toBe('ready');
    expect(status(noOp)).toBe('no-op');
    expect(status(noOp, ready)).toBe('ready');
    expect(status(ready, conflict)).toBe('conflict');
    expect(status(conflict, invalid)).toBe('invalid');
    expect(status()).toBe('no-op');
  });

  it('is missing where the server has no such record, and still names its fields', () => {
    const { status, fields } = compareChange(simotel, [edit('name', 'Sara', 'Sara A.')], null);
    expect(status).toBe('missing');
    expect(fields).toMatchObject([{ field: 'name', live: null }]);
  });

  it('refuses what may not be written and what nobody knows', () => {
    for (const field of ['date', 'queues', 'nonsense'])
      expect(compareChange(simotel, [edit(field, null, 'x')], live).status).toBe('invalid');
  });

  it('takes a value that breaks the rule where the server has it already', () => {
    const odd = { ...live, nat: 'Force Report & Co-Media' };
    const { status } = compareChange(simotel, [edit('nat', 'no', 'Force Report & Co-Media')], odd);
    expect(status).toBe('no-op');
  });
});

describe('reading back', () => {
  const before: JsonObject = {
    _id: 'x',
    number: '530',
    name: 'Sara',
    secret: 's1',
    nat: 'no',
    date: '1402-04-26 19:32:56',
    forward_policy: { Busy: '571', Night: '9' },
    vm_password: '1111',
    extra: { a: 1 },
  };

  it('finds stored what reads as asked', () => {
    const after = { ...before, name: 'Sara A.' };
    expect(compareReadBack(simotel, new Map([['name', 'Sara A.']]), before, after)).toEqual({
      stored: ['name'],
      notStored: [],
      sideEffects: [],
      unverifiable: [],
    });
  });

  it('reports what was dropped with what was asked for and what is there', () => {
    const { notStored, stored } = compareReadBack(simotel, new Map([['name', 'Sara A.']]), before, before);
    expect(stored).toEqual([]);
    expect(notStored).toEqual([{ field: 'name', before: 'Sara A.', after: 'Sara', secret: false }]);
  });

  it('reports what changed although nobody asked, known or not', () => {
    const after = {
      ...before,
      nat: 'yes',
      forward_policy: { Busy: '', Night: '8' },
      vm_password: '2222',
      extra: { a: 2 },
    };
    const { sideEffects } = compareReadBack(simotel, new Map(), before, after);
    expect(sideEffects.map((one) => one.field)).toEqual([
      'nat',
      'forward_policy.Busy',
      'forward_policy.Night',
      'vm_password',
      'extra',
    ]);
  });

  it('marks secrets among them, also those that only sound like one', () => {
    const after = { ...before, secret: 's2', vm_password: '2222', nat: 'yes' };
    const { sideEffects } = compareReadBack(simotel, new Map(), before, after);
    expect(sideEffects.map((one) => [one.field, one.secret])).toEqual([
      ['secret', true],
      ['nat', false],
      ['vm_password', true],
    ]);
  });

  it('reports unknown fields that vanish or appear', () => {
    const { extra: _, ...after } = before;
    expect(compareReadBack(simotel, new Map(), before, after).sideEffects).toEqual([
      { field: 'extra', before: '{"a":1}', after: null, secret: true },
    ]);
    expect(compareReadBack(simotel, new Map(), after, before).sideEffects).toMatchObject([
      { field: 'extra' },
    ]);
  });

  it('takes the order of an object for nothing', () => {
    const was = { ...before, extra: { a: 1, b: { c: 1, d: 2 } } };
    const now = { ...before, extra: { b: { d: 2, c: 1 }, a: 1 } };
    expect(compareReadBack(simotel, new Map(), was, now).sideEffects).toEqual([]);
  });

  it('lets the server change what changes by itself', () => {
    const after = { ...before, date: '1402-04-27 08:00:00' };
    expect(compareReadBack(simotel, new Map(), before, after).sideEffects).toEqual([]);
  });

  it('cannot tell of a password, and sees none in a role that carries its name along', () => {
    const was = { user_id: 1, acl_role_id: 1, acl_role: { acl_role_id: 1 }, credit: { credit: 5 } };
    const now = { user_id: 1, acl_role_id: 2, acl_role: { acl_role_id: 2 }, credit: { credit: 4 } };
    const asked = new Map([
      ['password', 'Abcdef1!'],
      ['acl_id', '2'],
    ]);
    expect(compareReadBack(edge, asked, was, now)).toEqual({
      stored: ['acl_id'],
      notStored: [],
      sideEffects: [],
      unverifiable: ['password'],
    });
  });
});
