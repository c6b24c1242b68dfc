import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envelopeSchema, makeEnvelopeKeys, open, publicKeySchema, seal } from '../../shared/lib/envelope';

const text = 'S3cret-شماره-١٢٣';

describe('an envelope', () => {
  it('opens for the holder of the key, whatever the text', async () => {
    const keys = await makeEnvelopeKeys(crypto);
    expect(publicKeySchema.safeParse(keys.publicKey).success).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 200 }), async (any) => {
        const envelope = await seal(crypto, keys.publicKey, any);
        expect(envelopeSchema.parse(envelope)).toEqual(envelope);
        expect(await open(crypto, keys, envelope)).toBe(any);
      }),
      { numRuns: 30 },
    );
  });

  it('holds neither the text nor its base64', async () => {
    const keys = await makeEnvelopeKeys(crypto);
    const shown = JSON.stringify(await seal(crypto, keys.publicKey, text));
    expect(shown).not.toContain(text);
    expect(shown).not.toContain('S3cret');
    expect(shown).not.toContain(Buffer.from(text).toString('base64').slice(0, 12));
  });

  it('is never the same twice', async () => {
    const { publicKey } = await makeEnvelopeKeys(crypto);
    const [one, two] = [await seal(crypto, publicKey, text), await seal(crypto, publicKey, text)];
    expect(one.sealed).not.toBe(two.sealed);
    expect(one.iv).not.toBe(two.iv);
    expect(one.from).not.toBe(two.from);
  });

  it('stays shut for another key', async () => {
    const mine = await makeEnvelopeKeys(crypto);
    const other = await makeEnvelopeKeys(crypto);
    const envelope = await seal(crypto, mine.publicKey, text);
    await expect(open(crypto, other, envelope)).rejects.toThrow();
  });

  it('stays shut where any part of it was altered', async () => {
    const keys = await makeEnvelopeKeys(crypto);
    const envelope = await seal(crypto, keys.publicKey, text);
    const length = Buffer.from(envelope.sealed, 'base64').length;
    for (const at of [0, Math.floor(length / 2), length - 1])
      await expect(
        open(crypto, keys, { ...envelope, sealed: flipped(envelope.sealed, at) }),
      ).rejects.toThrow();
    await expect(open(crypto, keys, { ...envelope, iv: flipped(envelope.iv, 3) })).rejects.toThrow();
    const stranger = await makeEnvelopeKeys(crypto);
    await expect(open(crypto, keys, { ...envelope, from: stranger.publicKey })).rejects.toThrow();
    await expect(open(crypto, keys, { ...envelope, sealed: '' })).rejects.toThrow();
  });

  it('keeps its private key where it was made', async () => {
    const { privateKey } = await makeEnvelopeKeys(crypto);
    expect(privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', privateKey)).rejects.toThrow();
  });
});

function flipped(base64: string, at: number): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('base64');
}
