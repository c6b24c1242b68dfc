const mask = '•••';

/** Values shorter than this are masked only as whole words: a secret `1` must not mask every number. */
const shortest = 4;

/**
 * Makes a function that takes secrets out of a text that a server wrote, in the encodings in which an echoed request
 * usually shows them: as it is, JSON-escaped, URL-encoded, HTML-escaped, base64.
 * (design, "What must always hold", 3: never plain in an error.)
 */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  // The longer first: of two secrets, one may begin with the other.
  const sorted = [...new Set(secrets)].filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
  if (sorted.length === 0) return (text) => text;
  return (text) => {
    if (text === '') return text;
    // Asked of every answer, and there in few: an expression is made only of what may stand in this text.
    const there = sorted.filter((secret) => mayStandIn(secret, text));
    const long = anyOf(there.filter((secret) => secret.length >= shortest));
    const short = anyOf(there.filter((secret) => secret.length < shortest));
    const without = long ? text.replace(long, mask) : text;
    return short ? withoutAlone(without, short) : without;
  };
}

/**
 * Whether a secret may stand in a text in one of its forms; false only where it surely does not. A plain search: to compile
 * an expression of all secrets for every answer took most of the time of a run.
 */
function mayStandIn(secret: string, text: string): boolean {
  // Each form has at least as many characters as the secret itself.
  if (text.length < secret.length) return false;
  // Where nothing is URL-encoded, a plus for a space is all that is left of that encoding.
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

// Compiled once, and not in the expression of each answer: it is thousands of ranges.
const letter = /[\p{L}\p{N}]/u;

/** Masks matches that have neither a letter nor a digit beside them. */
function withoutAlone(text: string, found: RegExp): string {
  let done = 0;
  let result = '';
  found.lastIndex = 0;
  for (let match = found.exec(text); match; match = found.exec(text)) {
    const end = match.index + match[0].length;
    if (letter.test(before(text, match.index)) || letter.test(after(text, end))) {
      // A match that begins inside it may be a whole word.
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
 * The same for a host name that a server sent, for example in a redirect: there a secret appears in lower case, in
 * the encoding of names, or in pieces, for example after an @ or before a slash.
 * @param own the host that was asked; no server named it
 */
export function hostRedactor(secrets: readonly string[], own: string): (host: string) => string {
  return (host) => {
    if (host === own) return host;
    // Only here: hardly any answer names another host, and what follows is rebuilt for each.
    const known = new Set(secrets.flatMap((secret) => [secret.toLowerCase(), asHost(secret)]));
    const forms = [...known].filter((form) => form !== '');
    const small = host.toLowerCase();
    const name = small.replace(/:\d+$/, '');
    const piece = name.length >= shortest && forms.some((form) => form.includes(name));
    return piece ? mask : redactor(forms)(small);
  };
}

/** What a URL parser makes of a text in the place of a host; empty if it refuses it. */
function asHost(text: string): string {
  try {
    return new URL(`http://${text}`).hostname;
  } catch {
    return '';
  }
}

/** What a connection's credentials look like on the wire: each part, and the pair that Basic is made of. */
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

/** A secret's forms that are always written the same, the packed ones and then the longest first. */
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

/** One byte of a URL-encoded text: encoders differ in what they leave as it is and in the case of the hex. */
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
