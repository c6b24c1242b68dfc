import { existsSync, statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { DatabaseSize } from '../../shared/model/journal';
import type { Database } from '../storage/database';
import { measure } from '../storage/inspect';
import { one, run } from '../storage/rows';

export interface RoomParts {
  readonly database: Database;
  /** The database's file. */
  readonly file: string;
  /** Pages given back so far, of how many. */
  readonly progress: (done: number, total: number) => void;
}

const number = z.object({ n: z.number() });
// Pages that move in one transaction; between two of them others have their turn.
const sliceOfPages = 128;
// Pages of the index of words that one merge writes; it reads and compares more than it writes.
const mergedPages = 32;
// A file up to this size is written anew in well under a second.
const smallBytes = 64 * 1024 * 1024;
const wanted = 'room';

/**
 * The room that the database takes on the disk. What an archive leaves free is given back a slice at a time while the
 * program goes on; each slice is a transaction, so that the program's end may come between any two.
 */
export class Room {
  constructor(private readonly parts: RoomParts) {}

  /** Bytes of the file and of its side file. */
  bytes(): number {
    const { file } = this.parts;
    return [file, `${file}-wal`].reduce((sum, path) => sum + (existsSync(path) ? statSync(path).size : 0), 0);
  }

  /** What takes how much of it. Every page is looked at, in a thread of its own. */
  async size(): Promise<DatabaseSize> {
    const measured = await measure(this.parts.file);
    return { whole: this.bytes(), ...measured };
  }

  /**
   * Gives free room back to the disk.
   * @returns `at-next-start` where it was stopped, where the disk is full, or where an older file has to be written anew
   */
  async giveBack(signal: AbortSignal): Promise<'given-back' | 'at-next-start'> {
    const { database } = this.parts;
    try {
      // Noted first: cut off from here on, the next start finishes it.
      run(database, 'INSERT OR REPLACE INTO workspace (key, body) VALUES (?, ?)', wanted, '{}');
      if (!isIncremental(database)) return 'at-next-start';
      if (!(await this.#mergeWords(signal)) || !(await this.#givePages(signal))) return 'at-next-start';
      run(database, 'DELETE FROM workspace WHERE key = ?', wanted);
      shortenSideFile(database);
      return 'given-back';
    } catch {
      return 'at-next-start';
    }
  }

  /** The index of words keeps what was taken out as notes of its taking out, until its parts are merged. */
  async #mergeWords(signal: AbortSignal): Promise<boolean> {
    const { database } = this.parts;
    const changes = (): number => one(database, number, 'SELECT total_changes() AS n')?.n ?? 0;
    for (let pages = -mergedPages; !signal.aborted; pages = mergedPages) {
      const before = changes();
      run(database, `INSERT INTO history_words (history_words, rank) VALUES ('merge', ?)`, pages);
      if (changes() - before < 2) return true;
      await nextTurn();
    }
    return false;
  }

  async #givePages(signal: AbortSignal): Promise<boolean> {
    const { database, progress } = this.parts;
    const total = freePages(database);
    for (let left = total; left > 0; left = freePages(database)) {
      if (signal.aborted) return false;
      database.exec(`PRAGMA incremental_vacuum(${sliceOfPages})`);
      progress(total - left, total);
      await nextTurn();
    }
    return true;
  }
}

/**
 * At the start, while nobody waits for the database: finishes giving room back, and writes an older file anew in the
 * form in which that goes in slices. One that is large is left as it is until an archive was taken out of it. A
 * transaction as any other; where it fails (no space for it) everything stays as it was.
 */
export function tidyRoom(database: Database, file: string): void {
  try {
    const asked = one(
      database,
      z.object({ body: z.string() }),
      'SELECT body FROM workspace WHERE key = ?',
      wanted,
    );
    if (isIncremental(database)) {
      if (asked) database.exec('PRAGMA incremental_vacuum');
    } else if (asked || statSync(file).size <= smallBytes) {
      database.exec('PRAGMA auto_vacuum = INCREMENTAL; VACUUM');
    } else return;
    if (asked) run(database, 'DELETE FROM workspace WHERE key = ?', wanted);
    shortenSideFile(database);
  } catch {
    // The next start tries again.
  }
}

function isIncremental(database: Database): boolean {
  return one(database, z.object({ auto_vacuum: z.number() }), 'PRAGMA auto_vacuum')?.auto_vacuum === 2;
}

function freePages(database: Database): number {
  return (
    one(database, z.object({ freelist_count: z.number() }), 'PRAGMA freelist_count')?.freelist_count ?? 0
  );
}

/** Brings the side file into the main one. Where somebody reads just now it is done by and by, and not waited for. */
function shortenSideFile(database: Database): void {
  database.exec('PRAGMA busy_timeout = 0');
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.exec('PRAGMA busy_timeout = 3000');
  }
}
