import { fail } from '../../shared/model/problem';
import { History } from '../journal/history';
import { HistoryIndex } from '../journal/history-index';
import { Verifier } from '../journal/verify';
import { type Database, databaseVersion, openAlone } from '../storage/database';
import { migrations } from '../storage/migrations';

export interface OpenedArchive {
  readonly history: History;
  readonly verifier: Verifier;
  readonly close: () => void;
}

/**
 * Opens an archive for reading: paged, searched and checked as the history itself.
 * @throws ProblemError `database-newer`, or `file-unreadable` where it is no archive of this version
 */
export function openArchive(path: string): OpenedArchive {
  const known = migrations.at(-1)?.version ?? 0;
  const database = opened(path);
  const version = versionOf(database);
  if (version !== known) {
    database.close();
    if (version > known) fail('database-newer', { found: version, known });
    fail('file-unreadable', { path });
  }
  return {
    history: new History(database, new HistoryIndex(database)),
    // The keychain remembers where the history ends, which is not where an archive does.
    verifier: new Verifier({
      database,
      head: { tail: async () => 'unknown' },
      progress: () => undefined,
    }),
    close: () => database.close(),
  };
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
