import { z } from 'zod';
import type { ChainDoubt, ChainReport } from '../../shared/model/chain';
import type { GivenId, Jobs, Turn } from '../jobs/jobs';
import { type Database, inTransaction } from '../storage/database';
import { checkWords } from '../storage/inspect';
import { all, one } from '../storage/rows';
import type { Sealer } from '../storage/sealing';
import { Derived } from './derived';
import type { Evidence } from './head';
import { HistoryIndex } from './history-index';
import type { KeyedVerdict } from './keyed';
import { anchorOf, type ChainedEntry, entriesAfter, type Head, holds, newestHead } from './links';
import { isExchanged } from './sealed-values';

const sliceLength = 500;
const wordsAtOnce = 200;
const secretRow = z.object({ seq: z.number(), digest: z.string(), sealed: z.string() });

export interface VerifierParts {
  readonly database: Database;
  /** Opens sealed values beside the history, to see whether they are in their places; without it nobody can say. */
  readonly sealer?: Pick<Sealer, 'hasKey' | 'openAt'>;
  /** What the keychain says of the file. */
  readonly evidence: () => Promise<Evidence>;
  readonly jobs: Jobs;
  /** Ends a check when aborted: the file is being closed. */
  readonly until?: AbortSignal;
}

type Walked = Pick<ChainReport, 'checked' | 'brokenAt' | 'brokenBy' | 'later' | 'index'>;

/** What a check found, and the newest entry that it looked at. */
export interface Checked {
  readonly report: ChainReport;
  readonly upTo: Head;
}

/** Walks the whole chain, a slice at a time, so that everything else goes on meanwhile. */
export class Verifier {
  #last: Checked | null = null;

  constructor(private readonly parts: VerifierParts) {}

  /** What the last check found; null where there was none, or it was stopped. */
  get last(): Checked | null {
    return this.#last;
  }

  /** @throws ProblemError `busy` while one goes on, `cancelled` where it is stopped */
  verify(job?: GivenId): Promise<ChainReport> {
    const { jobs, until } = this.parts;
    return jobs.run({ job, kind: 'verify', ...(until ? { until } : {}) }, null, async (turn) => {
      this.#last = null;
      const evidence = await this.parts.evidence();
      const upTo = newestHead(this.parts.database);
      const report = judged(await walk(this.parts, evidence, turn), evidence);
      this.#last = { report, upTo };
      return report;
    });
  }
}

/** Puts together what the entries and the keychain say. */
function judged(walked: Walked, evidence: Evidence): ChainReport {
  const { tail, beginning, restore, before, accepted } = evidence;
  const doubts = doubtsOf(walked, evidence);
  const ends = tail === 'whole' || tail === 'restored' || tail === 'archive';
  // A link that does not hold, or an exchanged value, is no doubt: nothing makes it good.
  const acceptable = walked.brokenBy === null || walked.brokenBy === 'key' ? doubts : [];
  return {
    ok: walked.brokenAt === null && walked.index.ok && ends && doubts.length === 0,
    ...walked,
    tail,
    beginning,
    restore,
    before,
    accepted,
    doubts: tail === 'unknown' || tail === 'archive' ? [] : acceptable,
  };
}

function doubtsOf({ brokenBy, later }: Walked, evidence: Evidence): ChainDoubt[] {
  const { tail, beginning, restore, before } = evidence;
  // A restored backup that is neither a beginning of the known history nor keyed: anybody could have written it.
  const unproved = restore !== null && !restore.proven && before?.why === 'restored';
  const found: readonly (readonly [ChainDoubt, boolean])[] = [
    ['replaced', tail === 'replaced'],
    ['forgotten', tail === 'forgotten'],
    ['cut', tail === 'cut' || restore?.cutBefore === true],
    ['beginning-cut', beginning === 'cut'],
    ['key', brokenBy === 'key'],
    ['later', later !== null],
    ['restored', unproved],
  ];
  return found.flatMap(([doubt, is]) => (is ? [doubt] : []));
}

/**
 * Checks every link, what lies beside it, and what is derived from it.
 * @throws ProblemError `cancelled`
 */
async function walk(parts: VerifierParts, evidence: Evidence, turn: Turn): Promise<Walked> {
  const { database } = parts;
  const total = one(database, z.object({ n: z.number() }), 'SELECT count(*) AS n FROM journal')?.n ?? 0;
  await foldAnew(database, turn);
  const derived = new Derived(database);
  let { seq: after, hash: prev } = anchorOf(database);
  let checked = 0;
  let late: NonNullable<Walked['later']> | undefined;
  const later = (): Walked['later'] => late ?? null;
  const broken = (brokenAt: number, brokenBy: Walked['brokenBy']): Walked => ({
    checked,
    brokenAt,
    brokenBy,
    later: later(),
    index: { ok: true, at: null },
  });
  turn.tell('working', 0, total);
  for (;;) {
    const entries = entriesAfter(database, after, sliceLength);
    const [last] = entries.slice(-1);
    if (!last) break;
    const altered = alteredSecrets(database, parts.sealer, entries);
    for (const entry of entries) {
      if (!holds(entry, prev)) return broken(entry.seq, 'link');
      if (altered.has(entry.seq)) return broken(entry.seq, 'sealed');
      const keyed = keyedAs(entry, evidence);
      if (keyed === 'wrong') return broken(entry.seq, 'key');
      if (keyed === 'later') late = { count: (late?.count ?? 0) + 1, from: late?.from ?? entry.seq };
      prev = entry.hash;
      checked += 1;
    }
    derived.compare(after, entries);
    after = last.seq;
    turn.tell('working', checked, Math.max(total, checked));
    await turn.rest();
  }
  const at = derived.first(after);
  const words = at === null && (await wordsHold(database));
  await turn.rest();
  return { checked, brokenAt: null, brokenBy: null, later: later(), index: { ok: at === null && words, at } };
}

/** What an older version has folded is folded anew first: it would differ from what is derived now. */
async function foldAnew(database: Database, turn: Turn): Promise<void> {
  const index = new HistoryIndex(database);
  while (index.foldsAnew) {
    inTransaction(database, () => index.catchUp(wordsAtOnce));
    await turn.rest();
  }
}

/** Whether an entry's keyed hash is what it has to be. */
function keyedAs(entry: ChainedEntry, { key, proved, strict }: Evidence): 'fine' | 'later' | 'wrong' {
  if (proved && entry.seq <= proved.seq) {
    // All before it hangs on this one hash.
    return entry.seq < proved.seq || entry.hash === proved.hash ? 'fine' : 'wrong';
  }
  if (!key) return 'fine';
  const verdict: KeyedVerdict = key.judge(entry, entry.keyed);
  if (verdict === 'now' || verdict === 'later') return verdict === 'later' && strict ? 'later' : 'fine';
  // Where the keychain knows nothing of this history, what another key made or no key made says nothing either.
  return verdict === 'wrong' || strict ? 'wrong' : 'fine';
}

/** Entries whose sealed values, as far as they are not forgotten, are not those that the chain knows. */
function alteredSecrets(
  database: Database,
  sealer: VerifierParts['sealer'],
  entries: readonly ChainedEntry[],
): ReadonlySet<number> {
  const sql = 'SELECT seq, digest, sealed FROM journal_secrets WHERE seq >= ? AND seq <= ?';
  const rows = all(database, secretRow, sql, entries[0]?.seq ?? 0, entries.at(-1)?.seq ?? 0);
  if (rows.length === 0) return new Set();
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  const wrong = rows.filter(({ seq, digest, sealed }) => {
    const entry = bySeq.get(seq);
    return !entry || isExchanged(sealer, entry, digest, sealed);
  });
  return new Set(wrong.map(({ seq }) => seq));
}

/** Whether the index of words has each entry's words, and no others. */
async function wordsHold(database: Database): Promise<boolean> {
  const file = database.location();
  return file === null || (await checkWords(file));
}
