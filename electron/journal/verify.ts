import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { ChainReport } from '../../shared/model/journal';
import { fail } from '../../shared/model/problem';
import type { Database } from '../storage/database';
import { all, one } from '../storage/rows';
import { linkOf } from './chain';
import type { JournalHead } from './head';
import { anchorOf, type ChainedEntry, entriesAfter, type Head, headAt } from './links';
import { digestOf } from './sealed-apart';

/** The end of a chain of which the keychain knows nothing: an archive's. */
export const noEnd = { tail: async () => ({ tail: 'archive', restore: null }) as const };

const sliceLength = 500;
const secretRow = z.object({ seq: z.number(), digest: z.string(), sealed: z.string() });

export interface VerifierParts {
  readonly database: Database;
  readonly head: Pick<JournalHead, 'tail'>;
  readonly progress: (done: number, total: number) => void;
}

/** Walks the whole chain, a slice at a time, so that everything else goes on meanwhile. */
export class Verifier {
  #abort: AbortController | null = null;

  constructor(private readonly parts: VerifierParts) {}

  /** @throws ProblemError `busy` while one goes on, `cancelled` where it is stopped */
  async verify(): Promise<ChainReport> {
    if (this.#abort) fail('busy', { name: 'verify' });
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const walked = await this.#walk(abort.signal);
      const end = await this.parts.head.tail();
      const sound = end.tail !== 'cut' && end.restore?.cutBefore !== true;
      return { ok: walked.brokenAt === null && sound, ...walked, ...end };
    } finally {
      this.#abort = null;
    }
  }

  stop(): void {
    this.#abort?.abort();
  }

  async #walk(signal: AbortSignal): Promise<{ checked: number; brokenAt: number | null }> {
    const { database, progress } = this.parts;
    const total = one(database, z.object({ n: z.number() }), 'SELECT count(*) AS n FROM journal')?.n ?? 0;
    let { seq: after, hash: prev } = anchorOf(database);
    let checked = 0;
    progress(0, total);
    for (;;) {
      const entries = entriesAfter(database, after, sliceLength);
      const [last] = entries.slice(-1);
      if (!last) return { checked, brokenAt: null };
      const altered = this.#alteredSecrets(after, last.seq);
      for (const entry of entries) {
        if (!holds(entry, prev) || altered.has(entry.seq)) return { checked, brokenAt: entry.seq };
        prev = entry.hash;
        checked += 1;
      }
      after = last.seq;
      progress(checked, Math.max(total, checked));
      await nextTurn();
      if (signal.aborted) fail('cancelled');
    }
  }

  /** Entries whose sealed values, as far as they are not forgotten, are not those that the chain knows. */
  #alteredSecrets(after: number, to: number): ReadonlySet<number> {
    const sql = 'SELECT seq, digest, sealed FROM journal_secrets WHERE seq > ? AND seq <= ?';
    const rows = all(this.parts.database, secretRow, sql, after, to);
    return new Set(rows.filter(({ digest, sealed }) => digest !== digestOf(sealed)).map(({ seq }) => seq));
  }
}

/** Whether a history goes on from a link of it to its end, each link joined to the next. */
export async function leadsOn(database: Database, from: Head): Promise<boolean> {
  const anchor = anchorOf(database);
  const found = from.seq === anchor.seq ? anchor : headAt(database, from.seq);
  if (found?.hash !== from.hash) return false;
  for (let { seq: after, hash: prev } = from; ; ) {
    const entries = entriesAfter(database, after, sliceLength);
    for (const entry of entries) {
      if (!holds(entry, prev)) return false;
      prev = entry.hash;
      after = entry.seq;
    }
    if (entries.length < sliceLength) return true;
    await nextTurn();
  }
}

/** Whether an entry is what its own hash says, and links to the one before. */
export function holds(entry: ChainedEntry, prev: string): boolean {
  return entry.prev === prev && entry.hash === linkOf(prev, entry);
}
