import { soundsSecret } from '../../shared/lib/text';
import { redactor } from '../drivers/redact';

const mask = '•••';
/** Shorter values are not masked everywhere, but still next to the name of a secret. */
const shortest = 4;
/** Enough for the secrets of one session; the oldest are dropped. */
const most = 400;

/**
 * Masks secrets in log lines and diagnostics: every value that passed through the program as a secret, in all forms in
 * which it could be quoted, and whatever follows a name that sounds like one.
 */
export class Masks {
  readonly #values = new Set<string>();
  #redact: ((text: string) => string) | null = null;

  register(secret: string): void {
    if (secret.length < shortest || this.#values.has(secret)) return;
    this.#values.add(secret);
    const [oldest] = this.#values;
    if (this.#values.size > most && oldest !== undefined) this.#values.delete(oldest);
    this.#redact = null;
  }

  forget(): void {
    this.#values.clear();
    this.#redact = null;
  }

  mask(text: string): string {
    this.#redact ??= redactor(this.#values);
    return byName(this.#redact(text));
  }
}

const pair = /(["']?)([\w.-]{2,60})\1(\s*[:=]\s*)("(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s,;&}\])]+)/g;
const alsoSecret = /pass|ha1|cookie|signature|\bkey$|passcode|otp/i;

/** Masks what follows a secret's name, an authorisation scheme, or the account in a URL. */
function byName(text: string): string {
  return text
    .replace(/\b(authorization|cookie|set-cookie)(["']?\s*[:=]\s*).*$/gim, `$1$2${mask}`)
    .replace(/\b(basic|bearer|digest)\s+[\w+/=.~:-]{6,}/gi, `$1 ${mask}`)
    .replace(/\/\/[^\s/@]+@/g, `//${mask}@`)
    .replace(pair, (whole: string, quote: string, name: string, between: string) =>
      soundsSecret(name) || alsoSecret.test(name) ? `${quote}${name}${quote}${between}${mask}` : whole,
    );
}
