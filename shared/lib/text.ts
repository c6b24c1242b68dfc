const persianZero = 0x06f0;
const arabicZero = 0x0660;

/** Converts Persian and Arabic digits to ASCII. */
export function asciiDigits(text: string): string {
  return text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (code >= persianZero ? persianZero : arabicZero));
  });
}

// Letters written for each other, mapped to one: keyboards of Arabic, Kurdish, Urdu, Pashto.
const letters = new Map(
  Object.entries({
    ی: 'يىېۍێےﯼ',
    ک: 'كڪګڬ',
    ه: 'ةەہھۃۀۂۿ',
    و: 'ۆۊۇۈۋۏ',
    ا: 'ٱ',
    ر: 'ڑڕړ',
    ل: 'ڵ',
    ن: 'ںڼ',
    ت: 'ٹټ',
    د: 'ڈډ',
    س: 'ښ',
    ز: 'ږ',
    ج: 'ځ',
    چ: 'څ',
    ف: 'ڤ',
    i: 'ı',
    ss: 'ß',
    o: 'ø',
    l: 'ł',
    d: 'đð',
    th: 'þ',
    ae: 'æ',
    oe: 'œ',
    "'": '‘’ʼ´',
    '"': '“”„«»',
    '-': '‐‑‒–—−',
    // A hamza on its own is left out as often as written: `جزء`.
    '': 'ءـ',
  }).flatMap(([stands, others]) => [...others].map((one): [string, string] => [one, stands])),
);
const any = new RegExp(`[${[...letters.keys()].join('')}]`, 'gu');
// Combining marks of any script, and characters that are not drawn.
const undrawn = /[\p{Mn}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/**
 * Folds a text for searching: lower case, ASCII digits, one letter for all interchangeable ones, no marks, joiners or
 * hamza, compatibility forms replaced. Idempotent.
 */
export function searchFold(text: string): string {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.toLowerCase().trim();
  let folded = foldOnce(text);
  // A lower-case letter can have a compatibility form of its own; no text was seen to need a third pass.
  for (let next = foldOnce(folded); next !== folded; next = foldOnce(folded)) folded = next;
  return folded;
}

function foldOnce(text: string): string {
  return asciiDigits(text.normalize('NFKC').toLowerCase())
    .normalize('NFD')
    .replace(undrawn, '')
    .replace(any, (one) => letters.get(one) ?? one)
    .normalize('NFC')
    .trim();
}

/**
 * Reduces a telephone number to its significant digits, without the Iranian country code and trunk zero. `02122222222`,
 * `+982122222222` and `00982122222222` are the same (api note on Edge, landline).
 */
export function phoneKey(text: string): string {
  const digits = asciiDigits(text).replace(/[^\d+]/g, '');
  return digits.replace(/^(\+98|0098|98(?=\d{10}$))/, '').replace(/^0+(?=\d)/, '');
}

/**
 * Returns whether a value is only asterisks, which a server shows in place of a secret (api note on Simotel, `secret`).
 */
export function isMaskedByServer(value: string): boolean {
  return /^\*+$/.test(value);
}

const secretParts =
  /secret|passw|passwd|passcode|passphrase|pwd|token|api_?key|private|credential|md5|pin(code)?$|auth|(access|ssh|aes|crypt\w*|enc\w*|sign\w*|srtp|tls)_?key/i;
// Matched as whole words, since they are parts of harmless ones: `bypass`, `shapes`, `spine`.
const secretWords = new Set(
  'pass pw ha1 ha1b ha2 a1hash pin pins psk cred creds otp totp hotp passkey hash salt nonce cookie'.split(
    ' ',
  ),
);

/** Returns whether a field's name sounds like a secret. Used for fields that no catalog knows; in doubt, true. */
export function soundsSecret(name: string): boolean {
  if (secretParts.test(name)) return true;
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return words.some(
    (word) => secretWords.has(word) || /^(sip|vm|voicemail|ami|user|web|db|ari|my|ftp|smtp)pass$/.test(word),
  );
}
