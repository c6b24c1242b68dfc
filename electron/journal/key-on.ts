import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Database, inTransaction } from '../storage/database';
import type { HistoryKey } from './keyed';
import { anchorOf, type ChainedEntry, entriesAfter, type Head, holds, keyEntry } from './links';
import type { Remembered } from './remembered';

const sliceLength = 200;

/**
 * Goes on from the link that is remembered to the newest that is proved, and keys on the way what was added while the
 * keychain was closed: as keyed later, for nobody can say who wrote it. What does not hold ends the way.
 */
export async function keyOn(
  database: Database,
  known: Remembered,
  key: HistoryKey,
  stopped: () => boolean,
): Promise<Head> {
  const anchor = anchorOf(database);
  let head: Head = known.seq < anchor.seq ? anchor : { seq: known.seq, hash: known.hash };
  for (;;) {
    const entries = entriesAfter(database, head.seq, sliceLength);
    const proved = inTransaction(database, () => {
      let prev = head.hash;
      return entries.filter((entry, at) => {
        if (at > 0 && entries[at - 1]?.hash !== prev) return false;
        if (!holds(entry, prev) || !isKeyed(database, entry, key, known)) return false;
        prev = entry.hash;
        return true;
      });
    });
    const last = proved.at(-1);
    if (last) head = { seq: last.seq, hash: last.hash };
    if (proved.length < entries.length || entries.length < sliceLength || stopped()) return head;
    await nextTurn();
    if (stopped()) return head;
  }
}

function isKeyed(
  database: Database,
  entry: ChainedEntry,
  key: HistoryKey,
  { restored }: Remembered,
): boolean {
  const verdict = key.judge(entry, entry.keyed);
  if (verdict !== 'none') return verdict === 'now' || verdict === 'later';
  // The note of a restore names the keychain's own token for it.
  const own = restored?.note.seq === entry.seq && restored.note.hash === entry.hash;
  keyEntry(database, entry, key.keyed(entry, own ? 'now' : 'later'));
  return true;
}
