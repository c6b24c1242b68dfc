import type { KeychainFailure, KeychainPort, KeychainReason } from '../../electron/keychain/port';

/**
 * A keychain in memory. The services' tests need one that is reliably open, or reliably failing, on any machine; the
 * real keyring is tested in test/integration/keychain.test.ts.
 */
export class MemoryKeychain implements KeychainPort {
  readonly entries = new Map<string, string>();
  /** While set, every call fails for this reason. */
  fails: KeychainReason | undefined;

  async set(account: string, secret: string) {
    if (this.fails) return failure(this.fails);
    // Like keytar.
    if (secret === '') return failure('failed');
    this.entries.set(account, secret);
    return { ok: true as const };
  }
  async get(account: string) {
    if (this.fails) return failure(this.fails);
    return { ok: true as const, secret: this.entries.get(account) ?? null };
  }
  async delete(account: string) {
    if (this.fails) return failure(this.fails);
    return { ok: true as const, deleted: this.entries.delete(account) };
  }
  async has(account: string) {
    if (this.fails) return failure(this.fails);
    return { ok: true as const, has: this.entries.has(account) };
  }
}

function failure(reason: KeychainReason): KeychainFailure {
  return { ok: false, reason, detail: 'as the test asked' };
}
