import type { Connection, Place } from '../model/connection';
import { fail } from '../model/problem';

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Returns where a connection's credentials go. The port is always explicit, so that none hides behind a default. */
export function placeOf({
  baseUrl,
  certificate,
  proxy,
}: Pick<Connection, 'baseUrl' | 'certificate' | 'proxy'>): Place {
  const origin = originOf(baseUrl);
  // Through TLS a proxy sees nothing; over plain http it reads the credential.
  const reader = proxy && origin.startsWith('http:') ? { proxy: originOf(proxy) } : {};
  return { origin, certificate, ...reader };
}

/** Returns the scheme, host and port that requests to a URL go to. @throws ProblemError where it is not a usable URL */
export function originOf(url: string): string {
  const { protocol, hostname, port } = parsed(url) ?? fail('invalid-input', { field: 'baseUrl' });
  return `${protocol}//${hostname}:${port || (defaultPorts[protocol] ?? '')}`;
}

/** Returns whether two places are the same: scheme, host and port, certificate, and the proxy that can read it. */
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
