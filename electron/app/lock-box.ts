import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** Derives a key from a passphrase, slowly. */
type Derive = (passphrase: string, salt: Buffer) => Promise<Buffer>;

interface Pair {
  readonly publicKey: KeyObject;
  /** The private key, sealed with a key derived from the passphrase. */
  readonly sealedKey: Buffer;
  readonly salt: Buffer;
}

/**
 * Keeps a text in memory so that only the passphrase recovers it. It is sealed when the window locks, when the
 * passphrase is not at hand: the key pair is made when it was last typed, and only its public half is kept.
 */
export class LockBox {
  #pair: Pair | null = null;
  #held: { readonly from: KeyObject; readonly sealed: Buffer } | null = null;

  constructor(private readonly derive: Derive) {}

  get ready(): boolean {
    return this.#pair !== null;
  }

  get holds(): boolean {
    return this.#held !== null;
  }

  /** Makes this key's passphrase the one that opens the box. @param key derived from passphrase and salt; wiped here */
  prepare(salt: Buffer, key: Buffer): void {
    const { publicKey, privateKey } = generateKeyPairSync('x25519');
    const bytes = privateKey.export({ type: 'pkcs8', format: 'der' });
    this.#pair = { publicKey, salt, sealedKey: seal(key, bytes) };
    key.fill(0);
    bytes.fill(0);
  }

  /** Drops the keys: nothing can be put in or taken out. */
  forget(): void {
    this.#pair = null;
  }

  put(text: string): void {
    if (!this.#pair) return;
    const { publicKey, privateKey } = generateKeyPairSync('x25519');
    const key = shared(privateKey, this.#pair.publicKey);
    this.#held = { from: publicKey, sealed: seal(key, Buffer.from(text, 'utf8')) };
    key.fill(0);
  }

  /** Takes out the content; returns null, and keeps it, if the passphrase is wrong. */
  async take(passphrase: string): Promise<string | null> {
    if (!this.#pair || !this.#held) return null;
    const outer = await this.derive(passphrase, this.#pair.salt);
    const bytes = open(outer, this.#pair.sealedKey);
    outer.fill(0);
    if (!bytes) return null;
    const privateKey = createPrivateKey({ key: bytes, type: 'pkcs8', format: 'der' });
    bytes.fill(0);
    const text = open(shared(privateKey, this.#held.from), this.#held.sealed);
    if (text) this.#held = null;
    return text?.toString('utf8') ?? null;
  }
}

function shared(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const secret = diffieHellman({ privateKey, publicKey });
  return Buffer.from(hkdfSync('sha256', secret, 'patchbay', 'lock box', 32));
}

function seal(key: Uint8Array, bytes: Uint8Array): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function open(key: Uint8Array, sealed: Buffer): Buffer | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
  } catch {
    return null;
  }
}
