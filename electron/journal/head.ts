import { z } from 'zod';
import type { ChainReport } from '../../shared/model/journal';
import type { Vault } from '../keychain/vault';
import type { Database } from '../storage/database';
import { one } from '../storage/rows';
import { anchorOf, type Head, headAt, newestHead, restoreNote } from './links';
import { type Awaited, type Remembered, readRemembered } from './remembered';
import { holds, leadsOn } from './verify';

const afterMs = 500;

/**
 * The newest link of the chain, remembered in the keychain: the file alone cannot tell that its last entries were cut
 * off. Written a moment after an entry, best effort; no entry ever waits for it. A restore is remembered there before it
 * is made, so that a file which ends earlier is told from one that somebody cut.
 */
export class JournalHead {
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();
  #stopped = false;
  /** A restore waits for the next start: until then what is remembered stays as it is. */
  #awaiting = false;

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

  /**
   * Remembers that a backup is about to be restored. With a closed keychain that cannot be remembered, and the check
   * will call the end cut.
   * @param journal the id of the backup's journal
   */
  async awaitRestore(journal: string, restore: Omit<Awaited, 'cut' | 'proven'>): Promise<void> {
    await this.save();
    this.#awaiting = true;
    const known = await this.#recall(journal);
    if (!known) return;
    const own = this.#account(journal) === this.#account();
    // Where another database is in use (the one before was damaged) nobody can say how that one ended.
    const cut = (own && !this.#isThere(known)) || known.restored?.cutBefore === true;
    const proven = own && !cut && (await leadsOn(this.database, restore.head));
    await this.#remember({ ...known, awaited: { ...restore, cut, proven } }, journal);
  }

  /** The restore was called off. */
  forgetRestore(): Promise<void> {
    this.#awaiting = false;
    return this.save();
  }

  /** Whether the file still ends where the keychain says that it did, or later, and what restores it knows of. */
  async tail(): Promise<Pick<ChainReport, 'tail' | 'restore'>> {
    await this.#saving;
    if ((await this.#recall())?.awaited) await this.save();
    const known = await this.#recall();
    if (!known) return { tail: 'unknown', restore: null };
    if (!this.#isThere(known)) return { tail: 'cut', restore: null };
    const { restored } = known;
    if (!restored || (restored.missing === 0 && !restored.cutBefore)) return { tail: 'whole', restore: null };
    const { at, backupAt, missing, cutBefore, proven } = restored;
    return { tail: 'restored', restore: { at, backupAt, missing, cutBefore, proven } };
  }

  async #save(): Promise<void> {
    if (this.#stopped || this.#awaiting) return;
    const recalled = await this.vault.recall(this.#account());
    if (!recalled.ok || this.#stopped) return;
    const before = readRemembered(recalled.text);
    const known = before && this.#carriedOut(before);
    if (known && !this.#isThere(known)) return;
    const head = newestHead(this.database);
    const next: Remembered = { ...known, ...(head.seq > 0 ? head : (known ?? head)) };
    // One that was not carried out is over: the file is the one from before it.
    delete next.awaited;
    if (next.seq > 0 && JSON.stringify(next) !== JSON.stringify(before)) await this.#remember(next);
  }

  /**
   * What is remembered after a restore that was awaited was carried out: the file goes on behind the backup's end with
   * the note of it, which nobody could write who does not know the keychain's token for it.
   */
  #carriedOut(known: Remembered): Remembered {
    const { awaited } = known;
    if (!awaited || !this.#isThere(awaited.head)) return known;
    const found = restoreNote(this.database, awaited.head.seq, awaited.token);
    if (!found || !holds(found, found.prev)) return known;
    const note = { seq: found.seq, hash: found.hash };
    const whole = this.#isThere(known);
    return {
      ...note,
      restored: {
        at: awaited.at,
        backupAt: awaited.backupAt,
        missing: whole ? 0 : this.#missing(known, awaited.head),
        cutBefore: awaited.cut && !whole,
        proven: awaited.proven || whole,
        head: awaited.head,
        note,
      },
    };
  }

  /** How many links are known that a backup's history does not have. After an earlier restore they begin at its end. */
  #missing({ seq, restored }: Remembered, end: Head): number {
    const shared = restored && !this.#isThere(restored.note) ? Math.min(end.seq, restored.head.seq) : end.seq;
    return Math.max(0, seq - shared);
  }

  async #recall(journal?: string): Promise<Remembered | null> {
    const known = await this.vault.recall(this.#account(journal));
    return known.ok ? readRemembered(known.text) : null;
  }

  async #remember(what: Remembered, journal?: string): Promise<void> {
    await this.vault.remember(this.#account(journal), JSON.stringify(what));
  }

  #isThere(head: Head): boolean {
    const anchor = anchorOf(this.database);
    // What was archived lies in another file; only its newest link is known here.
    if (head.seq < anchor.seq) return true;
    const found = head.seq === anchor.seq ? anchor : headAt(this.database, head.seq);
    return found?.hash === head.hash;
  }

  /** Each journal has its own account: another profile's head says nothing of this one. */
  #account(journal?: string): `journal-head/${string}` {
    const sql = "SELECT value FROM history_state WHERE key = 'journal'";
    const own = () => one(this.database, z.object({ value: z.string() }), sql)?.value ?? '';
    return `journal-head/${journal ?? own()}`;
  }
}
