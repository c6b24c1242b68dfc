import type { Catalog } from '../catalog';
import { asciiDigits } from './text';

export type BaseUrlResult =
  | { readonly ok: true; readonly url: string; readonly plain: boolean }
  | { readonly ok: false; readonly reason: 'empty' | 'not-a-url' | 'scheme' | 'has-credentials' };

// Direction marks and zero-width characters come along when an address is copied out of Persian text.
const invisible = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * A base URL as pasted, brought into the one form that requests are built from: scheme, host, port and path up to
 * and with the API's version, no slash at the end. Simotel: `…/api/v4` (api note, "Base"). Edge: `…/v1`, pasted
 * with or without `/v1`, `/api` and a slash (api note on Edge).
 */
export function normaliseBaseUrl(catalog: Catalog, pasted: string): BaseUrlResult {
  const text = asciiDigits(pasted.replace(invisible, ''))
    .trim()
    .replace(/^["'<]+|["'>]+$/g, '')
    .trim();
  if (text === '') return { ok: false, reason: 'empty' };
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch {
    return { ok: false, reason: 'not-a-url' };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { ok: false, reason: 'scheme' };
  if (url.username !== '' || url.password !== '') return { ok: false, reason: 'has-credentials' };
  if (url.hostname === '') return { ok: false, reason: 'not-a-url' };
  const path = catalog.basePath(url.pathname.replace(/\/{2,}/g, '/').replace(/\/+$/, ''));
  return { ok: true, url: `${url.protocol}//${url.host}${path}`, plain: url.protocol === 'http:' };
}
