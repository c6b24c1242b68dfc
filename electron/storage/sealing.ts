import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { fail, type ProblemCode } from '../../shared/model/problem';
import { foundAt, type Place, partsOf, type SealUse } from './place';

const ivBytes = 12;
const ivsAtOnce = 256;

/** Prefix of a sealed text: version 2, AES-256-GCM, a key for each use, bound to a place. */
const mark = 'sealed2';
/** Version 1: one key for everything, not bound to a place. */
const formerMark = 'sealed1';
/** SQLite GLOB pattern for the beginning of sealed texts. */
export const sealedGlob = 'sealed[12]:*';
/** The beginning of the former version's. */
export const formerStart = `${formerMark}:`;

/** Returns a short name for a key, so that a text sealed with another one is recognised and not mistaken for damage. */
export function keyIdOf(key: Uint8Array): string {
  return createHash('sha256').update('patchbay sealing key').update(key).digest('hex').slice(0, 12);
}

/**
 * Seals secrets for storing. Its keys come from the keychain or are session-only; without one, sealing fails with the
 * keychain's problem, and nothing is stored in clear.
 */
export class Sealer {
  readonly #keys = new Map<string, Uint8Array>();
  /** Derived keys by key id and use. */
  readonly #derived = new Map<string, Uint8Array>();
  #current: string | null = null;
  #acceptsFormer = false;
  #ivs: Buffer = Buffer.alloc(0);
  #nextIv = 0;

  constructor(private readonly whyLocked: () => ProblemCode = () => 'keychain-locked') {}

  /** Uses a 32-byte key for new texts. Earlier keys still open what they sealed. */
  useKey(key: Uint8Array): void {
    const id = keyIdOf(key);
    // A copy, which `close` can wipe without affecting the caller's.
    this.#keys.set(id, Uint8Array.from(key));
    this.#current = id;
  }

  /** Drops all keys: sealed texts stay closed until one is provided again. */
  close(): void {
    for (const key of [...this.#keys.values(), ...this.#derived.values()]) key.fill(0);
    this.#keys.clear();
    this.#derived.clear();
    this.#current = null;
    this.#acceptsFormer = false;
  }

  /**
   * Sets whether texts of the former version open. They are bound to no place, so only until all of a profile's are
   * sealed in the present one: after that only an attacker can have put one into the file.
   */
  acceptFormer(accept: boolean): void {
    this.#acceptsFormer = accept;
  }

  /** The id of the key in use; null if there is none. */
  get keyId(): string | null {
    return this.#current;
  }

  get ready(): boolean {
    return this.#current !== null;
  }

  hasKey(id: string): boolean {
    return this.#keys.has(id);
  }

  /** Why a sealed text does not open: there is no key now, or it is not the right one, or not the place. */
  get whyUnreadable(): ProblemCode {
    return this.ready ? 'sealed-unreadable' : this.whyLocked();
  }

  /** Seals a text for one place. Throws the keychain's problem while there is no key. */
  seal(text: string, place: Place): string {
    const keyId = this.#current ?? fail(this.whyLocked());
    const iv = this.#iv();
    const cipher = createCipheriv('aes-256-gcm', this.#keyFor(keyId, sealLabel(place[0])), iv);
    cipher.setAAD(Buffer.from(JSON.stringify(place), 'utf8'));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [mark, keyId, iv.toString('base64url'), sealed.toString('base64url')].join(':');
  }

  /** Opens a sealed text from the database at the place where it was found; null as for `open`. */
  openAt(stored: string, place: Place): string | null {
    return this.open(foundAt(stored, place));
  }

  /**
   * Opens a sealed text that names where it was found (`foundAt`); null if its key is not available, it was altered, or
   * it was sealed for another place.
   */
  open(found: string): string | null {
    const parts = partsOf(found);
    if (!parts || !this.#keys.has(parts.keyId)) return null;
    if (parts.form === formerMark && !this.#acceptsFormer) return null;
    try {
      const bytes = Buffer.from(parts.body, 'base64url');
      const decipher = createDecipheriv(
        'aes-256-gcm',
        this.#keyOf(parts),
        Buffer.from(parts.iv, 'base64url'),
        {
          authTagLength: 16,
        },
      );
      if (parts.form === mark) decipher.setAAD(Buffer.from(parts.place, 'utf8'));
      decipher.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  }

  /**
   * Returns a keyed digest for recognising a text. A plain one would let short secrets be guessed. Throws the
   * keychain's problem while there is no key.
   */
  digest(text: string): string {
    const keyId = this.#current ?? fail(this.whyLocked());
    return createHmac('sha256', this.#keyFor(keyId, 'digest')).update(text).digest('base64url');
  }

  /**
   * Returns a keyed hash of a text, for recognising what this program itself stored. Throws the keychain's problem
   * while there is no key.
   * @param use its purpose: each has its own key, so that one proves nothing for another
   */
  sign(use: string, text: string): string {
    const keyId = this.#current ?? fail(this.whyLocked());
    return `${keyId}:${this.#mac(keyId, use, text).toString('base64url')}`;
  }

  /** Returns whether a keyed hash is of this text, for this use, with a key of this session. */
  isSigned(use: string, text: string, signature: string): boolean {
    const [keyId = '', mac = ''] = signature.split(':');
    if (!this.#keys.has(keyId)) return false;
    const found = Buffer.from(mac, 'base64url');
    const wanted = this.#mac(keyId, use, text);
    return found.length === wanted.length && timingSafeEqual(found, wanted);
  }

  /** Fresh random bytes, never given twice; asked for by the hundred, because each asking costs as much as a seal. */
  #iv(): Buffer {
    if (this.#nextIv === this.#ivs.length) {
      this.#ivs = randomBytes(ivBytes * ivsAtOnce);
      this.#nextIv = 0;
    }
    const iv = this.#ivs.subarray(this.#nextIv, this.#nextIv + ivBytes);
    this.#nextIv += ivBytes;
    return iv;
  }

  #mac(keyId: string, use: string, text: string): Buffer {
    return createHmac('sha256', this.#keyFor(keyId, use)).update(text, 'utf8').digest();
  }

  /** Returns the key that a sealed text needs: its place's use's, or in the former version the common one. */
  #keyOf({ form, keyId, place }: { form: string; keyId: string; place: string }): Uint8Array {
    const [use]: unknown[] = JSON.parse(place);
    return form === mark
      ? this.#keyFor(keyId, sealLabel(String(use)))
      : (this.#keys.get(keyId) ?? fail('internal'));
  }

  #keyFor(keyId: string, use: string): Uint8Array {
    const name = `${keyId} ${use}`;
    const known = this.#derived.get(name);
    if (known) return known;
    const root = this.#keys.get(keyId) ?? fail('internal');
    const made = new Uint8Array(hkdfSync('sha256', root, 'patchbay', use, 32));
    this.#derived.set(name, made);
    return made;
  }
}

function sealLabel(use: SealUse | string): string {
  return `sealed value 2 ${use}`;
}

/** Returns the id of the key that something inside a text was sealed with; null if nothing in it is sealed. */
export function sealedIdIn(text: string): string | null {
  return /sealed[12]:([0-9a-f]{12}):[\w-]+:[\w-]+/.exec(text)?.[1] ?? null;
}

/** Whether a text has the form of a sealed one. */
export function isSealed(text: string): boolean {
  return text.startsWith(`${mark}:`) || text.startsWith(formerStart);
}
