import { createRng } from './rng.ts';
import { simotelDefaults, simotelRecords } from './simotel-data.ts';
import {
  apacheNotFound,
  refuseAtGate,
  type SimotelAccount,
  simotelAnswer,
  successValue,
} from './simotel-gate.ts';
import { type SimotelModes, simotelModes } from './simotel-modes.ts';
import { checkWrite, mergeWrite } from './simotel-write.ts';
import {
  type Answer,
  asFields,
  asId,
  type Fields,
  type Handled,
  type Json,
  type Kind,
  type World,
} from './types.ts';

type Route = (body: Fields, world: World<SimotelModes>) => Handled;

const DONE = 'Requested operation is done successfully';
const FAILED = 'Requested operation failed';

/** The Simotel API v4 users family, as in api/simotel.md and the vendor's page. */
export function simotelKind(account: SimotelAccount, seed: number, size: number): Kind<SimotelModes> {
  const newIds = createRng(seed ^ 0x5eed);
  const routes: Record<string, Route> = {
    '/pbx/users/search': search,
    '/pbx/users/update': update,
    '/pbx/users/add': (body, world) => add(body, world, newIds.hex(24)),
    '/pbx/users/remove': remove,
    '/setting/ping/act': (_body, { modes }) => read(simotelAnswer(modes, 200, true, '', null)),
  };
  return {
    name: 'simotel',
    modes: simotelModes,
    firstRecords: () => simotelRecords(seed, size),
    recordIdOf: (_query, parsed) => asId(asFields(parsed)?._id),
    failure: (status) =>
      simotelAnswer({ successForm: 'number' }, status, false, status === 429 ? 'Too Many Requests' : FAILED),
    handle: (request, world) => {
      const base = `/api/${world.modes.apiVersion}`;
      const route = request.path.slice(base.length);
      if (!request.path.startsWith(`${base}/`) || !/^\/(pbx|setting)\//.test(route))
        return read(apacheNotFound(request.path));
      const run = routes[route];
      const refusal = refuseAtGate(request, route, run !== undefined, account, world.modes);
      if (refusal || !run) return read(refusal ?? apacheNotFound(request.path));
      world.spent += 1;
      return run(asFields(request.parsed) ?? {}, world);
    },
  };
}

const read = (answer: Answer): Handled => ({ answer, applied: false });

function fail(world: World<SimotelModes>, message: string): Handled {
  return read(simotelAnswer(world.modes, 200, false, message));
}

function search(body: Fields, world: World<SimotelModes>): Handled {
  const { modes } = world;
  if (body.alike === undefined) return fail(world, "Field 'alike':value is missing");
  // Only these three forms are known to ask for substrings (api/simotel.md, table of paths).
  const alike =
    modes.alikeFalse === 'ignored' || body.alike === 1 || body.alike === true || body.alike === 'true';
  const conditions = asFields(body.conditions) ?? {};
  const wanted = (['name', 'number'] as const).flatMap((name) => {
    const value = asId(conditions[name]);
    return value === undefined || value === '' ? [] : [{ name, value }];
  });
  // `conditions.mapped` is a mapped operator's number (api/simotel.md). What makes a user "mapped" is not documented;
  // here it is one that serves a queue.
  const operator = asId(conditions.mapped) ?? '';
  const mappedOnly = body.status === 'mapped' || operator !== '';
  const found = [...world.records.values()].filter(
    (record) =>
      wanted.every(({ name, value }) =>
        alike ? String(record[name]).includes(value) : record[name] === value,
      ) &&
      (operator === '' || record.number === operator) &&
      (!mappedOnly || (Array.isArray(record.queues) && record.queues.length > 0)) &&
      // Only a search without conditions knows such a record.
      (wanted.length === 0 || !world.unreadable.has(String(record._id))),
  );
  const empty: Record<SimotelModes['emptySearch'], Json> = { array: [], null: null, string: '', object: {} };
  const data = found.length === 0 ? empty[modes.emptySearch] : found.map((record) => shown(record, modes));
  return read(simotelAnswer(modes, 200, true, '', data));
}

function update(body: Fields, world: World<SimotelModes>): Handled {
  const { modes, records } = world;
  const id = asId(body._id);
  if (id === undefined || id === '') return fail(world, "Field '_id':value is missing");
  const current = records.get(id);
  if (!current)
    return modes.unknownIdUpdate === 'fail'
      ? fail(world, FAILED)
      : read(simotelAnswer(modes, 200, true, DONE));
  const checked = checkWrite(body, current, modes);
  if (!checked.ok) return fail(world, checked.message);
  if (isTaken(world, checked.fields.number, id)) return fail(world, 'This number already exists');
  records.set(id, mergeWrite(current, checked.fields, modes));
  const answer: Fields = { success: successValue(modes, true), message: DONE, data: '' };
  if (modes.updateAnswerOld === 'old') answer.old = extendedJson(current, world.now());
  return {
    answer: { ...simotelAnswer(modes, 200, true, DONE), body: JSON.stringify(answer) },
    applied: true,
  };
}

function add(body: Fields, world: World<SimotelModes>, id: string): Handled {
  const { modes, records } = world;
  for (const name of ['name', 'number', 'secret']) {
    if (body[name] === undefined || body[name] === '') return fail(world, `Field '${name}':value is missing`);
  }
  const { trunk, transfer, ...defaults } = simotelDefaults();
  const own = body.user_type === 'IAX2' ? { trunk: trunk ?? '', transfer: transfer ?? '' } : {};
  const fresh: Fields = { _id: id, ...defaults, ...own, date: jalali(world.now()), queues: [] };
  const checked = checkWrite(body, fresh, modes);
  if (!checked.ok) return fail(world, checked.message);
  if (isTaken(world, checked.fields.number, id)) return fail(world, 'This number already exists');
  const record: Fields = { ...fresh, cid_number: checked.fields.number ?? '', ...checked.fields };
  records.set(id, record);
  const ok = simotelAnswer(
    modes,
    200,
    true,
    DONE,
    modes.addShape === 'record' ? shown(record, modes) : { _id: id },
  );
  const answer =
    modes.addShape === 'status'
      ? // The number, not the id (api/simotel.md).
        { ...ok, body: JSON.stringify({ status: 'success', user_id: record.number ?? '' }) }
      : ok;
  return { answer, applied: true };
}

function remove(body: Fields, world: World<SimotelModes>): Handled {
  const id = asId(body._id);
  if (id === undefined || id === '') return fail(world, "Field '_id':value is missing");
  const gone = world.records.delete(id);
  if (!gone && world.modes.unknownIdUpdate === 'fail') return fail(world, FAILED);
  return { answer: simotelAnswer(world.modes, 200, true, DONE), applied: gone };
}

function isTaken(world: World<SimotelModes>, number: Json | undefined, id: string): boolean {
  if (number === undefined || world.modes.duplicateNumbers === 'allow') return false;
  return [...world.records.values()].some((record) => record.number === number && record._id !== id);
}

function shown(record: Fields, modes: SimotelModes): Fields {
  const { forward_policy: policy, ...rest } = record;
  const told: Fields = { ...rest, ...toldPolicy(policy, modes) };
  return modes.secretOnRead === 'masked' ? { ...told, secret: '******' } : told;
}

function toldPolicy(policy: Json | undefined, { emptyObject }: SimotelModes): Fields {
  if (policy === undefined) return {};
  const empty = Object.values(asFields(policy) ?? { own: policy }).every((value) => value === '');
  if (!empty || emptyObject === 'object') return { forward_policy: policy };
  const forms = { array: [], null: null, string: '' };
  return emptyObject === 'absent' ? {} : { forward_policy: forms[emptyObject] };
}

/**
 * The former record, as older servers leak it: Mongo extended JSON, the secret in clear (api/simotel.md, last part).
 */
function extendedJson(record: Fields, now: Date): Fields {
  return {
    ...record,
    _id: { $oid: record._id ?? '' },
    updated_at: { $date: { $numberLong: String(now.getTime()) } },
  };
}

function jalali(date: Date): string {
  const parts = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
    timeZone: 'Asia/Tehran',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(date);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}`;
}
