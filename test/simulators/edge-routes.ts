import { createdUser, isTakenName, isUserName } from './edge-create.ts';
import { edgePackages, edgeRecords } from './edge-data.ts';
import { type EdgeModes, edgeModes } from './edge-modes.ts';
import { filterUsers, pageOf, shownUser } from './edge-read.ts';
import { checkUpdate, mergeUpdate } from './edge-write.ts';
import {
  type Answer,
  asFields,
  asId,
  type Fields,
  type Handled,
  type Json,
  type Kind,
  type SimRequest,
  type World,
} from './types.ts';

export interface EdgeAccount {
  readonly token: string;
  readonly apiKey: string;
}

type Route = (request: SimRequest, world: World<EdgeModes>) => Handled;

/** The server's own messages; the first two are word for word from the vendor's page. */
const SAY = {
  done: 'انجام شد',
  badLogin: 'اطلاعات وارد شده صحیح نمی باشد',
  badData: 'اطلاعات ارسالی معتبر نیست',
  notFound: 'اطلاعات مورد نظر یافت نشد',
  taken: 'این نام کاربری قبلاً ثبت شده است',
  forbidden: 'شما به این بخش دسترسی ندارید',
  keyRefused: 'این سرویس با کلید API در دسترس نیست',
  method: 'متد درخواست مجاز نیست',
  tooMany: 'تعداد درخواست‌ها بیش از حد مجاز است',
  failed: 'خطایی رخ داده است',
};

/** The IPPanel Edge users family, as in api/edge.md and the vendor's page. */
export function edgeKind(account: EdgeAccount, seed: number, size: number): Kind<EdgeModes> {
  return {
    name: 'edge',
    modes: edgeModes,
    firstRecords: () => edgeRecords(seed, size),
    recordIdOf: (query, parsed) => query.get('user_id') ?? asId(asFields(parsed)?.user_id),
    failure: (status) =>
      answer(status, status === 429 ? SAY.tooMany : SAY.failed, `${status === 200 ? 400 : status}-1`, null, {
        errors: {},
      }),
    handle: (request, world) => handle(request, world, account),
  };
}

function handle(request: SimRequest, world: World<EdgeModes>, account: EdgeAccount): Handled {
  const { modes } = world;
  const route = request.path.startsWith(`${modes.basePath}/`)
    ? request.path.slice(modes.basePath.length)
    : '';
  const updates = modes.updateMethod === 'either' ? ['POST', 'PUT'] : [modes.updateMethod];
  const table: Record<string, { methods: readonly string[]; run: Route }> = {
    '/user/list': { methods: ['GET'], run: list },
    '/user/show': { methods: ['GET'], run: show },
    '/user/update': { methods: updates, run: update },
    '/user/create': { methods: ['POST'], run: create },
    '/user/check_exist': { methods: ['POST'], run: checkExist },
    '/acl/package/list': { methods: ['GET'], run: packages },
    '/acl/auth/check_token': { methods: ['POST'], run: checkToken },
  };
  const found = table[route];
  if (!found) return refuse(world, 404, SAY.notFound, '404-1');
  if (!found.methods.includes(request.method)) return refuse(world, 405, SAY.method, '405-1');
  const login = checkLogin(request, world, account);
  if (login === 'none') return refuse(world, 401, SAY.badLogin, '400-1');
  world.spent += 1;
  const keyRefused =
    login === 'key' &&
    (modes.apiKeyAccepted === 'none' || (modes.apiKeyAccepted === 'reads' && route === '/user/update'));
  if (keyRefused) return refuse(world, 403, SAY.keyRefused, '403-1');
  if (modes.account === 'forbidden' && route !== '/acl/auth/check_token')
    return refuse(world, 403, SAY.forbidden, '403-1');
  return found.run(request, world);
}

/** Checks for the raw token or key: any prefix fails (api/edge.md, below the table of calls). */
function checkLogin(
  request: SimRequest,
  world: World<EdgeModes>,
  account: EdgeAccount,
): 'token' | 'key' | 'none' {
  const { modes } = world;
  const given = request.headers.authorization;
  if (given === undefined || modes.credentials === 'revoked') return 'none';
  if (given === account.apiKey) return 'key';
  const spent = modes.tokenExpiresAfter > 0 && world.spent >= modes.tokenExpiresAfter;
  const late = modes.tokenExpiresAt !== '' && world.now() >= new Date(modes.tokenExpiresAt);
  return given === account.token && !spent && !late ? 'token' : 'none';
}

const list: Route = (request, world) => {
  const { found, refused } = filterUsers(
    world.records.values(),
    request.query,
    world.modes,
    world.unreadable,
  );
  if (refused.length > 0)
    return invalid(
      world,
      Object.fromEntries(refused.map((name) => [name, [`مقدار ${name} نباید خالی باشد`]])),
    );
  const page = pageOf(world.modes.account === 'ordinary' ? [] : found, request.query, world.modes);
  if (!page.ok) return invalid(world, page.errors);
  return read(
    answer(
      200,
      SAY.done,
      '200-1',
      page.items.map((record) => shownUser(record, 'list', world.modes)),
      { ...page.meta, path: `${world.modes.basePath}/user/list` },
    ),
  );
};

const show: Route = (request, world) => {
  const id = request.query.get('user_id');
  if (id === null || id === '') return invalid(world, { user_id: ['مقدار user_id الزامی است'] });
  const record = world.records.get(id);
  if (!record || world.unreadable.has(id)) return unknownUser(world);
  return read(answer(200, SAY.done, '200-1', shownUser(record, 'show', world.modes)));
};

const update: Route = (request, world) => {
  const { modes, records } = world;
  const body = asFields(request.parsed);
  if (!body) return refuse(world, 400, SAY.badData, '400-2');
  const id =
    modes.strictTypes === 'refuse' && typeof body.user_id !== 'number' ? undefined : asId(body.user_id);
  if (id === undefined || id === '') return invalid(world, { user_id: ['مقدار user_id الزامی است'] });
  const record = records.get(id);
  if (!record || modes.account === 'ordinary') return unknownUser(world);
  const checked = checkUpdate(body, record, modes);
  if (!checked.ok) return invalid(world, checked.errors);
  records.set(id, mergeUpdate(record, checked.fields, modes));
  return { answer: answer(200, SAY.done, '200-1', null), applied: true };
};

/** Answers no id (api/edge.md): the caller has to search for the user's name. */
const create: Route = (request, world) => {
  const body = asFields(request.parsed);
  if (!body) return refuse(world, 400, SAY.badData, '400-2');
  const id = Math.max(48_000, ...[...world.records.keys()].map(Number)) + 1;
  const made = createdUser(body, id, world.records.values(), world.modes);
  if (!made.ok) return invalid(world, made.errors);
  world.records.set(String(id), { ...made.record, time: Math.floor(world.now().getTime() / 1000) });
  return { answer: answer(200, SAY.done, '200-1', null), applied: true };
};

const checkExist: Route = (request, world) => {
  const name = asFields(request.parsed)?.user_name;
  if (!isUserName(name)) return invalid(world, { user_name: ['مقدار user_name معتبر نیست'] });
  return isTakenName(world.records.values(), name)
    ? refuse(world, 409, SAY.taken, '409-1')
    : read(answer(200, SAY.done, '200-1', null));
};

const packages: Route = (request, world) => {
  const page = pageOf(packagesLeft(request.query), request.query, world.modes);
  return page.ok ? read(answer(200, SAY.done, '200-1', page.items, page.meta)) : invalid(world, page.errors);
};

const checkToken: Route = (_request, world) =>
  read(
    answer(200, SAY.done, '200-1', {
      user_name: 'patchbay_reseller',
      user_id: 1042,
      is_reseller: world.modes.account === 'reseller',
      // A boolean here and yes/no in a record (api/edge.md, "block").
      send_block: false,
      document_block: false,
      name: 'نماینده آزمایشی',
      acl_role_id: 1204,
    }),
  );

/** Returns the packages that match the filters. */
function packagesLeft(query: URLSearchParams): readonly Fields[] {
  const names = { package_id: 'acl_role_id', name: 'acl_role_name', price: 'price', status: 'status' };
  return edgePackages.filter((role: Fields) =>
    Object.entries(names).every(([filter, field]) => {
      const value = query.get(filter);
      return value === null || String(role[field]).includes(value);
    }),
  );
}

const read = (given: Answer): Handled => ({ answer: given, applied: false });

function unknownUser(world: World<EdgeModes>): Handled {
  if (world.modes.unknownUser === '422') return invalid(world, { user_id: ['کاربر یافت نشد'] });
  return refuse(world, 404, SAY.notFound, '404-1');
}

function invalid(world: World<EdgeModes>, errors: Record<string, string[]>): Handled {
  // Both occur (api/edge.md): a general text with 422-1, or all errors in one text with 400-2.
  return world.modes.invalidForm === '400-2'
    ? refuse(world, 422, Object.values(errors).flat().join('، '), '400-2', errors)
    : refuse(world, 422, SAY.badData, '422-1', errors);
}

function refuse(
  world: World<EdgeModes>,
  status: number,
  message: string,
  code: string,
  errors: Fields = {},
): Handled {
  const shown = world.modes.ok200fail === 'yes' ? 200 : status;
  const atRoot = world.modes.errorsPlace === 'root';
  return read(answer(shown, message, code, null, atRoot ? {} : { errors }, atRoot ? { errors } : {}));
}

function answer(
  status: number,
  message: string,
  code: string,
  data: Json,
  meta: Fields = {},
  root: Fields = {},
): Answer {
  const whole = {
    data,
    meta: { status: code.startsWith('200'), message, message_parameters: [], message_code: code, ...meta },
    ...root,
  };
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(whole),
  };
}
