import type { AuthModeSpec } from '../catalog/server-kind';
import { type baseUrlReasons, normaliseBaseUrl } from './base-url';

export type ProxyResult =
  | { readonly ok: true; readonly url: string | null }
  | { readonly ok: false; readonly reason: (typeof baseUrlReasons)[number] | 'path' };

/** The login of a proxy: parts of a connection's credentials, stored like those but for the proxy's address only. */
export const proxyLogin: AuthModeSpec = {
  id: 'proxy',
  label: { en: 'Login of the proxy', fa: 'ورود به پراکسی' },
  parts: [
    { id: 'proxyUser', label: { en: 'User of the proxy', fa: 'کاربر پراکسی' }, visible: true },
    { id: 'proxyPassword', label: { en: 'Password of the proxy', fa: 'گذرواژهٔ پراکسی' } },
  ],
};

export const proxyParts: readonly string[] = proxyLogin.parts.map(({ id }) => id);

/** Normalises a pasted proxy address to scheme, host and port; null for none. Refuses what is refused for servers. */
export function normaliseProxy(pasted: string): ProxyResult {
  let path = '';
  const keepPath = (found: string): string => {
    path = found;
    return '';
  };
  const read = normaliseBaseUrl({ basePath: keepPath }, pasted);
  if (!read.ok) return read.reason === 'empty' ? { ok: true, url: null } : read;
  // The address of a proxy configuration script (PAC), not of a proxy.
  return path === '' ? { ok: true, url: read.url } : { ok: false, reason: 'path' };
}

/** Returns whether a URL points to this computer or a private network, judging by its address. */
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
