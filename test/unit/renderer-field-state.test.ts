/** What a field of the editor shows: from the record, the prepared edit, and what is being typed. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Draft } from '../../renderer/fields/saver';
import { fieldSpec, ofCollection } from '../../shared/catalog';
import type { FieldSpec } from '../../shared/catalog/field';
import { type ChangeField, changeFieldSchema } from '../../shared/model/change';
import { connectionIdSchema } from '../../shared/model/connection';
import type { ShownValue } from '../../shared/model/record';

let fieldState: typeof import('../../renderer/fields/field-state').fieldState;
let sameState: typeof import('../../renderer/fields/field-state').sameState;
beforeAll(async () => {
  vi.stubGlobal('window', { patchbay: {} });
  ({ fieldState, sameState } = await import('../../renderer/fields/field-state'));
});

const record = {
  connectionId: connectionIdSchema.parse('11111111-1111-4111-8111-111111111111'),
  remoteId: '7',
};

function spec(kind: 'simotel' | 'edge', name: string): FieldSpec {
  const found = fieldSpec(ofCollection({ kind }), name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
}

function typed(of: FieldSpec, text: string): Draft {
  const value = { record, field: of.name, text, secret: of.secret === true };
  return { value, state: 'saving', held: true, problem: null };
}

function edit(field: string, base: ShownValue, next: ShownValue): ChangeField {
  return changeFieldSchema.parse({ field, base, next, problem: null });
}

describe('a field', () => {
  const email = spec('simotel', 'email');
  const secret = spec('simotel', 'secret');
  const password = spec('edge', 'password');

  it('shows the record where nothing is prepared', () => {
    expect(fieldState(email, 'a@b.example', undefined, undefined)).toMatchObject({
      text: 'a@b.example',
      base: 'a@b.example',
      changed: false,
      movedTo: undefined,
      problem: null,
    });
  });

  it('shows the prepared edit and its base, and what the record moved to since', () => {
    const prepared = edit('email', 'a@b.example', 'c@d.example');
    const state = fieldState(email, 'else@where.example', prepared, undefined);
    expect(state).toMatchObject({ text: 'c@d.example', base: 'a@b.example', changed: true });
    expect(state.movedTo).toBe('else@where.example');
    expect(fieldState(email, 'a@b.example', prepared, undefined).movedTo).toBeUndefined();
  });

  it('shows what is typed before what is prepared, and checks it as it will be stored', () => {
    const prepared = edit('email', '', 'c@d.example');
    expect(fieldState(email, '', prepared, typed(email, 'no address')).problem?.code).toBe('not-email');
    expect(fieldState(email, '', prepared, typed(email, 'e@f.example'))).toMatchObject({
      text: 'e@f.example',
      changed: true,
      problem: null,
    });
  });

  it('is no edit any more once it is typed back to its base', () => {
    const prepared = edit('email', 'a@b.example', 'c@d.example');
    expect(fieldState(email, 'a@b.example', prepared, typed(email, 'a@b.example')).changed).toBe(false);
  });

  it('never has the text of a stored secret', () => {
    const prepared = edit('secret', { secret: 'set' }, { secret: 'set' });
    expect(fieldState(secret, { secret: 'set' }, prepared, undefined)).toMatchObject({
      text: '',
      changed: true,
      movedTo: undefined,
    });
  });

  it('that can only be written is an edit only while something is typed', () => {
    expect(fieldState(password, null, undefined, typed(password, ''))).toMatchObject({
      changed: false,
      problem: null,
    });
    expect(fieldState(password, null, undefined, typed(password, 'x')).changed).toBe(true);
  });

  it('says the same as before as long as nothing that is shown of it differs', () => {
    const state = fieldState(email, 'a@b.example', undefined, undefined);
    expect(sameState(state, fieldState(email, 'a@b.example', undefined, undefined))).toBe(true);
    expect(sameState(state, fieldState(email, 'b@b.example', undefined, undefined))).toBe(false);
    const set = fieldState(secret, { secret: 'set' }, undefined, undefined);
    expect(sameState(set, fieldState(secret, { secret: 'set' }, undefined, undefined))).toBe(true);
    expect(sameState(set, fieldState(secret, { secret: 'empty' }, undefined, undefined))).toBe(false);
  });
});
