const mask = '•••';

/** Values shorter than this are replaced only where they stand alone: a secret `1` must not eat every number. */
const shortest = 4;

/**
 * Makes a function that takes secrets out of a text that a server wrote, in the encodings in which an echoed request
 * usually shows them: as it is, JSON-escaped, URL-encoded, HTML-escaped, base64.
 * (design, "What must always hold", 3: never plain in an error.)
 */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) for (const form of formsOf(secret)) forms.add(form);
  const pattern = [...forms]
    .sort((a, b) => b.length - a.length)
    .map((form) => (form.length < shortest ? alone(form) : escapeRegExp(form)))
    .join('|');
  if (pattern === '') return (text) => text;
  const expression = new RegExp(pattern, 'gu');
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

function formsOf(secret: string): string[] {
  if (secret === '') return [];
  const json = JSON.stringify(secret).slice(1, -1);
  const bytes = Buffer.from(secret, 'utf8');
  const url = [...bytes]
    .map((byte) => (isUnreserved(byte) ? String.fromCharCode(byte) : percent(byte)))
    .join('');
  return [
    secret,
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    url,
    // What encodeURIComponent leaves as it is.
    url.replace(/%(21|27|28|29|2A)/g, (code) => decodeURIComponent(code)),
    url.replaceAll('%20', '+'),
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ...(bytes.length >= shortest ? [bytes.toString('base64'), bytes.toString('base64url')] : []),
  ];
}

function isUnreserved(byte: number): boolean {
  return /[A-Za-z0-9\-_.~]/.test(String.fromCharCode(byte));
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function alone(form: string): string {
  return `(?<![\\p{L}\\p{N}])${escapeRegExp(form)}(?![\\p{L}\\p{N}])`;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
