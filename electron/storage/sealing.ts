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
/** What sealed texts begin like, for SQLite's GLOB. */
export const sealedGlob = 'sealed[12]:*';
/** What those of the former version begin like. */
export const formerStart = `${formerMark}:`;

/** A short name for a key, so that a text sealed with another one is recognised and not mistaken for damage. */
export function keyIdOf(key: Uint8Array): string {
  return createHash('sha256').update('patchbay sealing key').update(key).digest('hex').slice(0, 12);
}

/**
 * Seals secrets for storing. Its keys come from the keychain (or are kept for a session); while it has none,
 * sealing fails with the problem that the keychain has, and nothing is stored in clear.
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

  /** Takes a 32-byte key; from now on new texts are sealed with it. Earlier keys still open what they sealed. */
  useKey(key: Uint8Array): void {
    const id = keyIdOf(key);
    // A copy, which `close` can wipe without spoiling the giver's.
    this.#keys.set(id, Uint8Array.from(key));
    this.#current = id;
  }

  /** Has no key any more: what is sealed stays closed until one is given again. */
  close(): void {
    for (const key of [...this.#keys.values(), ...this.#derived.values()]) key.fill(0);
    this.#keys.clear();
    this.#derived.clear();
    this.#current = null;
    this.#acceptsFormer = false;
  }

  /**
   * Whether texts of the former version open. They are bound to no place, so only until all of a profile are sealed in
   * the present one: from then on only somebody else can have put one into the file.
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

  /** Whether the key with this id is available. */
  hasKey(id: string): boolean {
    return this.#keys.has(id);
  }

  /** Why a sealed text does not open: there is no key now, or there is and it is not the one, or not the place. */
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

  /** Opens a sealed text as it stands in the database, at the place where it was found; null as for `open`. */
  openAt(stored: string, place: Place): string | null {
    return this.open(foundAt(stored, place));
  }

  /**
   * Opens a sealed text that says where it was found (`foundAt`); null where its key is not to be had, it was altered,
   * or it was sealed for another place.
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
   * A digest that tells whether a text is the same as one seen before, of no use to whoever does not have the key: a
   * plain one would let a short secret in it be guessed. Throws the keychain's problem while there is no key.
   */
  digest(text: string): string {
    const keyId = this.#current ?? fail(this.whyLocked());
    return createHmac('sha256', this.#keyFor(keyId, 'digest')).update(text).digest('base64url');
  }

  /**
   * A keyed hash of a text, to know again what this program itself stored. Throws the keychain's problem while there is
   * no key.
   * @param use what it is for: each use has a key of its own, so that one proves nothing for another
   */
  sign(use: string, text: string): string {
    const keyId = this.#current ?? fail(this.whyLocked());
    return `${keyId}:${this.#mac(keyId, use, text).toString('base64url')}`;
  }

  /** Whether a keyed hash is of this text, made for this use with a key of this session. */
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

  /** The key that a sealed text needs: the one of its place's use, in the former version the one for everything. */
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

/** The id of the key that something inside a text was sealed with; null where nothing in it is sealed. */
export function sealedIdIn(text: string): string | null {
  return /sealed[12]:([0-9a-f]{12}):[\w-]+:[\w-]+/.exec(text)?.[1] ?? null;
}

/** Whether a text has the form of a sealed one. */
export function isSealed(text: string): boolean {
  return text.startsWith(`${mark}:`) || text.startsWith(formerStart);
}
