import { edgeDefaults, edgePackages } from './edge-data.ts';
import type { EdgeModes } from './edge-modes.ts';
import type { Fields, Json } from './types.ts';

export type EdgeChecked = { ok: true; fields: Fields } | { ok: false; errors: Record<string, string[]> };

type Rule = (value: Json, record: Fields, modes: EdgeModes) => { store: Fields } | { error: string };

const NAME_LOCKED = 'نام و نام خانوادگی از استعلام ثبت احوال دریافت شده و قابل تغییر نیست';

const text =
  (name: string, max = 255): Rule =>
  (value, _record, modes) => {
    const read = readText(value, modes);
    return read === undefined || read.length > max ? invalid(name) : { store: { [name]: read } };
  };

const choice =
  (name: string, values: readonly string[]): Rule =>
  (value) =>
    typeof value === 'string' && values.includes(value) ? { store: { [name]: value } } : invalid(name);

const fullName: Rule = (value, record, modes) => {
  const read = readText(value, modes);
  if (read === undefined) return invalid('name');
  if (record.name_locked !== true || modes.nameLocked === 'off' || read === record.name)
    return { store: { name: read } };
  return modes.nameLocked === 'refuse' ? { error: NAME_LOCKED } : { store: {} };
};

/** The fields that update accepts, by its names (vendor's page, "Parameters"), and how each is stored. */
const RULES: Record<string, Rule> = {
  name: (value, record, modes) =>
    modes.nameKey === 'name_family' ? { store: {} } : fullName(value, record, modes),
  name_family: (value, record, modes) =>
    modes.nameKey === 'name' ? { store: {} } : fullName(value, record, modes),
  company: text('company'),
  description: text('description', 5000),
  email: (value, _record, modes) => {
    const read = readText(value, modes);
    return read === undefined || (read !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(read))
      ? invalid('email')
      : { store: { email: read } };
  },
  tell: (value, _record, modes) => {
    const read = readText(value, modes);
    if (read === '') return { store: { tell: null } };
    if (read === undefined || !/^(\+|00)?\d{5,15}$/.test(read)) return invalid('tell');
    return { store: { tell: modes.tellNormalised === 'yes' ? read.replace(/^0098|^0(?!0)/, '+98') : read } };
  },
  acl_id: (value, _record, modes) => {
    const id = readInteger(value, modes);
    const known = edgePackages.some((role) => role.acl_role_id === id);
    return id === undefined || (!known && modes.aclMustExist === 'yes')
      ? invalid('acl_id')
      : { store: { acl_role_id: id } };
  },
  expire_time: (value, _record, modes) => {
    const clears =
      modes.expireClear === 'both' ||
      (modes.expireClear === 'null' ? value === null : modes.expireClear === 'empty' && value === '');
    if ((value === null || value === '') && clears) return { store: { expire_time: null } };
    return typeof value === 'string' && isDate(value)
      ? { store: { expire_time: value } }
      : invalid('expire_time');
  },
  status: choice('status', ['active', 'inactive']),
  send_block: choice('send_block', ['yes', 'no']),
  special_disc: (value, _record, modes) => {
    const read = readInteger(value, modes);
    return read === undefined || read < 0 ? invalid('special_disc') : { store: { special_disc: read } };
  },
  is_bought_panel: (value, _record, modes) => {
    const read = readInteger(value, modes);
    return read === 0 || read === 1
      ? { store: { is_bought_panel: String(read) } }
      : invalid('is_bought_panel');
  },
  password: (value, _record, modes) => {
    const strong =
      typeof value === 'string' &&
      [/.{8}/, /[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/].every((part) => part.test(value));
    if (strong || (typeof value === 'string' && modes.passwordRule === 'off'))
      return { store: { password: value } };
    return { error: 'رمز عبور باید حداقل ۸ کاراکتر و شامل حرف بزرگ، حرف کوچک، عدد و نماد باشد' };
  },
};

/** Returns what a body would store, or all field errors by their names in the request. */
export function checkUpdate(body: Fields, record: Fields, modes: EdgeModes): EdgeChecked {
  const fields: Fields = {};
  const errors: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name === 'user_id' || modes.dropFields.includes(name)) continue;
    const rule = RULES[name];
    if (!rule) {
      if (modes.unknownFields === 'store') fields[name] = value;
      continue;
    }
    const result = rule(value, record, modes);
    if ('error' in result) errors[name] = [result.error];
    else Object.assign(fields, result.store);
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, fields };
}

/**
 * Returns the record after the write, with the omitted and the side-effect fields as the modes say. A password is never
 * reset.
 */
export function mergeUpdate(record: Fields, fields: Fields, modes: EdgeModes): Fields {
  const defaults = edgeDefaults();
  const next: Fields = { ...record, ...(modes.updateOmitted === 'reset' ? defaults : {}), ...fields };
  for (const name of modes.resetFields) next[name] = defaults[name] ?? null;
  return next;
}

function invalid(name: string): { error: string } {
  return { error: `مقدار ${name} معتبر نیست` };
}

function readText(value: Json, modes: EdgeModes): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && modes.strictTypes === 'coerce' ? String(value) : undefined;
}

function readInteger(value: Json, modes: EdgeModes): number | undefined {
  const number =
    typeof value === 'string' && modes.strictTypes === 'coerce' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
