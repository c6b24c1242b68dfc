import { describe, expect, it } from 'vitest';
import type { Kind } from '../../shared/catalog';
import { recordsOf } from '../../shared/model/connection';
import type { FaultInput } from '../simulators';
import { inDirectory, onServer, rowOf } from '../support/engine';
import { applied, bench, has, writesTo, writtenTwice } from '../support/engine-cases';

/** What a fault on the first row's write must come to. */
interface Case {
  readonly what: string;
  readonly fault: FaultInput;
  /** Outcome and the problem's code. */
  readonly first: string;
  readonly params?: Record<string, unknown>;
  /** Whether the server has the value afterwards. */
  readonly there: boolean;
  /** What becomes of the other rows; applied where left out. */
  readonly rest?: string;
  readonly only?: Kind;
}

const json = 'application/json; charset=utf-8';
const status = (code: number, body: unknown, more: object = {}): FaultInput => ({
  kind: 'status',
  status: code,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  contentType: typeof body === 'string' ? 'text/html' : json,
  ...more,
});
const simotel = (message: string) => ({ success: 0, message, data: '' });
const edge = (code: string, message: string, errors: object = {}) => ({
  data: null,
  meta: { status: false, message, message_parameters: [], message_code: code, errors },
});
const page = '<!DOCTYPE html><html><head><title>Not Found</title></head><body>Not Found</body></html>';
const skipped = 'skipped stopped-by-server';

const both: readonly Case[] = [
  { what: 'a reset before the body', fault: 'resetBeforeBody', first: 'rejected reset', there: false },
  { what: 'a reset after the server applied', fault: 'resetAfterApply', first: 'applied reset', there: true },
  { what: 'a reset half way through the answer', fault: 'resetMidBody', first: 'applied reset', there: true },
  { what: 'a time-out before applying', fault: 'hangBeforeApply', first: 'unknown timeout', there: false },
  { what: 'a time-out after applying', fault: 'hangAfterApply', first: 'applied timeout', there: true },
  {
    what: 'an answer that drips in within the time-out',
    fault: { kind: 'slowDrip', bytes: 16, everyMs: 10 },
    first: 'applied',
    there: true,
  },
  {
    what: 'an answer that drips in for longer than the time-out',
    fault: { kind: 'slowDrip', bytes: 1, everyMs: 60 },
    first: 'applied timeout',
    there: true,
  },
  { what: 'truncated JSON', fault: 'truncatedJson', first: 'applied bad-json', there: true },
  { what: 'an empty answer', fault: 'emptyBody', first: 'applied bad-json', there: true },
  { what: 'a web page', fault: 'html', first: 'rejected html-answer', there: false },
  {
    what: 'a web page after the server applied',
    fault: { kind: 'html', apply: true },
    first: 'applied html-answer',
    there: true,
  },
  { what: 'a wrong content type', fault: 'wrongContentType', first: 'applied', there: true },
  { what: '10 MB', fault: 'hugeBody', first: 'applied too-large', there: true },
  {
    what: '10 MB that say so',
    fault: { kind: 'hugeBody', declareLength: true },
    first: 'applied too-large',
    there: true,
  },
  { what: 'a redirect', fault: 'redirect', first: 'rejected redirect', there: false },
  { what: 'a 200 that says it failed', fault: 'okWithFailure', first: 'rejected rejected', there: false },
  {
    what: 'a 200 that says it failed and is not true',
    fault: { kind: 'okWithFailure', apply: true },
    first: 'applied rejected',
    there: true,
  },
  {
    what: 'a byte order mark',
    fault: { kind: 'badEncoding', encoding: 'bom' },
    first: 'applied',
    there: true,
  },
  { what: 'UTF-16', fault: { kind: 'badEncoding', encoding: 'utf-16le' }, first: 'applied', there: true },
  { what: 'Windows-1256', fault: 'badEncoding', first: 'applied', there: true },
  ...(
    [
      [500, 'server-error'],
      [502, 'gateway-failed'],
    ] as const
  ).flatMap(([code, said]): Case[] => [
    {
      what: `a ${code}`,
      fault: status(code, page),
      first: `rejected ${said}`,
      params: { status: code },
      there: false,
    },
    {
      what: `a ${code} after the server applied`,
      fault: status(code, page, { apply: true }),
      first: `applied ${said}`,
      there: true,
    },
  ]),
  {
    what: 'a 503 after the server applied',
    fault: status(503, page, { apply: true }),
    first: 'applied server-error',
    params: { status: 503 },
    there: true,
  },
  {
    what: 'a 504, as a proxy tells of a time-out',
    fault: status(504, page),
    first: 'unknown gateway-failed',
    there: false,
  },
  { what: 'a 408', fault: status(408, ''), first: 'unknown timeout', there: false },
  ...[405, 415, 501].map(
    (code): Case => ({
      what: `a ${code}`,
      fault: status(code, ''),
      first: 'rejected version-mismatch',
      params: { status: code },
      there: false,
      rest: skipped,
    }),
  ),
  {
    what: 'a 404 in HTML',
    fault: status(404, page),
    first: 'rejected wrong-address',
    there: false,
    rest: skipped,
  },
];

const ofSimotel: readonly Case[] = [
  {
    what: 'a 400',
    fault: status(400, simotel('Unable to parse content')),
    first: 'rejected rejected',
    there: false,
  },
  {
    what: 'a 401 "is missing"',
    fault: status(401, simotel('BasicAuth or ApiKey is missing')),
    first: 'rejected unauthorized-mode',
    there: false,
    rest: skipped,
  },
  {
    what: 'a 401 "is invalid"',
    fault: status(401, simotel('BasicAuth or ApiKey is invalid')),
    first: 'rejected unauthorized',
    there: false,
    rest: skipped,
  },
  {
    what: 'a 403 for the address',
    fault: status(403, simotel('IP is not permitted')),
    first: 'rejected ip-not-permitted',
    there: false,
    rest: skipped,
  },
  {
    what: 'a 403 for the path',
    fault: status(403, simotel('/pbx/users/update;Access denied')),
    first: 'rejected path-not-ticked',
    params: { path: '/pbx/users/update' },
    there: false,
    rest: skipped,
  },
  {
    what: 'a 200 without a word on success',
    fault: status(200, { message: 'Hello' }),
    first: 'rejected unexpected-answer',
    there: false,
  },
  {
    what: 'a missing field',
    fault: status(200, simotel("Field 'number':value is missing")),
    first: 'rejected field-missing',
    params: { field: 'number' },
    there: false,
  },
];

const ofEdge: readonly Case[] = [
  {
    what: 'a 401 with 400-1',
    fault: status(401, edge('400-1', 'اطلاعات وارد شده صحیح نمی باشد')),
    first: 'rejected unauthorized',
    there: false,
    rest: skipped,
  },
  {
    what: 'a 404 with 404-1',
    fault: status(404, edge('404-1', 'اطلاعات مورد نظر یافت نشد')),
    first: 'rejected unknown-record',
    there: false,
  },
  {
    what: 'a 422 with 400-2',
    fault: status(422, edge('400-2', 'اطلاعات ارسالی معتبر نیست')),
    first: 'rejected rejected',
    there: false,
  },
  {
    what: 'a 422 with 422-1',
    fault: status(422, edge('422-1', 'اطلاعات ارسالی معتبر نیست', { description: ['نامعتبر'] })),
    first: 'rejected field-errors',
    params: { fields: 'description' },
    there: false,
  },
  {
    what: 'errors at the root',
    fault: status(422, {
      ...edge('422-1', 'اطلاعات ارسالی معتبر نیست'),
      errors: { description: ['نامعتبر'] },
    }),
    first: 'rejected field-errors',
    params: { fields: 'description' },
    there: false,
  },
  {
    what: 'a 200 with meta.status false',
    fault: status(200, edge('422-1', 'نشد', { description: ['بد'] })),
    first: 'rejected field-errors',
    there: false,
  },
  {
    what: 'a 200 without meta',
    fault: status(200, { data: null }),
    first: 'rejected unexpected-answer',
    there: false,
  },
  {
    what: 'a 403 for the key',
    fault: status(403, edge('403-1', 'این سرویس با کلید API در دسترس نیست')),
    first: 'rejected key-refused',
    there: false,
    rest: skipped,
  },
  {
    what: 'a 403',
    fault: status(403, edge('403-1', 'شما به این بخش دسترسی ندارید')),
    first: 'rejected forbidden',
    there: false,
    rest: skipped,
  },
];

const cases: readonly (readonly [Kind, Case])[] = [
  ...(['simotel', 'edge'] as const).flatMap((kind) => both.map((one) => [kind, one] as const)),
  ...ofSimotel.map((one) => ['simotel', one] as const),
  ...ofEdge.map((one) => ['edge', one] as const),
];

describe('a write that meets a fault is judged by what the server has, and sent once', () => {
  it.each(cases.map(([kind, one]) => [kind, one.what, one] as const))('%s: %s', async (kind, _what, one) => {
    // Where a time-out is what is tried, it comes soon.
    const timesOut =
      one.first.endsWith(' timeout') && (typeof one.fault === 'string' || one.fault.kind !== 'status');
    const place = await bench(kind, { draft: { timeoutMs: timesOut ? 1_000 : 20_000 } });
    const { engine, server, connection, ids } = place;
    const [first = '', ...others] = ids;
    const was = onServer(kind, server.record(first), 'description');
    const armed = server.failOn({ path: '/update', recordId: first }, one.fault, 1);
    const run = await applied(place);

    expect(armed.hits()).toBe(1);
    const row = rowOf(run, first).result;
    expect([row?.outcome, row?.problem?.code].filter(Boolean).join(' ')).toBe(one.first);
    if (one.params) expect(row?.problem?.params).toMatchObject(one.params);
    expect(has(place, first)).toBe(one.there);
    if (!one.there) expect(onServer(kind, server.record(first), 'description')).toBe(was);
    for (const id of others) {
      const result = rowOf(run, id).result;
      expect([result?.outcome, result?.problem?.code].filter(Boolean).join(' ')).toBe(one.rest ?? 'applied');
      expect(has(place, id)).toBe(one.rest === undefined);
      if (one.rest) expect(writesTo(server, id)).toEqual([]);
    }
    expect(writtenTwice(server)).toEqual([]);
    // The directory has what was read back, and the edit is prepared until it is on the server.
    expect(inDirectory(engine, connection, first, 'description')).toBe(
      onServer(kind, server.record(first), 'description'),
    );
    expect(engine.services.changes.get(recordsOf(connection), first) === null).toBe(one.there);
    expect(engine.services.journal.open()).toEqual([]);
    expect(engine.services.runs.unfinished()).toEqual([]);
  });
});
