import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driverFor } from '../../electron/drivers';
import { retryAfterMs } from '../../electron/drivers/answers';
import { networkProblem } from '../../electron/drivers/network-errors';
import { secretsIn } from '../../electron/drivers/payload';
import { plainJson, rowsOf } from '../../electron/drivers/records';
import { credentialSecrets, redactor } from '../../electron/drivers/redact';
import { catalogOf, kindSchema, serverKinds } from '../../shared/catalog';

describe('taking secrets out of a text', () => {
  it.each(['p@ss/w"rd', 'گذرواژه ۱۲', 'a+b c&d<e>', "it's (1)*!", 'tab\tand\\slash', '$&.*[x]'])(
    'finds %s in every usual form',
    (secret) => {
      const scrub = redactor([secret]);
      const forms = [
        secret,
        JSON.stringify(secret).slice(1, -1),
        JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
        encodeURIComponent(secret),
        new URLSearchParams({ x: secret }).toString().slice(2),
        Buffer.from(secret).toString('base64'),
      ];
      for (const form of forms) expect(scrub(`<${form}>`)).toBe('<•••>');
    },
  );

  it('finds a plus for a space where nothing else is encoded', () => {
    expect(redactor(['open sesame'])('secret=open+sesame')).toBe('secret=•••');
  });

  it('takes out the same, whether it looks for what may be there first or not', () => {
    const part = fc.constantFrom('a', 'b+', ' c', '/', '"', '&', '\u06f1', 'گ', '41', '\n', '.');
    const secret = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    const forms = [
      (one: string) => one,
      (one: string) => JSON.stringify(one).slice(1, -1),
      (one: string) => one.replaceAll(' ', '+'),
      (one: string) => Buffer.from(one).toString('base64'),
      (one: string) => one.slice(1),
    ];
    const piece = fc.tuple(secret, fc.constantFrom(...forms)).map(([one, form]) => form(one));
    fc.assert(
      fc.property(
        fc.array(secret, { maxLength: 4 }),
        fc.array(fc.oneof(piece, fc.string()), { maxLength: 6 }),
        (secrets, pieces) => {
          const scrub = redactor(secrets);
          // Of a text with a percent sign, every secret is looked for by its expression.
          const text = [...pieces, ...secrets.slice(0, 2)].join('').replaceAll('%', '');
          expect(scrub(`${text}\0%`)).toBe(`${scrub(`${text}\0`)}%`);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('finds the pair that Basic is made of', () => {
    const scrub = redactor(credentialSecrets({ user: 'api', password: 'pw' }));
    expect(scrub(`Basic ${Buffer.from('api:pw').toString('base64')}`)).toBe('Basic •••');
  });

  it('leaves longer words alone where the secret is very short', () => {
    expect(redactor(['53'])('53 is taken, 530 is not')).toBe('••• is taken, 530 is not');
  });

  it('changes nothing where there is no secret', () => {
    expect(redactor([''])('Access denied')).toBe('Access denied');
  });

  it('knows the parts of more_options and what sounds secret in fields that no catalog knows', () => {
    const found = secretsIn(catalogOf('simotel'), {
      name: 'Ali',
      secret: 's1',
      more_options: 'a=1\r\nsetvar=PIN=99',
      voicemail: { box: '5', pin: '4321' },
    });
    expect(found).toEqual(expect.arrayContaining(['s1', 'setvar=PIN=99', 'PIN=99', '99', '4321']));
    expect(found).not.toContain('Ali');
    expect(found).not.toContain('5');
  });
});

describe('reading loosely', () => {
  it.each([
    ['[]', []],
    ['null', []],
    ['""', []],
    ['{}', []],
    ['{"_id":"a"}', [{ _id: 'a' }]],
    ['{"3":{"_id":"a"},"7":{"_id":"b"}}', [{ _id: 'a' }, { _id: 'b' }]],
    ['"busy"', null],
    ['false', null],
    ['{"error":"x"}', null],
  ])('takes %s for the right rows', (text, rows) => {
    expect(rowsOf(plainJson(JSON.parse(text)), '_id')).toEqual(rows);
  });

  it('measures a Retry-After date by the clock of the server that set it', () => {
    const headers = new Map([
      ['retry-after', 'Wed, 01 Jan 2020 00:00:09 GMT'],
      ['date', 'Wed, 01 Jan 2020 00:00:02 GMT'],
    ]);
    const answer = { url: 'http://x/', status: 429, headers, body: Buffer.alloc(0) };
    expect(retryAfterMs(answer)).toBe(7_000);
    expect(retryAfterMs({ ...answer, headers: new Map([['retry-after', '3']]) })).toBe(3_000);
    expect(retryAfterMs({ ...answer, headers: new Map([['retry-after', 'soon']]) })).toBeUndefined();
  });

  it.each([
    ['ENOTFOUND', 'name-not-found'],
    ['EAI_AGAIN', 'name-not-found'],
    ['ECONNREFUSED', 'refused'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'reset'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-not-spoken'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls-old'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-old'],
    ['ERR_SSL_DH_KEY_TOO_SMALL', 'tls-weak'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls-weak'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-client-certificate'],
    ['EPROTO', 'tls-failed'],
    ['HPE_INVALID_CONSTANT', 'unexpected-answer'],
  ])('%s is %s', (code, expected) => {
    expect(networkProblem(Object.assign(new Error('x'), { code }), 'pbx').code).toBe(expected);
    const many = new AggregateError([Object.assign(new Error('x'), { code })]);
    expect(networkProblem(many, 'pbx').code).toBe(expected);
  });
});

it('there is a driver for every catalog, and only for those', () => {
  for (const kind of kindSchema.options) expect(driverFor(kind).kind).toBe(kind);
  expect(kindSchema.options).toEqual(Object.keys(serverKinds));
});
