import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeEnvelopeKeys, open } from '../../shared/lib/envelope';
import type { Connection } from '../../shared/model/connection';
import { everything } from '../../shared/model/journal';
import { demoEdgeAccount, demoSimotelAccount } from '../simulators';
import {
  apply,
  changesIn,
  connect,
  crypto,
  gist,
  type House,
  makePlan,
  ok,
  openHouse,
  refused,
  resultOf,
  type as typeInto,
} from '../support/house';
import { pageOf, reopened } from '../support/office';
import { arrives, idOf, panel, pbx } from '../support/servers';

/** The forms in which a secret could stand somewhere: as it is, escaped for JSON, for a URL, in base64, in hex. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const bytes = Buffer.from(secret);
  // Base64 of a part of a longer text starts at any of three places; the edges depend on the neighbours.
  const shifted = [0, 1, 2].map((skip) => {
    const part = bytes.subarray((3 - skip) % 3);
    return part.subarray(0, part.length - (part.length % 3)).toString('base64');
  });
  const php = json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const forms = [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    php,
    encodeURIComponent(secret),
    bytes.toString('hex'),
  ];
  return [
    ...new Set([
      ...forms,
      ...shifted,
      ...shifted.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ];
}

/** Every place of a text in which a secret stands; the report names the secret by its number, not by its value. */
function leaks(secrets: readonly string[], places: Readonly<Record<string, string>>): string[] {
  return secrets.flatMap((secret, index) =>
    formsOf(secret).flatMap((form, kind) =>
      Object.entries(places).flatMap(([place, text]) =>
        text.includes(form) ? [`secret ${index} in form ${kind} in ${place}`] : [],
      ),
    ),
  );
}

/** The bytes of every file of a profile, as text of one byte a letter and as UTF-8. */
function filesOf(house: House): Record<string, string> {
  const files = readdirSync(house.folder, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  return Object.fromEntries(
    files.flatMap((one) => {
      const path = join(one.parentPath, one.name);
      const bytes = readFileSync(path);
      return [
        [one.name, bytes.toString('latin1')],
        [`${one.name} as UTF-8`, bytes.toString('utf8')],
      ];
    }),
  );
}

function placesOf(house: House): Record<string, string> {
  return { ...filesOf(house), 'the window': house.seen(), 'the log': house.noted.join('\n') };
}

const filter = { ...everything, before: null, limit: 200 };

describe('the search for secrets', () => {
  it('finds one in each form, so that finding none means something', () => {
    const secret = 'Sä/cret "1"+ with=some&length';
    for (const form of formsOf(secret))
      expect(leaks([secret], { here: `before ${form} after` }), form).not.toEqual([]);
    for (const before of ['', 'a', 'ab', 'abc']) {
      const text = Buffer.from(`${before}${secret}:after`).toString('base64');
      expect(leaks([secret], { here: text })).not.toEqual([]);
    }
    expect(leaks([secret], { here: 'nothing' })).toEqual([]);
  });
});

describe('a whole day of work leaves no secret in the profile, before the window or in the log', () => {
  it('on a PBX, faults and echoes of a leaky server included', async () => {
    const house = await openHouse();
    const server = await pbx({ modes: { updateAnswerOld: 'old' } });
    const typed = 'TYPED-sip/secret "quoted" رمز';
    const options = 'TYPED-options-9f2e77aa';
    const inner = 'UNKNOWN-inner-77ab12cd';
    const id = idOf(server, 0);
    const other = idOf(server, 1);
    server.patch(id, { web_phone: { layout: 'x', sip_token: inner }, api_key: `${inner}-2` });
    const serverSecrets = server.records().flatMap((record) => {
      const more = String(record.more_options);
      // Only what is a secret in there: a codec list is in many a text.
      return [String(record.secret), ...(/PIN=(\S+)/.exec(more)?.slice(1) ?? [])];
    });
    const basic = Buffer.from(`${demoSimotelAccount.user}:${demoSimotelAccount.password}`).toString('base64');

    const connection = await connect(house, 'simotel', server, { timeoutMs: 5_000 });
    await read(house, connection, id);
    await typeInto(house, connection, id, 'secret', typed);
    await typeInto(house, connection, id, 'more_options', `setvar=PIN=${options}`);
    await typeInto(house, connection, id, 'name', 'Sara');
    await typeInto(house, connection, other, 'secret', `${typed}-2`);
    await reveal(house, connection, id, 'secret', 'record', String(server.record(id)?.secret));
    await reveal(house, connection, id, 'secret', 'change', typed);

    // A server that quotes what it was sent, in its refusal.
    const leaky = `rejected: ${basic} ${typed} ${demoSimotelAccount.password} ${options}`;
    server.failNext(
      { kind: 'status', status: 400, body: JSON.stringify({ success: 0, message: leaky }) },
      { path: '/update' },
    );
    let run = await apply(house, await makePlan(house));
    expect(resultOf(run, id).outcome).toBe('rejected');
    expect(gist(resultOf(run, other))).toBe('applied');
    // A server that resets an unknown object with secrets in it, and the answer lost.
    server.setMode({ resetFields: ['web_phone', 'api_key'] });
    const plan = await makePlan(house);
    server.failNext('resetAfterApply', { path: '/update' });
    run = await apply(house, plan);
    expect(resultOf(run, id).outcome).toBe('side-effect');
    expect(server.record(id)).toMatchObject({ secret: typed, more_options: `setvar=PIN=${options}` });
    server.setMode({ resetFields: [] });

    // A conflict over a secret, settled.
    await typeInto(house, connection, other, 'secret', `${typed}-3`);
    server.patch(other, { secret: 'THEIRS-sip-secret-44' });
    const conflict = await makePlan(house);
    const changeId = conflict.rows[0]?.changeId ?? '';
    await ok(house.ask.changes.settle({ planId: conflict.id, changeId, field: 'secret', keep: 'mine' }));
    // An unknown one, decided after the next start.
    const last = await makePlan(house);
    void arrives(server, ({ path }) => path.endsWith('/update')).then(() =>
      server.failNext('resetBeforeBody', { path: '/search' }, 1_000),
    );
    expect(resultOf(await apply(house, last), other).outcome).toBe('unknown');
    await server.clearFaults();
    const next = await reopened(house);
    const { items } = await ok(next.ask.journal.page(filter));
    const seq = items.find((item) => item.outcome === 'unknown')?.seq ?? 0;
    expect(await ok(next.ask.apply.resolve({ seq }))).toMatchObject({ outcome: 'applied' });
    await ok(next.ask.directory.sync({ connectionId: connection.id }));
    await read(next, connection, other);
    // The wrong password, and a test of what stands in the form.
    const wrong = 'WRONG-password-5512';
    const { id: connectionId, createdAt: _made, updatedAt: _changed, ...draft } = connection;
    const credentials = { password: await next.envelope(wrong) };
    expect(await ok(next.ask.connections.test({ draft, connectionId, credentials }))).toMatchObject({
      ok: false,
    });

    const secrets = [
      ...serverSecrets,
      demoSimotelAccount.password,
      basic,
      typed,
      `${typed}-3`,
      options,
      inner,
      'THEIRS-sip-secret-44',
      wrong,
    ];
    expect(leaks(secrets, placesOf(house))).toEqual([]);
    expect(leaks(secrets, placesOf(next))).toEqual([]);
    expect(items.length).toBeGreaterThan(4);
  });

  it('on a panel, its token and passwords included', async () => {
    const house = await openHouse();
    const server = await panel();
    const id = idOf(server, 0);
    const typed = 'TYPED-Panel!pass/9 word';
    const connection = await connect(house, 'edge', server);
    await read(house, connection, id);
    await typeInto(house, connection, id, 'password', typed);
    await typeInto(house, connection, id, 'company', 'New company');
    await reveal(house, connection, id, 'password', 'change', typed);
    const leaky = `رد شد: ${demoEdgeAccount.token} ${typed}`;
    server.failNext(
      {
        kind: 'status',
        status: 422,
        body: JSON.stringify({ meta: { status: false, message: leaky, errors: { password: [typed] } } }),
      },
      { path: '/update' },
    );
    expect(resultOf(await apply(house, await makePlan(house)), id).outcome).toBe('rejected');
    const plan = await makePlan(house);
    server.failNext('hangAfterApply', { path: '/update' });
    expect(resultOf(await apply(house, plan), id).outcome).toBe('unknown');
    expect(resultOf(await apply(house, await makePlan(house)), id)).toMatchObject({
      outcome: 'applied',
      unverifiable: ['password'],
    });
    expect(server.record(id)?.password).toBe(typed);
    await ok(house.ask.journal.page(filter));
    // A token that the panel refuses, with a prefix that it does not take.
    const wrong = 'Bearer WRONG-token-7781';
    const part = { connectionId: connection.id, part: 'token', secret: await house.envelope(wrong) };
    await ok(house.ask.connections.setCredential(part));
    await refused(house.ask.directory.sync({ connectionId: connection.id }));

    const passwords = server.records().map((record) => String(record.password));
    const secrets = [...passwords, typed, demoEdgeAccount.token, wrong, 'WRONG-token-7781'];
    expect(leaks(secrets, placesOf(house))).toEqual([]);
  });
});

/** Looks at everything that a window would show of a connection. */
async function read(house: House, { id: connectionId }: Connection, remoteId: string): Promise<void> {
  const columns = ['name', 'number', 'secret', 'more_options', 'password', 'company'];
  await pageOf(house, { id: connectionId }, { sort: { field: 'secret', descending: false }, columns });
  await ok(house.ask.directory.record({ connectionId, remoteId }));
  for (const field of columns) await ok(house.ask.directory.distinct({ connectionId, field }));
  await ok(house.ask.connections.list());
  await ok(house.ask.connections.credentials({ connectionId }));
  await changesIn(house);
}

/** Asks to see a secret as the window does; what comes is an envelope that only that window opens. */
async function reveal(
  house: House,
  { id: connectionId }: Connection,
  remoteId: string,
  field: string,
  source: 'record' | 'change',
  value: string,
): Promise<void> {
  const window = await makeEnvelopeKeys(crypto);
  const asked = { connectionId, remoteId, field, source, to: window.publicKey };
  const { secret } = await ok(house.ask.directory.reveal(asked));
  expect(await open(crypto, window, secret)).toBe(value);
}
