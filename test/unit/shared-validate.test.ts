import { describe, expect, it } from 'vitest';
import {
  catalogOf,
  type FieldSpec,
  fieldSpec,
  type Kind,
  kindSchema,
  ofCollection,
} from '../../shared/catalog';
import { validateField } from '../../shared/catalog/validate';

function spec(kind: Kind, name: string): FieldSpec {
  const found = fieldSpec(ofCollection({ kind }), name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
}

const code = (field: FieldSpec, next: string | null, base: string | null = 'before') =>
  validateField(field, next, base)?.code ?? null;

/** field, value, what is wrong with it (null: nothing) */
const cases: readonly [Kind, string, string | null, string | null][] = [
  ['simotel', 'name', 'سارا احمدی', null],
  ['simotel', 'name', '', null],
  ['simotel', 'name', 'two\nlines', 'control-characters'],
  ['simotel', 'number', '530', null],
  ['simotel', 'number', '0044', null],
  ['simotel', 'number', '', 'required'],
  ['simotel', 'number', null, 'required'],
  ['simotel', 'number', '5a', 'not-digits'],
  ['simotel', 'number', '+53', 'not-digits'],
  ['simotel', 'number', '-1', 'not-digits'],
  ['simotel', 'cid_number', '+982122222222', null],
  ['simotel', 'cid_number', '*72#', null],
  ['simotel', 'cid_number', '021 222', 'not-dialable'],
  ['simotel', 'active', 'yes', null],
  ['simotel', 'active', 'Yes', 'not-allowed'],
  ['simotel', 'active', '', 'required'],
  ['simotel', 'user_type', 'IAX2', null],
  ['simotel', 'user_type', 'PJSIP', 'not-allowed'],
  ['simotel', 'user_type', '', 'required'],
  ['simotel', 'nat', 'force_rport,comedia', null],
  ['simotel', 'dtmfmode', 'shortinfo', null],
  ['simotel', 'secret', 'a*b', null],
  ['simotel', 'secret', '******', 'masked-secret'],
  ['simotel', 'secret', '*', 'masked-secret'],
  ['simotel', 'secret', '', null],
  ['simotel', 'email', 'a@b.co', null],
  ['simotel', 'email', '', null],
  ['simotel', 'email', 'a@b', 'not-email'],
  ['simotel', 'email', 'a@@b.co', 'not-email'],
  ['simotel', 'email', 'a b@c.co', 'not-email'],
  ['simotel', 'host', 'dynamic', null],
  ['simotel', 'host', '192.168.1.20', null],
  ['simotel', 'host', 'phone-7.lan', null],
  ['simotel', 'host', '192.168.1.256', 'not-host'],
  ['simotel', 'host', '192.168.1', 'not-host'],
  ['simotel', 'host', '-phone', 'not-host'],
  ['simotel', 'host', 'a b', 'not-host'],
  ['simotel', 'port', '1', null],
  ['simotel', 'port', '65535', null],
  ['simotel', 'port', '05060', null],
  ['simotel', 'port', '', null],
  ['simotel', 'port', '0', 'not-port'],
  ['simotel', 'port', '65536', 'not-port'],
  ['simotel', 'port', '506O', 'not-port'],
  ['simotel', 'deny', '0.0.0.0/0.0.0.0', null],
  ['simotel', 'deny', '10.0.0.0/8', null],
  ['simotel', 'deny', '10.0.0.0/32', null],
  ['simotel', 'deny', '10.0.0.0/255.255.255.0,192.168.0.0/16', null],
  ['simotel', 'deny', '10.0.0.0/33', 'not-ip-mask'],
  ['simotel', 'deny', '10.0.0.0/255.0.255.0', 'not-ip-mask'],
  ['simotel', 'deny', '10.0.0.0', 'not-ip-mask'],
  ['simotel', 'deny', '10.0.0.0/8/8', 'not-ip-mask'],
  ['simotel', 'deny', '300.0.0.0/8', 'not-ip-mask'],
  ['simotel', 'callgroup', '01', null],
  ['simotel', 'callgroup', '', null],
  ['simotel', 'callgroup', '1,2', 'not-digits'],
  ['simotel', 'call_limit', '', null],
  ['simotel', 'forward_policy.No Answer', '09158315762', null],
  ['simotel', 'forward_policy.No Answer', '', null],
  ['simotel', 'forward_policy.All', '2121x', 'not-dialable'],
  ['simotel', 'more_options', 'a=1\nb=2\n', null],
  ['edge', 'tell', '02122222222', null],
  ['edge', 'tell', '+98 (21) 2222-2222', null],
  ['edge', 'tell', '۰۲۱۲۲۲۲۲۲۲۲', null],
  ['edge', 'tell', '12', 'not-phone'],
  ['edge', 'tell', 'call me', 'not-phone'],
  ['edge', 'acl_id', '1234', null],
  ['edge', 'acl_id', '-1', null],
  ['edge', 'acl_id', '', 'required'],
  ['edge', 'acl_id', '12.5', 'not-integer'],
  ['edge', 'acl_id', '1234567890123456', 'not-integer'],
  ['edge', 'special_disc', '0120', null],
  ['edge', 'is_bought_panel', '1', null],
  ['edge', 'is_bought_panel', '2', 'not-allowed'],
  ['edge', 'status', 'inactive', null],
  ['edge', 'status', 'ACTIVE', 'not-allowed'],
  ['edge', 'expire_time', '2026-08-09', null],
  ['edge', 'expire_time', '2028-02-29', null],
  ['edge', 'expire_time', '2026-02-29', 'no-such-day'],
  ['edge', 'expire_time', '2026-13-01', 'no-such-day'],
  ['edge', 'expire_time', '2026-00-10', 'no-such-day'],
  ['edge', 'expire_time', '2026-8-9', 'not-date'],
  ['edge', 'expire_time', '1405/05/18', 'not-date'],
  ['edge', 'expire_time', '', 'cannot-clear'],
  ['edge', 'password', 'q8?696Q]%U|q', null],
  ['edge', 'password', 'short1!A', null],
  ['edge', 'password', 'weakweak', 'password-rule'],
  ['edge', 'password', '', 'required'],
];

describe('validating one field', () => {
  it.each(cases)('of %s: %s = %j → %s', (kind, name, next, expected) => {
    expect(code(spec(kind, name), next)).toBe(expected);
  });

  it('accepts in every field the value that the server itself has, listed or not', () => {
    for (const kind of kindSchema.options) {
      for (const field of catalogOf(kind).fields.filter((one) => !one.writeOnly)) {
        for (const odd of ['', '???', '******', 'Force Report & Co-Media', '2026-99-99'])
          expect(code(field, odd, odd), `${kind} ${field.name} ${odd}`).toBeNull();
      }
    }
  });

  it('takes no value and the empty text of the server for the same', () => {
    expect(code(spec('simotel', 'active'), '', null)).toBeNull();
    expect(code(spec('simotel', 'active'), null, '')).toBeNull();
  });

  it('lets an expiry that was never set stay unset', () => {
    expect(code(spec('edge', 'expire_time'), '', null)).toBe(null);
  });

  it('checks a password even where it looks like what stood there', () => {
    expect(code(spec('edge', 'password'), '', '')).toBe('required');
    expect(code(spec('edge', 'password'), 'weak', 'weak')).toBe('password-rule');
  });

  it('never repeats a secret in what it says', () => {
    const bad = 'hunter2\u0000';
    for (const kind of kindSchema.options) {
      for (const field of catalogOf(kind).fields.filter((one) => one.secret)) {
        for (const value of [bad, '****', 'weak'])
          expect(validateField(field, value, null)?.detail, field.name).toBeUndefined();
      }
    }
  });
});
