import { copyFile } from 'node:fs/promises';
import { fail } from '../../shared/model/problem';
import { HistoryExport } from '../journal/export/export';
import { History } from '../journal/history';
import { HistoryIndex } from '../journal/history-index';
import { noEnd, Verifier } from '../journal/verify';
import { leaveNothing } from '../storage/backup';
import { type Database, databaseVersion, openAlone, openDatabase } from '../storage/database';
import { migrations } from '../storage/migrations';

export interface OpenedArchive {
  readonly history: History;
  readonly verifier: Verifier;
  readonly historyExport: HistoryExport;
  readonly close: () => void;
}

export interface OpenArchiveParts {
  /** Where a copy may lie while it is open. */
  readonly work: () => string;
  readonly progress: (what: 'verify' | 'export', done: number, total: number | null) => void;
}

// The first version of the schema that had archives.
const oldest = 3;

/**
 * Opens an archive for reading: paged, searched, exported and checked as the history itself. The file is only read; one
 * of an older version is copied, and the copy brought up to date.
 * @throws ProblemError `database-newer`, or `file-unreadable` where it is no archive
 */
export async function openArchive(
  path: string,
  { work, progress }: OpenArchiveParts,
): Promise<OpenedArchive> {
  const { database, copy } = await upToDate(path, work);
  const history = new History(database, new HistoryIndex(database));
  return {
    history,
    verifier: new Verifier({
      database,
      // The keychain remembers where the history ends, which is not where an archive does.
      head: noEnd,
      progress: (done, total) => progress('verify', done, total),
    }),
    historyExport: new HistoryExport(
      {
        page: async (filter, before, limit) => (await history.page(filter, before, limit)).items,
        count: (filter) => history.count(filter),
        links: (seqs) => history.links(seqs),
      },
      (done, total) => progress('export', done, total),
    ),
    close: () => {
      database.close();
      if (copy !== null) tryLeaveNothing(copy);
    },
  };
}

async function upToDate(
  path: string,
  work: () => string,
): Promise<{ database: Database; copy: string | null }> {
  const known = migrations.at(-1)?.version ?? 0;
  const database = opened(path);
  const version = versionOf(database);
  if (version === known && isArchive(database)) return { database, copy: null };
  database.close();
  if (version > known) fail('database-newer', { found: version, known });
  if (version < oldest || version === known) fail('file-unreadable', { path });
  const copy = work();
  try {
    leaveNothing(copy);
    await copyFile(path, copy);
    return { database: openDatabase(copy).database, copy };
  } catch {
    tryLeaveNothing(copy);
    return fail('file-unreadable', { path });
  }
}

function opened(path: string): Database {
  try {
    return openAlone(path, true);
  } catch {
    return fail('file-unreadable', { path });
  }
}

function versionOf(database: Database): number {
  try {
    return databaseVersion(database);
  } catch {
    return 0;
  }
}

function isArchive(database: Database): boolean {
  try {
    database.exec('SELECT seq FROM history LIMIT 1; SELECT seq FROM journal LIMIT 1');
    return true;
  } catch {
    return false;
  }
}

function tryLeaveNothing(path: string): void {
  try {
    leaveNothing(path);
  } catch {
    // Still open on Windows: the next start sweeps it away.
  }
}
