import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { createServer, type TlsOptions } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { CertificateProblemError, peekCertificate } from '../../electron/drivers';
import { certificate, startSimotel } from '../simulators';
import { atEnd, bench, gist, listenTcp, problemOf } from './drivers-support';

const fingerprint = (which: 'first' | 'second') => new X509Certificate(certificate(which)).fingerprint256;

async function start(pin: string | null) {
  const server = await startSimotel({ tls: 'first' });
  atEnd(() => server.stop());
  return { server, ...bench('simotel', server.url, { draft: { certificate: pin } }) };
}

async function listenTls(options: TlsOptions): Promise<string> {
  const key = readFileSync(new URL('../simulators/certs/first.key.pem', import.meta.url));
  const server = createServer({ ...options, key, cert: certificate('first') });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `https://127.0.0.1:${address.port}`;
}

const write = (made: ReturnType<typeof bench>) =>
  made.driver.buildWrite(made.connection, 'x', {}, new Map([['name', 'y']]));

describe('certificates', () => {
  it('a self-signed one is not trusted, is shown for comparison, and nothing is sent', async () => {
    const made = await start(null);
    const error = await made.driver.test(made.context).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CertificateProblemError);
    expect(error).toMatchObject({
      problem: { code: 'tls-untrusted', params: { fingerprint: fingerprint('first') } },
      certificate: { fingerprint: fingerprint('first') },
    });
    expect(gist(await made.driver.send(made.context, write(made)))).toBe('not-sent tls-untrusted');
    expect(made.server.log).toHaveLength(0);
  });

  it('a pinned one is accepted although it is self-signed', async () => {
    const made = await start(fingerprint('first'));
    await expect(made.driver.test(made.context)).resolves.toMatchObject({
      tested: ['reach', 'login', 'read'],
    });
  });

  it('another one than the pinned is refused before anything is sent', async () => {
    const made = await start(fingerprint('second'));
    expect(gist(await made.driver.send(made.context, write(made)))).toBe('not-sent tls-changed');
    expect(made.server.log).toHaveLength(0);
  });

  it('a server that comes back with another one is found out at the next connection', async () => {
    const made = await start(fingerprint('first'));
    await made.driver.test(made.context);
    await made.server.restart({ tls: 'second' });
    await setTimeout(100);
    made.server.clearLog();
    expect((await problemOf(made.driver.test(made.context))).code).toBe('tls-changed');
    expect(made.server.log).toHaveLength(0);
  });

  it('a changed pin does not live on the sockets of the old one', async () => {
    const made = await start(fingerprint('first'));
    await made.driver.test(made.context);
    const connection = { ...made.connection, certificate: fingerprint('second') };
    expect((await problemOf(made.driver.test({ ...made.context, connection }))).code).toBe('tls-changed');
  });

  it('can be looked at without sending anything', async () => {
    const { server } = await start(null);
    await expect(peekCertificate(`${server.url}/api/v4`, 1_000)).resolves.toMatchObject({
      fingerprint: fingerprint('first'),
      validTo: expect.stringContaining('GMT'),
    });
    expect(server.log).toHaveLength(0);
  });

  it('https to a port that speaks plain http says that there is no TLS, and nothing is sent', async () => {
    const server = await startSimotel();
    atEnd(() => server.stop());
    const made = bench('simotel', server.url.replace('http:', 'https:'));
    expect(gist(await made.driver.send(made.context, write(made)))).toBe('not-sent tls-not-spoken');
    expect((await problemOf(peekCertificate(made.connection.baseUrl, 1_000))).code).toBe('tls-not-spoken');
  });

  it.each<[string, TlsOptions, string]>([
    [
      'has nothing newer than TLS 1.0',
      { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' },
      'tls-old',
    ],
    [
      'has nothing newer than TLS 1.1',
      { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
      'tls-old',
    ],
    [
      'has no cipher in common with us',
      { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0' },
      'tls-weak',
    ],
  ])('a server that %s is told apart, and nothing is sent', async (_name, options, code) => {
    const url = await listenTls(options);
    const made = bench('simotel', url);
    expect(gist(await made.driver.send(made.context, write(made)))).toBe(`not-sent ${code}`);
    expect((await problemOf(made.driver.test(made.context))).code).toBe(code);
    expect((await problemOf(peekCertificate(url, 1_000))).code).toBe(code);
  });

  it('a server that takes the connection and says nothing in TLS times out, and nothing is sent', async () => {
    const url = await listenTcp(() => undefined);
    const made = bench('simotel', url.replace('http:', 'https:'), { draft: { timeoutMs: 1_000 } });
    expect(gist(await made.driver.send(made.context, write(made)))).toBe('not-sent timeout');
    expect((await problemOf(peekCertificate(made.connection.baseUrl, 200))).code).toBe('timeout');
  });
});
