import { existsSync, realpathSync } from 'node:fs';

import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { fail, ProblemError } from '../../shared/model/problem';
import { newPart } from '../files/part-file';
import type { GivenId, Jobs, Turn } from '../jobs/jobs';
import type { JournalHead } from '../journal/head';
import { HistoryIndex } from '../journal/history-index';
import { headAt, linksHold } from '../journal/links';
import { finish, leaveNothing } from '../storage/backup';
import { copyPages, type Database, inTransaction, openDatabase } from '../storage/database';
import { one, run } from '../storage/rows';
import { archivedBefore, hasBefore } from './archive-span';
import type { BackupFiles } from './backup-files';
import type { Room } from './room';

export interface ArchiveParts {
  readonly database: Database;
  /** The database's file. */
  readonly file: string;
  readonly files: BackupFiles;
  readonly room: Room;
  /** Has the keychain remember what is taken out: a beginning that is missing otherwise is called cut. */
  readonly head: Pick<JournalHead, 'awaitArchive' | 'save'>;
  readonly jobs: Jobs;
}

// So many rows of the journal are copied, or taken out, at a time; between them others have their turn. Taking out is the
// slower: words leave their index one by one.
const sliceLength = 1_000;
const takenOutLength = 250;

const number = z.object({ n: z.number() });

/**
 * Moves the oldest part of the history into a file of its own: a Patchbay database with nothing but that part in it.
 * The chain goes across: the archive ends with the hash that the remaining history begins after.
 */
export class Archive {
  constructor(private readonly parts: ArchiveParts) {}

  /** The newest row that may be archived when everything before a moment is; 0 where nothing may. */
  upTo(before: number): number {
    return archivedBefore(this.parts.database, before);
  }

  /** Whether there is an entry from before a moment, may it go or not. */
  hasBefore(before: number): boolean {
    return hasBefore(this.parts.database, before);
  }

  /**
   * Writes the archive, checks it, gives it its name, and only then takes its entries out of the history and gives
   * their room back to the disk. Cut off at any point, an entry is in one of the two files, or in both. Cancelled while
   * the archive is written, it leaves no file, and the history is as it was. Once it has its name the entries go; what is
   * left of giving their room back is done at the next start.
   * @param to the newest row of the journal that goes, from `upTo`
   * @returns how many entries went, and what became of their room
   * @throws ProblemError `busy`, `cancelled`, `file-not-saved`
   */
  async write(
    target: string,
    to: number,
    job?: GivenId,
  ): Promise<{ entries: number; room: 'given-back' | 'at-next-start' }> {
    const { jobs, database, head, room } = this.parts;
    return jobs.run({ job, kind: 'archive' }, null, async (turn) => {
      this.#guard(target);
      await this.#foldAnew(turn);
      await this.#toFile(target, to, turn);
      const newest = headAt(database, to);
      if (newest) await head.awaitArchive(newest);
      const entries = await this.#takeOut(to);
      await head.save();
      return { entries, room: await room.giveBack(turn) };
    });
  }

  /** Words that an older version has folded would stay so in the archive for good. */
  async #foldAnew(turn: Turn): Promise<void> {
    const index = new HistoryIndex(this.parts.database);
    while (index.foldsAnew) {
      inTransaction(this.parts.database, () => index.catchUp(sliceLength));
      await turn.rest();
    }
  }

  async #toFile(target: string, to: number, turn: Turn): Promise<void> {
    let part: string | null = null;
    const work = this.parts.files.work('archive');
    try {
      leaveNothing(work);
      part = newPart(target);
      await this.#copy(work, to, turn);
      // Copied once more: what was worked on stays open until its statements are collected, and Windows renames no
      // open file.
      await copyPages(work, part);
      if (turn.signal.aborted) fail('cancelled');
      await finish(part, target);
    } catch (error) {
      if (part !== null) leaveNothing(part);
      if (error instanceof ProblemError && error.problem.code === 'cancelled') throw error;
      fail('file-not-saved', { path: target, reason: 'file-failed' });
    } finally {
      tryLeaveNothing(work);
    }
  }

  /** An archive over the database in use would be the end of it. */
  #guard(target: string): void {
    const real = (path: string): string => (existsSync(path) ? realpathSync(path) : path);
    const own = ['', '-wal', '-shm'].map((suffix) => real(this.parts.file + suffix));
    if (own.includes(real(target))) fail('file-not-saved', { path: target, reason: 'not-allowed' });
  }

  async #copy(work: string, to: number, turn: Turn): Promise<void> {
    const { database: archive } = openDatabase(work);
    try {
      // A connection of its own: what goes on in the program is not touched by it.
      run(archive, 'ATTACH ? AS source', this.parts.file);
      inTransaction(archive, () => archive.exec(copyNames));
      const total = this.#rows(to);
      let done = 0;
      for (let from = this.#first(); from <= to; from += sliceLength) {
        const last = Math.min(to, from + sliceLength - 1);
        done += inTransaction(archive, () => {
          const { changes } = run(archive, copyJournal, from, last);
          for (const table of copied) run(archive, copySlice(table), from, last);
          run(archive, copyWords, from, last);
          return changes;
        });
        turn.tell('archiving', done, total);
        await turn.rest();
      }
      if (done !== total) throw new Error('entries are missing in the archive');
      run(archive, `INSERT OR REPLACE INTO history_state VALUES ('indexed', ?)`, String(to));
      const holds = await linksHold(archive);
      const ends = headAt(archive, to)?.hash;
      if (!holds || ends === undefined || ends !== headAt(this.parts.database, to)?.hash)
        throw new Error('the chain of the archive does not hold');
    } finally {
      archive.close();
    }
  }

  /**
   * Takes what was archived out of the history, a slice at a time, each a transaction that leaves a chain that holds.
   * The journal refuses this by its trigger, which is away only inside the transaction.
   */
  async #takeOut(to: number): Promise<number> {
    const { database } = this.parts;
    const entries = this.#entries(to);
    for (let last = this.#first() + takenOutLength - 1; ; last += takenOutLength) {
      const end = Math.min(last, to);
      // An outcome may stay a slice longer than its intent; what is archived as a whole names nothing outside.
      database.exec('PRAGMA foreign_keys = OFF');
      try {
        inTransaction(database, () => takeOutSlice(database, end));
      } finally {
        database.exec('PRAGMA foreign_keys = ON');
      }
      if (end === to) return entries;
      await nextTurn();
    }
  }

  #first(): number {
    return one(this.parts.database, number, 'SELECT coalesce(min(seq), 1) AS n FROM journal')?.n ?? 1;
  }

  #rows(to: number): number {
    return one(this.parts.database, number, 'SELECT count(*) AS n FROM journal WHERE seq <= ?', to)?.n ?? 0;
  }

  #entries(to: number): number {
    const sql = `SELECT count(*) AS n FROM journal WHERE seq <= ? AND type <> 'outcome'`;
    return one(this.parts.database, number, sql, to)?.n ?? 0;
  }
}

function tryLeaveNothing(path: string): void {
  try {
    leaveNothing(path);
  } catch {
    // Still open on Windows: the next start sweeps it away.
  }
}

const copyNames = `
  INSERT INTO history_names SELECT * FROM source.history_names;
  INSERT INTO history_fields SELECT * FROM source.history_fields;
  INSERT OR REPLACE INTO history_state SELECT * FROM source.history_state;`;

// Columns by name: a journal that was brought up to date has them in another order than a new one could have.
const copyJournal = `INSERT INTO journal
    (seq, at, type, intent_seq, connection_id, remote_id, title, work_order_id, outcome, body, prev, hash, keyed)
  SELECT seq, at, type, intent_seq, connection_id, remote_id, title, work_order_id, outcome, body, prev, hash, keyed
  FROM source.journal WHERE seq BETWEEN ? AND ? ORDER BY seq`;

const copied = ['journal_secrets', 'history', 'history_more_fields', 'history_text'] as const;
const copySlice = (table: (typeof copied)[number]): string =>
  `INSERT INTO ${table} SELECT * FROM source.${table} WHERE seq BETWEEN ? AND ?`;
const copyWords = `INSERT INTO history_words (rowid, text) SELECT seq, text FROM history_text WHERE seq BETWEEN ? AND ?`;

const trigger = z.object({ sql: z.string() });
const link = z.object({ seq: z.number(), hash: z.string() });

function takeOutSlice(database: Database, to: number): void {
  const name = 'journal_is_not_shortened';
  const { sql } =
    one(database, trigger, `SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?`, name) ??
    fail('internal');
  const newest = 'SELECT seq, hash FROM journal WHERE seq <= ? ORDER BY seq DESC LIMIT 1';
  const head = one(database, link, newest, to);
  database.exec(`DROP TRIGGER ${name}`);
  run(
    database,
    `INSERT INTO history_words (history_words, rowid, text) SELECT 'delete', seq, text FROM history_text
      WHERE seq <= ? AND seq <= (SELECT CAST(value AS INTEGER) FROM history_state WHERE key = 'indexed')`,
    to,
  );
  for (const table of copied) run(database, `DELETE FROM ${table} WHERE seq <= ?`, to);
  run(database, 'UPDATE run_rows SET intent_seq = NULL WHERE intent_seq <= ?', to);
  run(database, 'DELETE FROM journal WHERE seq <= ?', to);
  // Where the numbers have a gap an earlier slice left the anchor where it has to be.
  if (head) run(database, `INSERT OR REPLACE INTO history_state VALUES ('anchor', ?)`, JSON.stringify(head));
  database.exec(sql);
}
