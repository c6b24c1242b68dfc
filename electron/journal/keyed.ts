import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** `now`: keyed by the program that wrote it. `later`: found without a keyed hash at a later start, and keyed then. */
export type Keying = 'now' | 'later';

/** What a keyed hash says of its entry; `foreign`: it was made with another key. */
export type KeyedVerdict = Keying | 'none' | 'foreign' | 'wrong';

/** What a keyed hash is of. The plain hash covers the whole entry and all before it. */
export interface KeyedLink {
  readonly seq: number;
  readonly hash: string;
}

const marks: Readonly<Record<Keying, string>> = { now: 'n', later: 'l' };

/**
 * The key of the history's keyed hashes, for one journal: derived from the key in the keychain for this use alone, so
 * that whoever has the file and not the keychain can make none.
 */
export class HistoryKey {
  readonly #key: Uint8Array;
  readonly #id: string;

  /**
   * @param root the key that is in the keychain
   * @param journal the journal's own id: an entry of another journal proves nothing here
   */
  constructor(
    root: Uint8Array,
    readonly journal: string,
  ) {
    this.#key = new Uint8Array(hkdfSync('sha256', root, 'patchbay', 'history entries 1', 32));
    this.#id = createHash('sha256').update(this.#key).digest('hex').slice(0, 12);
  }

  /** The keyed hash of an entry, as the journal keeps it: how it was made, the key's short name, HMAC-SHA256. */
  keyed(link: KeyedLink, how: Keying): string {
    return `${marks[how]}:${this.#id}:${this.#mac(link, how).toString('base64url')}`;
  }

  /** Judges what stands beside an entry. */
  judge(link: KeyedLink, keyed: string | null): KeyedVerdict {
    if (keyed === null) return 'none';
    const [mark, id, mac = ''] = keyed.split(':');
    const how = mark === marks.now ? 'now' : mark === marks.later ? 'later' : null;
    if (how === null) return 'wrong';
    if (id !== this.#id) return 'foreign';
    const found = Buffer.from(mac, 'base64url');
    const wanted = this.#mac(link, how);
    return found.length === wanted.length && timingSafeEqual(found, wanted) ? how : 'wrong';
  }

  #mac({ seq, hash }: KeyedLink, how: Keying): Buffer {
    const text = JSON.stringify([how, this.journal, seq, hash]);
    return createHmac('sha256', this.#key).update(text, 'utf8').digest();
  }
}
