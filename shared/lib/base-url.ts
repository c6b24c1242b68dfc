import type { ServerKind } from '../catalog/server-kind';
import { plainDigits } from '../values/digits';
import { withoutUnseen } from '../values/unseen';

export const baseUrlReasons = ['empty', 'not-a-url', 'scheme', 'address', 'has-credentials'] as const;

export type BaseUrlResult =
  | { readonly ok: true; readonly url: string; readonly plain: boolean }
  | { readonly ok: false; readonly reason: (typeof baseUrlReasons)[number] };

/** So long a base URL may be, as pasted and as it is kept. */
export const longestBaseUrl = 300;

type Scheme = 'http' | 'https';

const refused = (reason: (typeof baseUrlReasons)[number]): BaseUrlResult => ({ ok: false, reason });

/**
 * A base URL as pasted, brought into the one form that requests are built from: scheme, host, port and path up to
 * and with the API's version, no slash at the end. Simotel: `…/api/v4` (api note, "Base"). Edge: `…/v1`, pasted
 * with or without `/v1`, `/api` and a slash (api note on Edge).
 *
 * What is not sure is refused: the credential goes to whatever this says. A scheme that was typed is never replaced by
 * another, and an IPv4 address is read as four decimal numbers, not as URL parsers do, to whom `010` is eight and
 * `127.1` is an address.
 */
export function normaliseBaseUrl(kind: Pick<ServerKind, 'basePath'>, pasted: string): BaseUrlResult {
  const text = cleaned(pasted);
  if (text === '') return refused('empty');
  const split = schemeOf(text);
  if (!split) return refused('scheme');
  const [, authority = '', path = ''] = /^([^/?#]*)([^?#]*)/.exec(split.rest) ?? [];
  if (authority.includes('@')) return refused('has-credentials');
  // Parsers drop line breaks and tabs; a blank inside is two things pasted together.
  if (/[\s\p{Cc}]/u.test(authority + path) || authority.includes('%')) return refused('not-a-url');
  const host = hostOf(authority);
  if (host === 'address') return refused('address');
  const url = host && parsed(`${split.scheme}://${host.name}${host.port}${path}`);
  if (!url || url.protocol !== `${split.scheme}:` || !isHost(url.hostname)) return refused('not-a-url');
  const rest = kind.basePath(withoutPage(url.pathname));
  const whole = `${url.protocol}//${url.host}${rest}`;
  // What is added, and what parsers write in another way, can make it longer than what was pasted.
  if (whole.length > longestBaseUrl || hasLongName(url.hostname)) return refused('not-a-url');
  return { ok: true, url: whole, plain: split.scheme === 'http' };
}

/** Whether a host has more letters, or a part of it has, than names on a network can have. */
function hasLongName(host: string): boolean {
  return host.length > 253 || host.split('.').some((part) => part.length > 63);
}

/** Without what comes along when an address is copied out of a text: marks, quotes, brackets, stops, wide forms. */
function cleaned(pasted: string): string {
  return plainDigits(withoutUnseen(pasted.normalize('NFKC'), 'text'))
    .replace(/(?<=\d)[٫۔\u00b7\u2022](?=\d)|[\u3002\uff61]/g, '.')
    .replace(/[\u02d0\u05c3\u205a\u2236\ua789]/g, ':')
    .replace(/[\\\u2044\u2215\u2216\u2571\u29f5\u29f8]/g, '/')
    .replace(/^[\s\p{Cc}"'`<>«»“”‘’„(]+|[\s\p{Cc}"'`<>«»“”‘’)}.,;،؛!]+$/gu, '');
}

/** The scheme that was typed, `http` where none was, and what follows it; null where it is none, or in doubt. */
function schemeOf(text: string): { readonly scheme: Scheme; readonly rest: string } | null {
  // Also with a slip in what follows: `https:/x`, `https:x`, `https//x`, `https;//x`.
  const typed = /^(https?)\s*(?:[:;]\s*\/*|[.,]?\/{2,})\s*/i.exec(text);
  const scheme = typed?.[1]?.toLowerCase() === 'https' ? 'https' : 'http';
  const rest = typed ? text.slice(typed[0].length) : text.replace(/^:?\/\/+/, '');
  // A scheme misspelt, another one, or a second one: which was meant cannot be told.
  const another =
    /^[a-z][a-z\d+.-]*:\/|^[a-z]+[;.,]?\/{2}|^https?([:;/]|$)|^(ftp|file|javascript|data|mailto|tel|sips?):(?!\d{1,5}(\/|$))/i;
  // Letters of another script that look like a scheme, or a scheme with what is no part of a name behind it.
  const foreign = /^[^/.]*[^\p{ASCII}/.][^/.]*([:;]\/|\/{2})|^h?tt+ps?[^/.]{0,3}\/{2}|^https?[^a-z\d.-]/iu;
  return another.test(rest) || foreign.test(rest) ? null : { scheme, rest };
}

/** Host and port of an authority; `address` for an IPv4 address in any form but four decimal numbers. */
function hostOf(authority: string): { readonly name: string; readonly port: string } | 'address' | null {
  const parts = /^(\[[\da-f:.]+\]|[^:[\]]+):?(\d{1,5})?$/i.exec(authority);
  if (!parts?.[1]) return null;
  const port = parts[2] === undefined ? '' : `:${Number(parts[2])}`;
  if (port === ':0') return null;
  const name = parts[1].replace(/\.$/, '');
  // Three numbers with something else behind them are an address with a slip in it (`192.168.1.1O`), and no name.
  if (/^(\d+\.){3}[^.]*$/.test(name) && !/^[\d.]+$/.test(name)) return 'address';
  // To a URL parser a host whose last part is a number is an address.
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

/** Parsers let commas, quotes and the like stand in a name; no server has such a one. */
function isHost(hostname: string): boolean {
  return (
    hostname.startsWith('[') ||
    /^[a-z\d_]([a-z\d_-]*[a-z\d_])?(\.[a-z\d_]([a-z\d_-]*[a-z\d_])?)*$/i.test(hostname)
  );
}

/** A path without what a browser showed behind it: the page of a web interface. */
function withoutPage(pathname: string): string {
  return pathname
    .replace(/\/{2,}/g, '/')
    .replace(/\/[^/]*\.(php\d?|html?|aspx?|jsp|cgi|do)(\/.*)?$/i, '')
    .replace(/\/(login|signin|sign-in|logout|dashboard)\/?$/i, '')
    .replace(/\/+$/, '');
}
