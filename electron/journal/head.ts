import { createHash } from 'node:crypto';
import type { ChainAccepted, ChainReport } from '../../shared/model/chain';
import { fail } from '../../shared/model/problem';
import type { Vault } from '../keychain/vault';
import type { Database } from '../storage/database';
import { agrees, beginsAs, carriedOut, isThere } from './agreement';
import { keyOn } from './key-on';
import { HistoryKey } from './keyed';
import { anchorOf, type Head, hasKeyed, journalId, leadsOn, newestHead } from './links';
import { type Awaited, type Remembered, readFormer, readRemembered } from './remembered';

const afterMs = 500;

/** Which history a backup holds: its journal, where it ends, and what its oldest entry links to. */
export interface BackupEnd {
  readonly journal: string;
  readonly head: Head;
  readonly anchor: Head;
}

/** What the check of the chain is told of the file as a whole, and by what it checks keyed hashes. */
export interface Evidence
  extends Pick<ChainReport, 'tail' | 'beginning' | 'restore' | 'before' | 'accepted'> {
  /** The hash at the end of the entries that are proved by it; `strict`: every later entry must have a keyed hash. */
  readonly proved: Head | null;
  readonly strict: boolean;
  readonly key: HistoryKey | null;
}

/**
 * What the keychain remembers of the profile's history: which journal it is, what its oldest entry links to, its newest
 * link, and restores. The file alone cannot tell that its ends were cut off or that it was exchanged. Written a moment
 * after an entry, best effort; no entry ever waits for it. What the file does not agree with is never overwritten: it is
 * the evidence, until a person accepts the file as it is.
 */
export class JournalHead {
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();
  #stopped = false;
  #key: HistoryKey | null = null;
  /** A restore waits for the next start: until then what is remembered stays as it is. */
  #awaiting = false;

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /**
   * Takes the key that is in the keychain. At the first start with keyed hashes the keychain remembers where the history
   * ends until now; only then entries get them.
   * @returns the key for new entries; null where the keychain does not remember anything now
   */
  async open(root: Uint8Array): Promise<HistoryKey | null> {
    const begun = this.#saving.then(async () => {
      const known = await this.#recall();
      return known !== undefined && (known !== null || hasKeyed(this.database) || (await this.#begin()));
    });
    this.#saving = begun.then(
      () => undefined,
      () => undefined,
    );
    if (!(await begun)) return null;
    this.#key = new HistoryKey(root, journalId(this.database));
    return this.#key;
  }

  /** Forgets the key: until the next `open` no entry is keyed, and what is remembered stays as it is. */
  close(): void {
    this.#key = null;
  }

  /** Whether it can key an entry now. */
  get hasKey(): boolean {
    return this.#key !== null;
  }

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
   */
  async awaitRestore(end: BackupEnd, restore: Pick<Awaited, 'token' | 'at' | 'backupAt'>): Promise<void> {
    await this.save();
    this.#awaiting = true;
    const known = await this.#recall();
    if (!known) return;
    const own = known.journal === journalId(this.database);
    // Where another database is in use (the one before was damaged) nobody can say how that one ended.
    const cut = (own && !isThere(this.database, known)) || known.restored?.cutBefore === true;
    const proven = own && end.journal === known.journal && !cut && (await leadsOn(this.database, end.head));
    await this.#remember({ ...known, awaited: { ...restore, ...end, cut, proven } });
  }

  /** The restore was called off. */
  forgetRestore(): Promise<void> {
    this.#awaiting = false;
    return this.save();
  }

  /** Remembers that an archive is about to take entries out, up to one. */
  async awaitArchive(to: Head): Promise<void> {
    await this.save();
    const known = await this.#recall();
    if (known && agrees(this.database, known)) await this.#remember({ ...known, archiving: to });
  }

  /**
   * Takes the history as it is, although it could not be proved. A person decides that, and it is journalled before.
   * @param upTo the newest entry that the person was told of; what comes later is checked as ever
   */
  async accept(upTo: Head, accepted: ChainAccepted): Promise<void> {
    await this.#saving;
    const known = await this.#recall();
    if (known === undefined) fail('keychain-locked');
    const journal = journalId(this.database);
    const restored = known?.journal === journal ? known.restored : undefined;
    const next: Remembered = {
      ...upTo,
      journal,
      anchor: anchorOf(this.database),
      before: { ...upTo, why: 'accepted' },
      accepted,
      ...(restored ? { restored: { ...restored, cutBefore: false, proven: true } } : {}),
      // That the history is accepted does not make sealed values acceptable that are bound to no place.
      ...(known?.bound ? { bound: true as const } : {}),
    };
    if (!(await this.#remember(next))) fail('keychain-failed');
    await this.save();
  }

  /**
   * Whether all sealed values of the file are bound to their places. A restored backup may be older than that, so a
   * restore begins it anew. Null where nobody knows: the keychain does not say, or remembers another history.
   */
  async bound(): Promise<boolean | null> {
    await this.#saving;
    const asked = await this.#recall();
    const known = asked && carriedOut(this.database, asked);
    if (!known || known.journal !== journalId(this.database)) return null;
    // A restore that is not noted yet: which file this is can only be told afterwards.
    if (known.bound && known.awaited) return null;
    return known.bound === true;
  }

  /** Remembers that they are. @returns whether the keychain does */
  rememberBound(): Promise<boolean> {
    const saved = this.#saving.then(async () => {
      const asked = await this.#recall();
      const known = asked && carriedOut(this.database, asked);
      if (!known || this.#awaiting || known.awaited) return false;
      return known.bound === true || this.#remember({ ...known, bound: true });
    });
    this.#saving = saved.then(
      () => undefined,
      () => undefined,
    );
    return saved;
  }

  /** What the keychain says of the file as it is now. */
  async evidence(): Promise<Evidence> {
    await this.#saving;
    const asked = await this.#recall();
    if (asked?.awaited) await this.save();
    const known = asked?.awaited ? await this.#recall() : asked;
    const nothing = {
      tail: 'unknown',
      beginning: 'unknown',
      restore: null,
      before: null,
      accepted: null,
      proved: null,
      strict: false,
      key: this.#key,
    } as const;
    if (known === undefined) return nothing;
    if (known === null) return hasKeyed(this.database) ? { ...nothing, tail: 'forgotten' } : nothing;
    if (known.journal !== journalId(this.database)) return { ...nothing, tail: 'replaced' };
    const { before, accepted = null } = known;
    const proof = {
      beginning: beginsAs(this.database, known) ? 'whole' : 'cut',
      before: before.seq > 0 ? { seq: before.seq, why: before.why } : null,
      accepted,
      proved: before,
      strict: this.#key !== null,
      key: this.#key,
    } as const;
    if (!isThere(this.database, known)) return { ...proof, tail: 'cut', restore: null };
    // Without the key nobody can say whether what was added since is Patchbay's own.
    if (!this.#key) return { ...proof, tail: 'unknown', restore: null };
    const { restored } = known;
    if (!restored || (restored.missing === 0 && !restored.cutBefore))
      return { ...proof, tail: 'whole', restore: null };
    const { at, backupAt, missing, cutBefore, proven } = restored;
    return { ...proof, tail: 'restored', restore: { at, backupAt, missing, cutBefore, proven } };
  }

  /** Where the entries end that an archive of a journal needs no keyed hashes for; null where nobody knows. */
  async provedOf(journal: string): Promise<Pick<Evidence, 'proved' | 'strict' | 'key'>> {
    const known = await this.#recall();
    const own = known?.journal === journal && this.#key?.journal === journal;
    return own
      ? { proved: known.before, strict: true, key: this.#key }
      : { proved: null, strict: false, key: null };
  }

  /** The first start with keyed hashes: what is there until now is remembered as being from before them. */
  async #begin(): Promise<boolean> {
    const journal = journalId(this.database);
    const former = await this.vault.recall(`journal-head/${journal}`);
    if (!former.ok) return false;
    const head = newestHead(this.database);
    const begun = {
      ...head,
      journal,
      anchor: anchorOf(this.database),
      before: { ...head, why: 'first-start' },
    } as const;
    // What an older version remembered goes on counting: where the file does not have it, its end was cut off.
    return this.#remember({ ...begun, ...readFormer(former.text) });
  }

  async #save(): Promise<void> {
    if (this.#stopped || this.#awaiting || !this.#key) return;
    const before = await this.#recall();
    if (!before || this.#stopped) return;
    const known = carriedOut(this.database, before);
    if (!agrees(this.database, known) || !isThere(this.database, known)) return;
    const anchor = anchorOf(this.database);
    const { awaited: _, archiving, ...kept } = known;
    const next: Remembered = {
      ...kept,
      ...(archiving && archiving.seq > anchor.seq ? { archiving } : {}),
      anchor,
      ...(await keyOn(this.database, known, this.#key, () => this.#stopped)),
    };
    if (JSON.stringify(next) !== JSON.stringify(before)) await this.#remember(next);
  }

  /** Null where the keychain remembers nothing, undefined where it does not say. */
  async #recall(): Promise<Remembered | null | undefined> {
    const known = await this.vault.recall(this.#account);
    return known.ok ? readRemembered(known.text) : undefined;
  }

  async #remember(what: Remembered): Promise<boolean> {
    return (await this.vault.remember(this.#account, JSON.stringify(what))).ok;
  }

  /** By the profile's place, and not by an id that stands in the file: whoever writes the file could choose that. */
  get #account(): `journal-head/${string}` {
    const place = this.database.location() ?? '';
    return `journal-head/profile-${createHash('sha256').update(place).digest('hex').slice(0, 16)}`;
  }
}
