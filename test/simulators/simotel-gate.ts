import { createHash, timingSafeEqual } from 'node:crypto';
import type { SimotelModes } from './simotel-modes.ts';
import type { Answer, Json, SimRequest } from './types.ts';

export interface SimotelAccount {
  readonly user: string;
  readonly password: string;
  readonly apiKey: string;
}

const JSON_TYPE = 'application/json; charset=UTF-8';

/** An answer in Simotel's format, with `success` in the mode's form. */
export function simotelAnswer(
  modes: Pick<SimotelModes, 'successForm'>,
  status: number,
  ok: boolean,
  message: string,
  data: Json = '',
): Answer {
  return {
    status,
    headers: { 'content-type': JSON_TYPE },
    body: JSON.stringify({ success: successValue(modes, ok), message, data }),
  };
}

export function successValue(modes: Pick<SimotelModes, 'successForm'>, ok: boolean): Json {
  if (modes.successForm === 'boolean') return ok;
  return modes.successForm === 'string' ? (ok ? '1' : '0') : ok ? 1 : 0;
}

/** Apache's own 404, as a wrong host, path or API version gives (api/simotel.md, "Auth and errors"). */
export function apacheNotFound(path: string): Answer {
  const shown = path.replace(/[<>&]/g, '');
  return {
    status: 404,
    headers: { 'content-type': 'text/html; charset=iso-8859-1', server: 'Apache/2.4.6 (CentOS)' },
    body: `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL ${shown} was not found on this server.</p>\n</body></html>\n`,
  };
}

/**
 * The checks before a route, in the order of a web server: path, method, machine, credential, permission, body. Returns
 * the refusal, or `undefined` to continue. `route` is the path below `/api/<version>`.
 */
export function refuseAtGate(
  request: SimRequest,
  route: string,
  known: boolean,
  account: SimotelAccount,
  modes: SimotelModes,
): Answer | undefined {
  const no = (status: number, message: string): Answer => simotelAnswer(modes, status, false, message);
  if (request.method !== 'POST') return no(405, 'Method not allowed');
  if (modes.ipPermitted === 'no') return no(403, 'IP is not permitted');
  const login = checkLogin(request, account, modes);
  if (login !== 'ok') return no(401, `BasicAuth or ApiKey is ${login}`);
  if (modes.deniedPaths.includes(route)) return no(403, `"${route}";Access denied`);
  if (!known || modes.missingPaths.includes(route)) return no(501, 'Requested service does not exist');
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    return no(415, 'Unsupported Media Type');
  if (request.parsed === undefined || request.parsed === null || typeof request.parsed !== 'object')
    return no(400, 'Unable to parse content');
  return undefined;
}

function checkLogin(
  request: SimRequest,
  account: SimotelAccount,
  modes: SimotelModes,
): 'ok' | 'missing' | 'invalid' {
  const basic = checkOne(
    request.headers.authorization,
    `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`,
    modes,
  );
  const key = request.headers['x-apikey'];
  const apiKey = checkOne(Array.isArray(key) ? key[0] : key, account.apiKey, modes);
  if (modes.authMode === 'basic') return basic;
  if (modes.authMode === 'apikey') return apiKey;
  const both = [basic, apiKey];
  if (modes.authBoth === 'either')
    return both.includes('ok') ? 'ok' : both.includes('invalid') ? 'invalid' : 'missing';
  return both.includes('missing') ? 'missing' : both.includes('invalid') ? 'invalid' : 'ok';
}

function checkOne(
  given: string | undefined,
  right: string,
  modes: SimotelModes,
): 'ok' | 'missing' | 'invalid' {
  if (given === undefined || given === '') return 'missing';
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return modes.credentials === 'valid' && timingSafeEqual(digest(given), digest(right)) ? 'ok' : 'invalid';
}
