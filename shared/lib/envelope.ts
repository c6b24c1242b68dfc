import { z } from 'zod';

/*
 * Secrets that the user types, or asks to see, cross between renderer and main process sealed to a key pair that the
 * receiver made for this run, so that no IPC message, trace or crash dump of one holds them in clear. ECDH P-256,
 * HKDF-SHA-256, AES-256-GCM, all by WebCrypto.
 */

/** The receiver's public key: raw P-256 point, base64. */
export const publicKeySchema = z.string().regex(/^[A-Za-z0-9+/]{87}=$/);
export type PublicKey = z.infer<typeof publicKeySchema>;

/** A sealed text. `from` is the sender's one-time public key; all parts are base64. */
export const envelopeSchema = z.strictObject({
  from: publicKeySchema,
  iv: z.string().length(16),
  sealed: z.string().max(90_000),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** The caller's WebCrypto: `crypto.subtle` in the window, `webcrypto.subtle` in Node. */
export interface EnvelopeCrypto {
  readonly subtle: SubtleCrypto;
  getRandomValues(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
}

export interface EnvelopeKeys {
  readonly publicKey: PublicKey;
  readonly privateKey: CryptoKey;
}

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;

/** Makes a key pair for receiving envelopes; the private key cannot be exported. */
export async function makeEnvelopeKeys(crypto: EnvelopeCrypto): Promise<EnvelopeKeys> {
  const pair = await crypto.subtle.generateKey(curve, false, ['deriveKey', 'deriveBits']);
  return {
    publicKey: toBase64(await crypto.subtle.exportKey('raw', pair.publicKey)),
    privateKey: pair.privateKey,
  };
}

/** Seals a text for the owner of a key pair. */
export async function seal(crypto: EnvelopeCrypto, to: PublicKey, text: string): Promise<Envelope> {
  const mine = await makeEnvelopeKeys(crypto);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await sharedKey(crypto, mine.privateKey, to, 'encrypt');
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text));
  return { from: mine.publicKey, iv: toBase64(iv.buffer), sealed: toBase64(sealed) };
}

/** Opens an envelope. @throws where it was sealed to other keys or altered */
export async function open(crypto: EnvelopeCrypto, keys: EnvelopeKeys, envelope: Envelope): Promise<string> {
  const key = await sharedKey(crypto, keys.privateKey, envelope.from, 'decrypt');
  const iv = fromBase64(envelope.iv);
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, fromBase64(envelope.sealed));
  return new TextDecoder().decode(plain);
}

async function sharedKey(
  crypto: EnvelopeCrypto,
  mine: CryptoKey,
  theirs: PublicKey,
  use: 'encrypt' | 'decrypt',
) {
  const publicKey = await crypto.subtle.importKey('raw', fromBase64(theirs), curve, false, []);
  const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, mine, 256);
  const material = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode('patchbay envelope 1');
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info };
  return crypto.subtle.deriveKey(hkdf, material, { name: 'AES-GCM', length: 256 }, false, [use]);
}

function toBase64(buffer: ArrayBuffer): string {
  let binary = '';
  for (const byte of new Uint8Array(buffer)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
