import { inParts, isHeader, joinParts, partAccount, partsIn } from './parts';
import type { KeychainPort, KeychainResult } from './port';

/** Secrets of any length in a keychain whose entries are limited: whole where they fit, else in parts. */
export class LongSecrets {
  constructor(
    private readonly port: KeychainPort,
    private readonly entryBytes: number,
    /** Reads one entry, and distinguishes an absent one from a locked keychain. */
    private readonly readSurely: (account: string) => Promise<KeychainResult<{ secret: string | null }>>,
  ) {}

  /**
   * Writes a secret, whole or, if it is longer than an entry may be, in parts. The parts are written before the entry
   * that leads to them: interrupted at any point, either the former secret or the new one is there, whole.
   */
  async store(account: string, secret: string): Promise<KeychainResult<object>> {
    const interactive = { interactive: true };
    if (Buffer.byteLength(secret) <= this.entryBytes && !isHeader(secret)) {
      const written = await this.port.set(account, secret, interactive);
      if (written.ok && Number.isFinite(this.entryBytes)) await this.#dropParts(account);
      return written;
    }
    const before = await this.port.get(account, interactive);
    if (!before.ok) return before;
    const { header, parts, set } = inParts(secret, this.entryBytes, before.secret);
    for (const [index, part] of parts.entries()) {
      const written = await this.port.set(partAccount(account, set, index), part, interactive);
      if (!written.ok) return written;
    }
    return this.port.set(account, header, interactive);
  }

  /** Reads a secret that may be in parts. */
  async read(account: string): Promise<KeychainResult<{ secret: string | null }>> {
    const read = await this.readSurely(account);
    const found = read.ok && read.secret !== null ? partsIn(read.secret) : null;
    if (!found) return read;
    const parts: (string | null)[] = [];
    for (let index = 0; index < found.count; index += 1) {
      const part = await this.port.get(partAccount(account, found.set, index));
      if (!part.ok) return part;
      parts.push(part.secret);
    }
    const secret = joinParts(found, parts);
    return secret === null
      ? { ok: false, reason: 'mismatch', detail: 'the parts of an entry do not fit together' }
      : { ok: true, secret };
  }

  async drop(account: string): Promise<KeychainResult<{ deleted: boolean }>> {
    const deleted = await this.port.delete(account, { interactive: true });
    if (deleted.ok && Number.isFinite(this.entryBytes)) await this.#dropParts(account);
    return deleted;
  }

  /** Removes all parts of an account, including those of an interrupted write. */
  async #dropParts(account: string): Promise<void> {
    for (const set of ['a', 'b'] as const) {
      for (let index = 0; ; index += 1) {
        const gone = await this.port.delete(partAccount(account, set, index));
        if (!gone.ok || !gone.deleted) break;
      }
    }
  }
}
