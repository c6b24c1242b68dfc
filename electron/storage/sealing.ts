import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import type { Catalog } from '../../shared/catalog';
import { readPath } from '../../shared/catalog/field';
import { soundsSecret } from '../../shared/lib/text';
import { type Json, type JsonObject, jsonSchema } from '../../shared/model/json';
import { fail, type ProblemCode } from '../../shared/model/problem';

/** Prefix of a sealed text: version 1, AES-256-GCM. */
const mark = 'sealed1';
/** What sealed texts begin like, for SQLite's GLOB. */
export const sealedGlob = `${mark}:*`;
/** Key under which a sealed value stands inside a stored record. */
const sealedKey = '$sealed';

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
  #current: string | null = null;

  constructor(private readonly whyLocked: () => ProblemCode = () => 'keychain-locked') {}

  /** Takes a 32-byte key; from now on new texts are sealed with it. Earlier keys still open what they sealed. */
  useKey(key: Uint8Array): void {
    const id = keyIdOf(key);
    this.#keys.set(id, key);
    this.#current = id;
  }

  /** The id of the key in use; null while there is none. */
  get keyId(): string | null {
    return this.#current;
  }

  get ready(): boolean {
    return this.#current !== null;
  }

  /** Why a sealed text does not open: there is no key now, or there is and it is not the one. */
  get whyUnreadable(): ProblemCode {
    return this.ready ? 'sealed-unreadable' : this.whyLocked();
  }

  /** Seals a text. Throws the keychain's problem while there is no key. */
  seal(text: string): string {
    const key = this.#current === null ? undefined : this.#keys.get(this.#current);
    if (!key) fail(this.whyLocked());
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [mark, this.#current, iv.toString('base64url'), sealed.toString('base64url')].join(':');
  }

  /**
   * A digest that tells whether a text is the same as one seen before, of no use to whoever does not have the key: a
   * plain one would let a short secret in it be guessed. Throws the keychain's problem while there is no key.
   */
  digest(text: string): string {
    const key = this.#current === null ? undefined : this.#keys.get(this.#current);
    if (!key) fail(this.whyLocked());
    return createHmac('sha256', key).update('patchbay digest\0').update(text).digest('base64url');
  }

  /** Opens a sealed text; null where its key is not to be had, or it was altered. */
  open(sealed: string): string | null {
    const [found, keyId = '', iv = '', body = ''] = sealed.split(':');
    const key = this.#keys.get(keyId);
    if (found !== mark || !key) return null;
    try {
      const bytes = Buffer.from(body, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), {
        authTagLength: 16,
      });
      decipher.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  }
}

/** Finds, inside any text, what was sealed with a key. */
export function sealedWith(keyId: string): RegExp {
  return new RegExp(`${mark}:${keyId}:[\\w-]+:[\\w-]+`, 'g');
}

/** Whether a text has the form of a sealed one. */
export function isSealed(text: string): boolean {
  return text.startsWith(`${mark}:`);
}

/**
 * A record for storing: the values of the catalog's secret fields, and of unknown fields whose names sound like
 * secrets, are replaced by sealed ones. Empty values stay: that a secret is empty is no secret.
 */
export function sealRecord(sealer: Sealer, catalog: Catalog, raw: JsonObject): JsonObject {
  const secretPaths = new Set(
    catalog.fields.filter((spec) => spec.secret).map((spec) => readPath(spec).join('\u0000')),
  );
  const visit = (value: Json, path: string, secret: boolean): Json => {
    // A server's own object of that form would be taken for a sealed value, so it is sealed whole.
    if (sealedText(value) !== null) return { [sealedKey]: sealer.seal(`j${JSON.stringify(value)}`) };
    if (Array.isArray(value)) return value.map((inner) => visit(inner, path, secret));
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => {
          const at = path === '' ? key : `${path}\u0000${key}`;
          return [key, visit(inner, at, secret || secretPaths.has(at) || soundsSecret(key))];
        }),
      );
    }
    if (!secret || value === null || value === '' || typeof value === 'boolean') return value;
    return {
      [sealedKey]: sealer.seal(typeof value === 'string' ? `s${value}` : `j${JSON.stringify(value)}`),
    };
  };
  const sealed = visit(raw, '', false);
  return sealed !== null && typeof sealed === 'object' && !Array.isArray(sealed) ? sealed : {};
}

/** The sealed text of a stored value, or null where it is not a sealed one. */
export function sealedText(value: Json | undefined): string | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const text = value[sealedKey];
  return typeof text === 'string' && Object.keys(value).length === 1 ? text : null;
}

/**
 * A stored record with its secrets opened, for comparing and writing in the main process only.
 * @returns null where a secret in it cannot be opened now
 */
export function openRecord(sealer: Sealer, stored: JsonObject): JsonObject | null {
  let missing = false;
  const visit = (value: Json): Json => {
    const text = sealedText(value);
    if (text !== null) {
      const open = sealer.open(text);
      if (open === null) missing = true;
      return open === null ? null : openedValue(open);
    }
    if (Array.isArray(value)) return value.map(visit);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
  };
  const opened = visit(stored);
  if (missing || opened === null || typeof opened !== 'object' || Array.isArray(opened)) return null;
  return opened;
}

function openedValue(open: string): Json {
  if (open.startsWith('s')) return open.slice(1);
  return jsonSchema.parse(JSON.parse(open.slice(1)));
}
