const mask = '•••';

/** Values shorter than this are replaced only where they stand alone: a secret `1` must not eat every number. */
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
  const short = sorted.filter((secret) => secret.length < shortest).flatMap(patternsOf);
  const all = sorted.filter((secret) => secret.length >= shortest).flatMap(patternsOf);
  // Once for all of them: each of these classes is thousands of ranges, and one is made for every answer.
  if (short.length > 0) all.push(`(?<![\\p{L}\\p{N}])(?:${short.join('|')})(?![\\p{L}\\p{N}])`);
  const expression = new RegExp(all.join('|'), 'gu');
  return (text) => text.replace(expression, mask);
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
  const patterns = [...new Set(texts)].sort((a, b) => b.length - a.length).map(escapeRegExp);
  return [...packed.map(escapeRegExp), ...patterns, [...bytes].map(percentPattern).join('')];
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
