import { existsSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { DatabaseSize } from '../../shared/model/keeping';
import type { Turn } from '../jobs/jobs';
import type { Database } from '../storage/database';
import { measure } from '../storage/inspect';
import { drop, keep, kept } from '../storage/kept';
import { one, run } from '../storage/rows';

export interface RoomParts {
  readonly database: Database;
  readonly file: string;
}

const number = z.object({ n: z.number() });
// Pages moved in one transaction; other work runs in between.
const sliceOfPages = 128;
// Pages that one merge of the word index writes; it reads more.
const mergedPages = 32;
// A file up to this size is rewritten in well under a second.
const smallBytes = 64 * 1024 * 1024;
// How long a reader is waited for.
const readerMs = 100;
const readerTries = 50;
const wanted = 'room';
const wholeAnew = '{"whole":true}';

/**
 * The database's disk space. What an archive frees is returned in slices while the program runs; each slice is a
 * transaction, so the program may end between any two.
 */
export class Room {
  constructor(private readonly parts: RoomParts) {}

  bytes(): number {
    const { file } = this.parts;
    return [file, `${file}-wal`].reduce((sum, path) => sum + (existsSync(path) ? statSync(path).size : 0), 0);
  }

  /** Measures the space by use. Reads every page, in a thread of its own. */
  async size(): Promise<DatabaseSize> {
    const measured = await measure(this.parts.file);
    return { whole: this.bytes(), ...measured };
  }

  /**
   * Returns free space to the disk.
   * @returns `at-next-start` if it was stopped, the disk is full, or an older file has to be rewritten
   */
  async giveBack(turn: Turn): Promise<'given-back' | 'at-next-start'> {
    const { database } = this.parts;
    try {
      // The next start rewrites the whole file, which frees the space too and must stay scheduled.
      if (kept(database, wanted) === wholeAnew) return 'at-next-start';
      // Noted first: if interrupted from here on, the next start finishes it.
      keep(database, wanted, '{}');
      if (!isIncremental(database)) return 'at-next-start';
      await this.#mergeWords(turn);
      await this.#givePages(turn);
      drop(database, wanted);
      await shortened(database);
      return 'given-back';
    } catch {
      return 'at-next-start';
    }
  }

  /** The word index keeps deletions as tombstones until its parts are merged. */
  async #mergeWords(turn: Turn): Promise<void> {
    const { database } = this.parts;
    const changes = (): number => one(database, number, 'SELECT total_changes() AS n')?.n ?? 0;
    for (let pages = -mergedPages; ; pages = mergedPages) {
      const before = changes();
      run(database, `INSERT INTO history_words (history_words, rank) VALUES ('merge', ?)`, pages);
      if (changes() - before < 2) return;
      await turn.rest();
    }
  }

  async #givePages(turn: Turn): Promise<void> {
    const { database } = this.parts;
    const total = freePages(database);
    for (let left = total; left > 0; left = freePages(database)) {
      database.exec(`PRAGMA incremental_vacuum(${sliceOfPages})`);
      turn.tell('giving-room', total - left, total);
      await turn.rest();
    }
  }
}

/**
 * At start, before the database is used: finishes returning space, and rewrites an older file in the form that allows
 * slices. A large one waits until an archive was taken out of it. A normal transaction; if it fails (no space), nothing
 * changes.
 */
export function tidyRoom(database: Database, file: string): void {
  try {
    const asked = kept(database, wanted);
    if (isIncremental(database) && asked !== wholeAnew) {
      if (asked !== undefined) database.exec('PRAGMA incremental_vacuum');
    } else if (asked !== undefined || statSync(file).size <= smallBytes) {
      database.exec('PRAGMA auto_vacuum = INCREMENTAL; VACUUM');
    } else return;
    if (asked !== undefined) drop(database, wanted);
    shortenSideFile(database);
  } catch {
    // The next start tries again.
  }
}

/** Makes the next start rewrite the file once, whatever its size: nothing deleted may remain in it. */
export function wantWholeAnew(database: Database): void {
  keep(database, wanted, wholeAnew);
}

function isIncremental(database: Database): boolean {
  return one(database, z.object({ auto_vacuum: z.number() }), 'PRAGMA auto_vacuum')?.auto_vacuum === 2;
}

function freePages(database: Database): number {
  return (
    one(database, z.object({ freelist_count: z.number() }), 'PRAGMA freelist_count')?.freelist_count ?? 0
  );
}

/** Shortens the WAL; waits a while for a reader that keeps it long, such as a measurement. */
async function shortened(database: Database): Promise<void> {
  for (let tries = readerTries; !shortenSideFile(database) && tries > 0; tries -= 1) await sleep(readerMs);
}

/** Checkpoints the WAL; does not wait for a reader. @returns whether it is short now */
function shortenSideFile(database: Database): boolean {
  database.exec('PRAGMA busy_timeout = 0');
  try {
    return one(database, z.object({ busy: z.number() }), 'PRAGMA wal_checkpoint(TRUNCATE)')?.busy === 0;
  } finally {
    database.exec('PRAGMA busy_timeout = 3000');
  }
}
