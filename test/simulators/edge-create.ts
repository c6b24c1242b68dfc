import { edgeDefaults, edgePackages } from './edge-data.ts';
import type { EdgeModes } from './edge-modes.ts';
import { checkUpdate } from './edge-write.ts';
import type { Fields, Json } from './types.ts';

/** The creation's names of fields by the record's (api/edge.md, "More that is known"). */
const STORED_AS: Readonly<Record<string, string>> = {
  user_name: 'uname',
  national_code: 'national_id',
  mobile_number: 'mobile',
  zip_code: 'postalcode',
};
const REQUIRED = ['user_name', 'password', 'national_code', 'mobile_number', 'birth_date', 'acl_id'];

export type Created =
  | { readonly ok: true; readonly record: Fields }
  | { readonly ok: false; readonly errors: Record<string, string[]> };

/** Returns whether a text can be a user name: letters, digits, `-` and `.`. */
export function isUserName(name: Json | undefined): name is string {
  return typeof name === 'string' && /^[A-Za-z0-9.-]{3,64}$/.test(name);
}

export function isTakenName(records: Iterable<Fields>, name: string): boolean {
  return [...records].some((record) => String(record.uname).toLowerCase() === name.toLowerCase());
}

/**
 * Returns the user that a creation would store, or the field errors by their names in the request. Agreement of code,
 * mobile and birth date with the civil registry is simulated: they agree where the code ends in an even digit;
 * otherwise the account exists but is not active.
 */
export function createdUser(body: Fields, id: number, records: Iterable<Fields>, modes: EdgeModes): Created {
  const errors: Record<string, string[]> = {};
  const no = (name: string, text = `مقدار ${name} معتبر نیست`) => {
    errors[name] = [text];
  };
  for (const name of REQUIRED)
    if (body[name] === undefined || body[name] === '') no(name, `مقدار ${name} الزامی است`);
  if (body.user_name !== undefined && !isUserName(body.user_name)) no('user_name');
  else if (isUserName(body.user_name) && isTakenName(records, body.user_name))
    no('user_name', 'این نام کاربری قبلاً ثبت شده است');
  if (!/^\d{10}$/.test(String(body.national_code ?? ''))) no('national_code');
  if (!/^(\+98|0)?9\d{9}$/.test(String(body.mobile_number ?? ''))) no('mobile_number');
  const birth = /^(\d{4})-\d{2}-\d{2}$/.exec(String(body.birth_date ?? ''));
  // A Jalali year is the obvious mistake.
  if (!birth || Number(birth[1]) < 1900) no('birth_date');
  const renamed = Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      ['user_name', 'national_code', 'mobile_number', 'birth_date', 'zip_code', 'address'].includes(name)
        ? []
        : [[name, value] as const],
    ),
  );
  const checked = checkUpdate(renamed, {}, modes);
  if (!checked.ok) Object.assign(errors, checked.errors);
  if (Object.keys(errors).length > 0 || !checked.ok) return { ok: false, errors };
  const own = Object.entries(STORED_AS).flatMap(([sent, stored]) =>
    body[sent] === undefined ? [] : [[stored, body[sent]] as const],
  );
  const agrees = Number(String(body.national_code).at(-1)) % 2 === 0;
  const record: Fields = {
    user_id: id,
    ...edgeDefaults(),
    acl_role_id: edgePackages[0]?.acl_role_id ?? 0,
    ...Object.fromEntries(own),
    ...(body.address === undefined ? {} : { address: body.address }),
    ...checked.fields,
    mobile: `+98${String(body.mobile_number).slice(-10)}`,
    status: agrees ? 'active' : 'inactive',
    is_reseller: 'no',
    parent: 1042,
    credit: 0,
    last_login: null,
    name_locked: agrees,
  };
  return { ok: true, record };
}
