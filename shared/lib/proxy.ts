import type { AuthModeSpec } from '../catalog/server-kind';
import { type baseUrlReasons, normaliseBaseUrl } from './base-url';

export type ProxyResult =
  | { readonly ok: true; readonly url: string | null }
  | { readonly ok: false; readonly reason: (typeof baseUrlReasons)[number] | 'path' };

/** The login of a proxy: parts of a connection's credentials, kept as those are, and for the proxy's address alone. */
export const proxyLogin: AuthModeSpec = {
  id: 'proxy',
  label: { en: 'Login of the proxy', fa: 'ورود به پراکسی' },
  parts: [
    { id: 'proxyUser', label: { en: 'User of the proxy', fa: 'کاربر پراکسی' }, visible: true },
    { id: 'proxyPassword', label: { en: 'Password of the proxy', fa: 'گذرواژهٔ پراکسی' } },
  ],
};

/** The ids of a proxy login's parts. */
export const proxyParts: readonly string[] = proxyLogin.parts.map(({ id }) => id);

/** A proxy's address as pasted, as scheme, host and port; null where none is wanted. The same doubts count as for servers. */
export function normaliseProxy(pasted: string): ProxyResult {
  let path = '';
  const keepPath = (found: string): string => {
    path = found;
    return '';
  };
  const read = normaliseBaseUrl({ basePath: keepPath }, pasted);
  if (!read.ok) return read.reason === 'empty' ? { ok: true, url: null } : read;
  // The address of a page that says which proxy to use, and no proxy's own.
  return path === '' ? { ok: true, url: read.url } : { ok: false, reason: 'path' };
}

/** Whether a URL leads to this computer, or into a network that is not the internet, as far as its address tells. */
export function isNear(url: string): boolean {
  const host = hostIn(url);
  if (host.startsWith('[')) return /^\[(::1?\]|f[cd]|fe[89ab]|::ffff:)/i.test(host);
  if (!/^[\d.]+$/.test(host))
    return host === 'localhost' || /\.(local|localhost|lan|internal|home\.arpa)$/.test(host);
  const [first = 0, second = 0] = host.split('.').map(Number);
  if (first === 10 || first === 127 || first === 0) return true;
  if (first === 172) return second >= 16 && second <= 31;
  if (first === 100) return second >= 64 && second <= 127;
  return first === 169 ? second === 254 : first === 192 && second === 168;
}

function hostIn(url: string): string {
  try {
    return new URL(url).hostname.toLowerCase();
  } catch {
    return '';
  }
}
