import type { ServerKind } from '../catalog/server-kind';
import { plainDigits } from '../values/digits';
import { withoutUnseen } from '../values/unseen';

export const baseUrlReasons = ['empty', 'not-a-url', 'scheme', 'address', 'has-credentials'] as const;

export type BaseUrlResult =
  | { readonly ok: true; readonly url: string; readonly plain: boolean }
  | { readonly ok: false; readonly reason: (typeof baseUrlReasons)[number] };

/** The longest base URL, both as pasted and as stored. */
export const longestBaseUrl = 300;

type Scheme = 'http' | 'https';

const refused = (reason: (typeof baseUrlReasons)[number]): BaseUrlResult => ({ ok: false, reason });

/**
 * Normalises a pasted base URL: scheme, host, port, and path up to and including the API's version, no slash at the
 * end. Simotel: `…/api/v4` (api note, "Base"). Edge: `…/v1`, pasted with or without `/v1`, `/api` and a slash (api note
 * on Edge).
 *
 * Ambiguous input is refused, because the credential goes to this address. A typed scheme is never replaced, and an
 * IPv4 address is read as four decimal numbers; URL parsers read `010` as eight and `127.1` as an address.
 */
export function normaliseBaseUrl(kind: Pick<ServerKind, 'basePath'>, pasted: string): BaseUrlResult {
  const text = cleaned(pasted);
  if (text === '') return refused('empty');
  const split = schemeOf(text);
  if (!split) return refused('scheme');
  const [, authority = '', path = ''] = /^([^/?#]*)([^?#]*)/.exec(split.rest) ?? [];
  if (authority.includes('@')) return refused('has-credentials');
  // Parsers drop line breaks and tabs; a blank inside means that two things were pasted together.
  if (/[\s\p{Cc}]/u.test(authority + path) || authority.includes('%')) return refused('not-a-url');
  const host = hostOf(authority);
  if (host === 'address') return refused('address');
  const url = host && parsed(`${split.scheme}://${host.name}${host.port}${path}`);
  if (!url || url.protocol !== `${split.scheme}:` || !isHost(url.hostname)) return refused('not-a-url');
  const rest = kind.basePath(withoutPage(url.pathname));
  const whole = `${url.protocol}//${url.host}${rest}`;
  // Additions and the parser's own notation can make it longer than what was pasted.
  if (whole.length > longestBaseUrl || hasLongName(url.hostname)) return refused('not-a-url');
  return { ok: true, url: whole, plain: split.scheme === 'http' };
}

/** Returns whether a host or one of its labels is longer than DNS allows. */
function hasLongName(host: string): boolean {
  return host.length > 253 || host.split('.').some((part) => part.length > 63);
}

/** Removes what is copied along with an address from a text: marks, quotes, brackets, full stops, full-width forms. */
function cleaned(pasted: string): string {
  return plainDigits(withoutUnseen(pasted.normalize('NFKC'), 'text'))
    .replace(/(?<=\d)[٫۔\u00b7\u2022](?=\d)|[\u3002\uff61]/g, '.')
    .replace(/[\u02d0\u05c3\u205a\u2236\ua789]/g, ':')
    .replace(/[\\\u2044\u2215\u2216\u2571\u29f5\u29f8]/g, '/')
    .replace(/^[\s\p{Cc}"'`<>«»“”‘’„(]+|[\s\p{Cc}"'`<>«»“”‘’)}.,;،؛!]+$/gu, '');
}

/** Splits off the typed scheme, `http` by default; null where it is not a scheme or is in doubt. */
function schemeOf(text: string): { readonly scheme: Scheme; readonly rest: string } | null {
  // Including typing errors: `https:/x`, `https:x`, `https//x`, `https;//x`.
  const typed = /^(https?)\s*(?:[:;]\s*\/*|[.,]?\/{2,})\s*/i.exec(text);
  const scheme = typed?.[1]?.toLowerCase() === 'https' ? 'https' : 'http';
  const rest = typed ? text.slice(typed[0].length) : text.replace(/^:?\/\/+/, '');
  // A misspelt, different or second scheme: ambiguous.
  const another =
    /^[a-z][a-z\d+.-]*:\/|^[a-z]+[;.,]?\/{2}|^https?([:;/]|$)|^(ftp|file|javascript|data|mailto|tel|sips?):(?!\d{1,5}(\/|$))/i;
  // Look-alike letters of another script, or a scheme followed by something that no host name contains.
  const foreign = /^[^/.]*[^\p{ASCII}/.][^/.]*([:;]\/|\/{2})|^h?tt+ps?[^/.]{0,3}\/{2}|^https?[^a-z\d.-]/iu;
  return another.test(rest) || foreign.test(rest) ? null : { scheme, rest };
}

/** Splits an authority into host and port; `address` for an IPv4 address in any form but four decimal numbers. */
function hostOf(authority: string): { readonly name: string; readonly port: string } | 'address' | null {
  const parts = /^(\[[\da-f:.]+\]|[^:[\]]+):?(\d{1,5})?$/i.exec(authority);
  if (!parts?.[1]) return null;
  const port = parts[2] === undefined ? '' : `:${Number(parts[2])}`;
  if (port === ':0') return null;
  const name = parts[1].replace(/\.$/, '');
  // Three numbers followed by something else are a mistyped address (`192.168.1.1O`), not a name.
  if (/^(\d+\.){3}[^.]*$/.test(name) && !/^[\d.]+$/.test(name)) return 'address';
  // A URL parser takes a host whose last label is a number for an address.
  if (name.startsWith('[') || !/(^|\.)(\d+|0x[\da-f]*)$/i.test(name)) return { name, port };
  const numbers = name.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  const isAddress = numbers.length === 4 && numbers.every((number) => number <= 255);
  return isAddress ? { name: numbers.join('.'), port } : 'address';
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Parsers accept commas, quotes and the like in a host name; real ones have none. */
function isHost(hostname: string): boolean {
  return (
    hostname.startsWith('[') ||
    /^[a-z\d_]([a-z\d_-]*[a-z\d_])?(\.[a-z\d_]([a-z\d_-]*[a-z\d_])?)*$/i.test(hostname)
  );
}

/** Removes the page of a web interface from a path copied out of a browser. */
function withoutPage(pathname: string): string {
  return pathname
    .replace(/\/{2,}/g, '/')
    .replace(/\/[^/]*\.(php\d?|html?|aspx?|jsp|cgi|do)(\/.*)?$/i, '')
    .replace(/\/(login|signin|sign-in|logout|dashboard)\/?$/i, '')
    .replace(/\/+$/, '');
}
