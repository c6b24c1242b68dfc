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
  readonly file: string;
  readonly files: BackupFiles;
  readonly room: Room;
  /** Makes the keychain remember what is removed: otherwise a missing beginning counts as cut. */
  readonly head: Pick<JournalHead, 'awaitArchive' | 'save'>;
  readonly jobs: Jobs;
}

// Rows of the journal copied or removed at a time; other work runs in between. Removing is slower, because each word
// leaves the index separately.
const sliceLength = 1_000;
const takenOutLength = 250;

const number = z.object({ n: z.number() });

/**
 * Moves the oldest part of the history into a file of its own: a Patchbay database with only that part. The chain spans
 * both: the archive ends with the hash that the remaining history begins after.
 */
export class Archive {
  constructor(private readonly parts: ArchiveParts) {}

  /** Returns the newest row that may be archived when everything before a moment is; 0 if none may. */
  upTo(before: number): number {
    return archivedBefore(this.parts.database, before);
  }

  /** Returns whether there is an entry from before a moment, whether or not it may be archived. */
  hasBefore(before: number): boolean {
    return hasBefore(this.parts.database, before);
  }

  /**
   * Writes the archive, checks it, names it, and only then removes its entries from the history and frees their space.
   * Interrupted at any point, each entry is in at least one of the two files. Cancelled before the archive is named, it
   * leaves no file and the history unchanged; after that the entries are removed, and the next start frees the
   * remaining space.
   * @param to the newest row of the journal to archive, from `upTo`
   * @returns how many entries were moved, and when their space is freed
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

  /** Folds words of older versions, which would otherwise stay unfolded in the archive. */
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
      // Copied once more: the working file stays open until its statements are collected, and Windows renames no open
      // file.
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

  #guard(target: string): void {
    const real = (path: string): string => (existsSync(path) ? realpathSync(path) : path);
    const own = ['', '-wal', '-shm'].map((suffix) => real(this.parts.file + suffix));
    if (own.includes(real(target))) fail('file-not-saved', { path: target, reason: 'not-allowed' });
  }

  async #copy(work: string, to: number, turn: Turn): Promise<void> {
    const { database: archive } = openDatabase(work);
    try {
      // On a connection of its own, so that the program's work is not affected.
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
   * Removes archived entries from the history, a slice at a time; each transaction leaves a valid chain. The journal's
   * trigger forbids deleting, so it is dropped inside the transaction only.
   */
  async #takeOut(to: number): Promise<number> {
    const { database } = this.parts;
    const entries = this.#entries(to);
    for (let last = this.#first() + takenOutLength - 1; ; last += takenOutLength) {
      const end = Math.min(last, to);
      // An outcome may outlast its intent by a slice; the archive as a whole refers to nothing outside it.
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
    // Still open on Windows: the next start deletes it.
  }
}

const copyNames = `
  INSERT INTO history_names SELECT * FROM source.history_names;
  INSERT INTO history_fields SELECT * FROM source.history_fields;
  INSERT OR REPLACE INTO history_state SELECT * FROM source.history_state;`;

// Columns by name: a migrated journal has them in another order than a new one.
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
  // In a gap of the numbers, an earlier slice left the anchor in its place.
  if (head) run(database, `INSERT OR REPLACE INTO history_state VALUES ('anchor', ?)`, JSON.stringify(head));
  database.exec(sql);
}
