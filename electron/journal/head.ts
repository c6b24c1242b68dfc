import { z } from 'zod';
import type { Vault } from '../keychain/vault';
import type { Database } from '../storage/database';
import { one } from '../storage/rows';
import { anchorOf, type Head, headAt, newestHead } from './links';

const remembered = z.object({ seq: z.number().int(), hash: z.string() });
const afterMs = 500;

/**
 * The newest link of the chain, remembered in the keychain: the file alone cannot tell that its last entries were cut
 * off. Written a moment after an entry, best effort; no entry ever waits for it.
 */
export class JournalHead {
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** There is a newer entry. */
  touched(): void {
    if (this.#stopped) return;
    this.#timer ??= setTimeout(() => void this.save(), afterMs);
    this.#timer.unref?.();
  }

  /** Remembers the newest link. Where what is remembered is not in the file any more it stays: it is the evidence. */
  save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saving = this.#saving.then(() => this.#save()).catch(() => undefined);
    return this.#saving;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#stopped = true;
  }

  /** Whether the file still ends where the keychain says that it did, or later. */
  async tail(): Promise<'whole' | 'cut' | 'unknown'> {
    const known = await this.#known();
    if (!known) return 'unknown';
    return this.#isThere(known) ? 'whole' : 'cut';
  }

  async #save(): Promise<void> {
    if (this.#stopped) return;
    const known = await this.vault.recall(this.#account());
    if (!known.ok || this.#stopped) return;
    const before = parsed(known.text);
    if (before && !this.#isThere(before)) return;
    const head = newestHead(this.database);
    if (head.seq > 0 && head.hash !== before?.hash)
      await this.vault.remember(this.#account(), JSON.stringify(head));
  }

  async #known(): Promise<Head | null> {
    await this.#saving;
    const known = await this.vault.recall(this.#account());
    return known.ok ? parsed(known.text) : null;
  }

  #isThere(head: Head): boolean {
    const anchor = anchorOf(this.database);
    // What was archived lies in another file; only its newest link is known here.
    if (head.seq < anchor.seq) return true;
    const found = head.seq === anchor.seq ? anchor : headAt(this.database, head.seq);
    return found?.hash === head.hash;
  }

  /** Each journal has its own account: another profile's head says nothing of this one. */
  #account(): `journal-head/${string}` {
    const sql = "SELECT value FROM history_state WHERE key = 'journal'";
    return `journal-head/${one(this.database, z.object({ value: z.string() }), sql)?.value ?? ''}`;
  }
}

function parsed(text: string | null): Head | null {
  if (text === null) return null;
  try {
    return remembered.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
