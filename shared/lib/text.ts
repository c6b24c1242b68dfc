const persianZero = 0x06f0;
const arabicZero = 0x0660;

/** Persian and Arabic digits as ASCII digits; everything else untouched. */
export function asciiDigits(text: string): string {
  return text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (code >= persianZero ? persianZero : arabicZero));
  });
}

/**
 * A text folded for searching: lower case, ASCII digits, Arabic yeh and kaf as Persian ones, joiners and marks
 * removed, so that a name typed on either keyboard is found.
 */
export function searchFold(text: string): string {
  return asciiDigits(text)
    .toLowerCase()
    .replace(/[\u064a\u0649]/g, '\u06cc')
    .replace(/\u0643/g, '\u06a9')
    .replace(/\u200c|\u200d|\u200e|\u200f|[\u064b-\u0652]/g, '')
    .trim();
}

/**
 * A telephone number reduced to what makes it that number: digits, Iranian country code and trunk zero removed.
 * `02122222222`, `+982122222222` and `00982122222222` are the same (api note on Edge, landline).
 */
export function phoneKey(text: string): string {
  const digits = asciiDigits(text).replace(/[^\d+]/g, '');
  return digits.replace(/^(\+98|0098|98(?=\d{10}$))/, '').replace(/^0+(?=\d)/, '');
}

/** True for a value made of asterisks: what a server shows in place of a secret (api note on Simotel, `secret`). */
export function isMaskedByServer(value: string): boolean {
  return /^\*+$/.test(value);
}

/** True where a field's name sounds like a secret. Used for fields that no catalog knows: when in doubt, it is one. */
export function soundsSecret(name: string): boolean {
  return /secret|passw|passwd|pwd|token|api_?key|private|credential|md5|pin(code)?$|auth/i.test(name);
}
