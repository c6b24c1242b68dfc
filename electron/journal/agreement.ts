import type { Database } from '../storage/database';
import { anchorOf, type Head, headAt, holds, journalId, restoreNote } from './links';
import type { Remembered } from './remembered';

/* What the keychain remembers of a history, held against the file. */

/** Whether the file is the journal that is remembered, with its beginning. */
export function agrees(database: Database, known: Remembered): boolean {
  return known.journal === journalId(database) && beginsAs(database, known);
}

/** What an archive of Patchbay's own takes out may be missing; it is known before it goes. */
export function beginsAs(database: Database, { anchor, archiving }: Remembered): boolean {
  return anchorOf(database).seq <= Math.max(anchor.seq, archiving?.seq ?? 0);
}

/** Whether a link is in the file, or was archived out of it. */
export function isThere(database: Database, head: Head): boolean {
  const anchor = anchorOf(database);
  // What was archived lies in another file; only its newest link is known here.
  if (head.seq < anchor.seq) return true;
  const found = head.seq === anchor.seq ? anchor : headAt(database, head.seq);
  return found?.hash === head.hash;
}

/**
 * What is remembered after a restore that was awaited was carried out: the file goes on behind the backup's end with
 * the note of it, which nobody could write who does not know the keychain's token for it.
 */
export function carriedOut(database: Database, known: Remembered): Remembered {
  const { awaited } = known;
  if (!awaited) return known;
  const { journal = known.journal, anchor = anchorOf(database), head } = awaited;
  const there = anchorOf(database);
  if (journal !== journalId(database) || anchor.seq !== there.seq || anchor.hash !== there.hash) return known;
  if (!isThere(database, head)) return known;
  const found = restoreNote(database, head.seq, awaited.token);
  if (!found || !holds(found, found.prev)) return known;
  const same = journal === known.journal;
  const whole = same && isThere(database, known);
  return {
    ...head,
    journal,
    anchor,
    before: same && known.before.seq <= head.seq ? known.before : { ...head, why: 'restored' },
    ...(known.accepted ? { accepted: known.accepted } : {}),
    restored: {
      at: awaited.at,
      backupAt: awaited.backupAt,
      missing: whole ? 0 : same ? missing(database, known, head) : known.seq,
      cutBefore: awaited.cut && !whole,
      proven: awaited.proven || whole,
      head,
      note: { seq: found.seq, hash: found.hash },
    },
  };
}

/** How many links are known that a backup's history does not have. After an earlier restore they begin at its end. */
function missing(database: Database, { seq, restored }: Remembered, end: Head): number {
  const shared =
    restored && !isThere(database, restored.note) ? Math.min(end.seq, restored.head.seq) : end.seq;
  return Math.max(0, seq - shared);
}
