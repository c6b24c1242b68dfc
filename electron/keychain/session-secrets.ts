import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type SealingKey, toKey } from './sealing-key';

const takenSchema = z.object({
  entries: z.array(z.tuple([z.string(), z.string()])),
  key: z.string().nullable(),
});

/** Secrets that are kept in memory only, by account, and this session's own sealing key. */
export class SessionSecrets {
  readonly #entries = new Map<string, string>();
  #key: SealingKey | undefined;

  get key(): SealingKey | undefined {
    return this.#key;
  }

  get(account: string): string | undefined {
    return this.#entries.get(account);
  }

  set(account: string, secret: string): void {
    this.#entries.set(account, secret);
  }

  /** Removes a secret. @returns whether there was one */
  delete(account: string): boolean {
    return this.#entries.delete(account);
  }

  /** Returns the session's sealing key, made on first use. */
  sealingKey(): SealingKey {
    this.#key ??= toKey(randomBytes(32), 'session');
    return this.#key;
  }

  /** Removes everything from memory and returns it as text: the caller then holds the only copy. @returns null if empty */
  take(): string | null {
    if (this.#entries.size === 0 && !this.#key) return null;
    const key = this.#key && Buffer.from(this.#key.key).toString('base64');
    const text = JSON.stringify({ entries: [...this.#entries], key: key ?? null });
    this.#key?.key.fill(0);
    this.#key = undefined;
    this.#entries.clear();
    return text;
  }

  /** Brings back what `take` gave. @returns the secrets in it */
  give(text: string): readonly string[] {
    const { entries, key } = takenSchema.parse(JSON.parse(text));
    for (const [account, secret] of entries) this.#entries.set(account, secret);
    if (key !== null) this.#key = toKey(Buffer.from(key, 'base64'), 'session');
    return entries.map(([, secret]) => secret);
  }
}
