import { simotelDefaults } from './simotel-data.ts';
import type { SimotelModes } from './simotel-modes.ts';
import { asFields, type Fields, type Json } from './types.ts';

const YES_NO = ['yes', 'no'];
const DIGITS = /^\d*$/;
const ADDRESS_MASK =
  /^$|^\d{1,3}(\.\d{1,3}){3}\/\d{1,3}(\.\d{1,3}){3}([,;&\s]+\d{1,3}(\.\d{1,3}){3}\/\d{1,3}(\.\d{1,3}){3})*$/;
const POLICY_KEYS = ['Busy', 'No Answer', 'UnAvailable', 'All'];

/** The value table of api/simotel.md ("Record"), used with `validation=strict`. */
const STRICT: Record<string, readonly string[] | RegExp> = {
  user_type: ['SIP', 'IAX2'],
  ...Object.fromEntries(
    [
      'active',
      'call_record',
      'push_notification',
      'canreinvite',
      'directmedia',
      'qualify',
      'callcounter',
      'faxdetect',
      'trunk',
    ].map((name) => [name, YES_NO]),
  ),
  type: ['user', 'peer', 'friend'],
  nat: ['yes', 'no', 'force_rport,comedia'],
  number: /^\d+$/,
  host: /^dynamic$|^\d{1,3}(\.\d{1,3}){3}$/,
  deny: ADDRESS_MASK,
  permit: ADDRESS_MASK,
  port: DIGITS,
  callgroup: /^[\d,-]*$/,
  pickupgroup: /^[\d,-]*$/,
  call_limit: DIGITS,
};

export type Checked = { ok: true; fields: Fields } | { ok: false; message: string };

/**
 * Returns what a request would store, without `_id`, or why it is refused. The wording `Field 'x':value is invalid` is
 * modelled on the documented `value is missing`.
 */
export function checkWrite(body: Fields, current: Fields, modes: SimotelModes): Checked {
  const fields: Fields = {};
  for (const [name, value] of Object.entries(body)) {
    if (name === '_id' || modes.dropFields.includes(name)) continue;
    const invalid: Checked = { ok: false, message: `Field '${name}':value is invalid` };
    if (name === 'date' || name === 'queues') {
      if (modes.acceptsDateQueues === 'fail') return invalid;
      continue;
    }
    if (name === 'description' && modes.descriptionWritable === 'no') continue;
    if (name === 'secret' && modes.writeMaskedSecret === 'ignore' && /^\*+$/.test(String(value))) continue;
    if (name === 'forward_policy') {
      const policy = readPolicy(value, asFields(current.forward_policy) ?? {}, modes);
      if (!policy) return invalid;
      fields[name] = policy;
    } else if (name in simotelDefaults() || name === 'number') {
      const text = readText(value, modes);
      if (
        text === undefined ||
        (modes.validation === 'strict' && !allowed(name, text, { ...current, ...body }))
      )
        return invalid;
      fields[name] = name === 'more_options' ? newlines(text, modes) : text;
    } else if (modes.unknownFields === 'store') {
      fields[name] = value;
    }
  }
  if (fields.number === '') return { ok: false, message: "Field 'number':value is missing" };
  return { ok: true, fields };
}

/** Returns the record after the write, with the omitted and the side-effect fields as the modes say. */
export function mergeWrite(current: Fields, fields: Fields, modes: SimotelModes): Fields {
  const defaults = simotelDefaults();
  const kept: Fields =
    modes.updateOmitted === 'keep'
      ? current
      : {
          _id: current._id ?? '',
          // A record has the fields of its type: leaving one out does not create it.
          ...Object.fromEntries(Object.entries(defaults).filter(([name]) => name in current)),
          number: current.number ?? '',
          date: current.date ?? '',
          queues: current.queues ?? [],
        };
  const next: Fields = { ...kept, ...fields };
  for (const name of modes.resetFields) next[name] = defaults[name] ?? '';
  return next;
}

function readText(value: Json, modes: SimotelModes): string | undefined {
  if (typeof value === 'string') return value;
  if (modes.strictTypes === 'refuse' || typeof value === 'object')
    return value === null && modes.strictTypes === 'coerce' ? '' : undefined;
  // PHP's conversion: true is "1" and false is "".
  return typeof value === 'boolean' ? (value ? '1' : '') : String(value);
}

function readPolicy(value: Json, current: Fields, modes: SimotelModes): Fields | undefined {
  const written = asFields(value);
  if (!written) return undefined;
  const policy: Fields = Object.fromEntries(
    POLICY_KEYS.map((key) => [key, modes.forwardPolicyWrite === 'merge' ? (current[key] ?? '') : '']),
  );
  for (const [key, target] of Object.entries(written)) {
    const text = readText(target, modes);
    if (text === undefined) return undefined;
    if (modes.validation === 'strict' && !POLICY_KEYS.includes(key)) return undefined;
    policy[key] = text;
  }
  return policy;
}

function allowed(name: string, text: string, record: Fields): boolean {
  if (name === 'transfer')
    return YES_NO.includes(text) || (text === 'mediaonly' && record.user_type === 'IAX2');
  const rule = STRICT[name];
  if (rule === undefined) return true;
  return rule instanceof RegExp ? rule.test(text) : rule.includes(text);
}

function newlines(text: string, modes: SimotelModes): string {
  if (modes.moreOptionsNewline === 'keep') return text;
  return text.replace(/\r\n|\r|\n/g, modes.moreOptionsNewline === 'lf' ? '\n' : '\r\n');
}
