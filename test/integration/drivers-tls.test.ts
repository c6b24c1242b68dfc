import { X509Certificate } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
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
    await expect(made.driver.test(made.context)).resolves.toEqual({});
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

  it('https to a port that speaks plain http fails as TLS, and nothing is sent', async () => {
    const server = await startSimotel();
    atEnd(() => server.stop());
    const made = bench('simotel', server.url.replace('http:', 'https:'));
    expect(gist(await made.driver.send(made.context, write(made)))).toBe('not-sent tls-failed');
    expect((await problemOf(peekCertificate(made.connection.baseUrl, 1_000))).code).toBe('tls-failed');
  });

  it('a server that takes the connection and says nothing in TLS times out, and nothing is sent', async () => {
    const url = await listenTcp(() => undefined);
    const made = bench('simotel', url.replace('http:', 'https:'));
    expect(gist(await made.driver.send(made.context, write(made)))).toBe('not-sent timeout');
    expect((await problemOf(peekCertificate(made.connection.baseUrl, 200))).code).toBe('timeout');
  });
});
