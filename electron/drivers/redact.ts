const mask = '•••';

/** Values shorter than this are masked only as whole words: a secret `1` must not mask every number. */
const shortest = 4;

/**
 * Makes a function that redacts secrets in a server's text, in the encodings in which an echoed request usually shows
 * them: as it is, JSON-escaped, URL-encoded, HTML-escaped, base64 (invariant 3).
 */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  // Longest first: one secret may begin with another.
  const sorted = [...new Set(secrets)].filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
  if (sorted.length === 0) return (text) => text;
  return (text) => {
    if (text === '') return text;
    // Runs on every answer, and few contain any: an expression is compiled only for secrets that may occur.
    const there = sorted.filter((secret) => mayStandIn(secret, text));
    const long = anyOf(there.filter((secret) => secret.length >= shortest));
    const short = anyOf(there.filter((secret) => secret.length < shortest));
    const without = long ? text.replace(long, mask) : text;
    return short ? withoutAlone(without, short) : without;
  };
}

/**
 * Returns whether a secret may occur in a text in one of its forms; false only if it certainly does not. A plain
 * search: compiling an expression of all secrets for every answer took most of a run's time.
 */
function mayStandIn(secret: string, text: string): boolean {
  // Each form has at least as many characters as the secret itself.
  if (text.length < secret.length) return false;
  // Without URL encoding, only a plus for a space may remain of it.
  if (text.includes('%')) return true;
  return (
    literalsOf(secret).some((form) => text.includes(form)) || withSpaces(text).includes(withSpaces(secret))
  );
}

function withSpaces(text: string): string {
  return text.replaceAll('+', ' ');
}

function anyOf(secrets: readonly string[]): RegExp | null {
  return secrets.length === 0 ? null : new RegExp(secrets.flatMap(patternsOf).join('|'), 'g');
}

// Compiled once rather than in each answer's expression: it covers thousands of ranges.
const letter = /[\p{L}\p{N}]/u;

/** Masks matches that have no letter or digit next to them. */
function withoutAlone(text: string, found: RegExp): string {
  let done = 0;
  let result = '';
  found.lastIndex = 0;
  for (let match = found.exec(text); match; match = found.exec(text)) {
    const end = match.index + match[0].length;
    if (letter.test(before(text, match.index)) || letter.test(after(text, end))) {
      // A match that begins inside this one may be a whole word.
      found.lastIndex = match.index + 1;
      continue;
    }
    result += text.slice(done, match.index) + mask;
    done = end;
  }
  return result + text.slice(done);
}

function before(text: string, at: number): string {
  const unit = text.slice(Math.max(0, at - 1), at);
  return /[\udc00-\udfff]/.test(unit) ? text.slice(Math.max(0, at - 2), at) : unit;
}

function after(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0x20);
}

/**
 * Redacts a host name that a server sent, for example in a redirect: there a secret appears in lower case, in the
 * encoding of names, or in pieces, for example after an @ or before a slash.
 * @param own the host that was asked; no server named it
 */
export function hostRedactor(secrets: readonly string[], own: string): (host: string) => string {
  return (host) => {
    if (host === own) return host;
    // Built only here: hardly any answer names another host.
    const known = new Set(secrets.flatMap((secret) => [secret.toLowerCase(), asHost(secret)]));
    const forms = [...known].filter((form) => form !== '');
    const small = host.toLowerCase();
    const name = small.replace(/:\d+$/, '');
    const piece = name.length >= shortest && forms.some((form) => form.includes(name));
    return piece ? mask : redactor(forms)(small);
  };
}

/** Returns what a URL parser makes of a text as a host; empty if it refuses it. */
function asHost(text: string): string {
  try {
    return new URL(`http://${text}`).hostname;
  } catch {
    return '';
  }
}

/** Returns a connection's credentials as they appear on the wire: each part, and the pair that Basic is made of. */
export function credentialSecrets(credentials: Readonly<Record<string, string>>): string[] {
  const parts = Object.values(credentials);
  const pair =
    credentials.user !== undefined && credentials.password !== undefined
      ? [`${credentials.user}:${credentials.password}`]
      : [];
  return [...parts, ...parts.map((part) => part.trim()), ...pair].filter((part) => part !== '');
}

function patternsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [...literalsOf(secret).map(escapeRegExp), [...bytes].map(percentPattern).join('')];
}

/** Returns the forms of a secret that are always written the same, the encoded ones and then the longest first. */
function literalsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const bytes = Buffer.from(secret, 'utf8');
  const packed = bytes.length >= shortest ? [bytes.toString('base64'), bytes.toString('base64url')] : [];
  const texts = [
    secret,
    json,
    json.replaceAll('/', '\\/'),
    // As PHP's json_encode writes it.
    json
      .replaceAll('/', '\\/')
      .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  ];
  return [...packed, ...[...new Set(texts)].sort((a, b) => b.length - a.length)];
}

/** Matches one byte of a URL-encoded text: encoders differ in what they leave as it is and in the case of the hex. */
function percentPattern(byte: number): string {
  const hex = byte.toString(16).padStart(2, '0');
  const encoded = `%(?:${hex}|${hex.toUpperCase()})`;
  if (byte >= 0x80) return encoded;
  const plain = escapeRegExp(String.fromCharCode(byte));
  return byte === 0x20 ? `(?: |\\+|${encoded})` : `(?:${plain}|${encoded})`;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
