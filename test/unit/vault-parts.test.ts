/** Secrets that are longer than an entry of the keychain may be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeychainPort } from '../../electron/keychain/port';
import { Vault } from '../../electron/keychain/vault';
import { credentialFault } from '../../shared/lib/credential';

const windows = 2_560;
const token = { connectionId: 'c1', part: 'token' };

/** A keychain that refuses what is longer than an entry may be, and can break off after so many writes. */
class SmallKeychain implements KeychainPort {
  readonly entries = new Map<string, string>();
  writesLeft = Number.POSITIVE_INFINITY;
  constructor(private readonly entryBytes: number) {}
  async set(account: string, secret: string) {
    this.writesLeft -= 1;
    if (this.writesLeft < 0 || Buffer.byteLength(secret) > this.entryBytes) {
      return { ok: false as const, reason: 'failed' as const, detail: 'The stub received bad data.' };
    }
    this.entries.set(account, secret);
    return { ok: true as const };
  }
  async get(account: string) {
    return { ok: true as const, secret: this.entries.get(account) ?? null };
  }
  async delete(account: string) {
    return { ok: true as const, deleted: this.entries.delete(account) };
  }
  async has(account: string) {
    return { ok: true as const, has: this.entries.has(account) };
  }
}
async function setUp(entryBytes = windows) {
  const keychain = new SmallKeychain(entryBytes);
  const vault = new Vault(keychain, { entryBytes });
  await vault.open();
  return { keychain, vault };
}
const secretOf = async (vault: Vault) => {
  const read = await vault.get(token);
  return read.ok ? read.secret : read.reason;
};

describe('a secret longer than an entry', () => {
  it.each([
    ['Latin', 'x'.repeat(10_000)],
    ['Persian, of two bytes a letter', 'رمز'.repeat(2_000)],
    ['of four bytes a character', '🔑'.repeat(1_000)],
    ['just one byte too long', 'x'.repeat(windows + 1)],
    ['exactly as long as an entry', 'x'.repeat(windows)],
    ['that looks as what leads to parts', `patchbay-parts:1:a:2:${'0'.repeat(64)}`],
  ])('is given back as it was: %s', async (_, secret) => {
    const { keychain, vault } = await setUp();
    expect(await vault.set(token, secret)).toEqual({ ok: true, kept: 'keychain' });
    const next = new Vault(keychain, { entryBytes: windows });
    expect(await secretOf(next)).toBe(secret);
    expect(await next.has(token)).toEqual({ ok: true, has: true, kept: 'keychain' });
    expect(await next.clear(token)).toEqual({ ok: true, cleared: true });
    expect([...keychain.entries.keys()].filter((account) => account.startsWith('connection/'))).toEqual([]);
  });

  it('replaces and is replaced by any other, whatever both look like', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), { maxLength: 5 }),
        async (secrets) => {
          const { vault } = await setUp(90);
          for (const secret of secrets) {
            expect((await vault.set(token, secret)).ok).toBe(true);
            expect(await secretOf(vault)).toBe(secret);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('that is cut off while it is written leaves the former one whole', async () => {
    for (const before of ['short', 'b'.repeat(6_000)]) {
      for (let writes = 0; ; writes += 1) {
        const { keychain, vault } = await setUp();
        await vault.set(token, before);
        keychain.writesLeft = writes;
        const done = await vault.set(token, 'n'.repeat(9_000));
        keychain.writesLeft = Number.POSITIVE_INFINITY;
        expect(await secretOf(new Vault(keychain, { entryBytes: windows }))).toBe(
          done.ok ? 'n'.repeat(9_000) : before,
        );
        if (done.ok) break;
      }
    }
  });

  it('is not given back where a part is missing or another', async () => {
    const { keychain, vault } = await setUp();
    await vault.set(token, 'x'.repeat(6_000));
    keychain.entries.delete('connection/c1/token#a1');
    expect(await secretOf(vault)).toBe('mismatch');
  });

  it('is one entry where the keychain takes it', async () => {
    const keychain = new SmallKeychain(100_000);
    const vault = new Vault(keychain);
    await vault.open();
    await vault.set(token, 'x'.repeat(9_000));
    expect(keychain.entries.get('connection/c1/token')).toBe('x'.repeat(9_000));
  });
});

describe('a credential that cannot be kept as it was typed', () => {
  it.each([
    ['NUL', 'ab\0c', { code: 'credential-characters', params: { part: 'token', place: 3 } }],
    ['half a character', 'ab\ud83d', { code: 'credential-characters', params: { part: 'token', place: 3 } }],
    ['the other half', '\udd11ab', { code: 'credential-characters', params: { part: 'token', place: 1 } }],
    ['a line break', 'ab\nc', { code: 'credential-characters', params: { part: 'token', place: 3 } }],
    ['too long', 'x'.repeat(10_001), { code: 'credential-too-long' }],
  ])('is said, naming the field: %s', (_, text, fault) => {
    expect(credentialFault('token', text)).toMatchObject(fault);
  });
  it('is none of what people use', () => {
    for (const text of ['', 'S3cret-پسورد', '🔑', 'x'.repeat(10_000)])
      expect(credentialFault('p', text)).toBeNull();
  });
});
