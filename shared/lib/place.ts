import type { Connection, Place } from '../model/connection';
import { fail } from '../model/problem';

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Where the credentials of a connection go. The port is always named, so that none hides behind a usual one. */
export function placeOf({
  baseUrl,
  certificate,
  proxy,
}: Pick<Connection, 'baseUrl' | 'certificate' | 'proxy'>): Place {
  const origin = originOf(baseUrl);
  // Through TLS a proxy sees nothing; over plain http it is one more that gets the credential.
  const reader = proxy && origin.startsWith('http:') ? { proxy: originOf(proxy) } : {};
  return { origin, certificate, ...reader };
}

/** Scheme, host and port that a URL leads to, as requests are sent. @throws ProblemError where it leads nowhere */
export function originOf(url: string): string {
  const { protocol, hostname, port } = parsed(url) ?? fail('invalid-input', { field: 'baseUrl' });
  return `${protocol}//${hostname}:${port || (defaultPorts[protocol] ?? '')}`;
}

/** Whether two places are one: the same scheme, host and port, under the same certificate, read by the same proxy. */
export function samePlace(one: Place, other: Place): boolean {
  return one.origin === other.origin && one.certificate === other.certificate && one.proxy === other.proxy;
}

function parsed(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
