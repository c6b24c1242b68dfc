import { copyFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fail, ProblemError } from '../../shared/model/problem';
import type { Jobs } from '../jobs/jobs';
import { HistoryExport } from '../journal/export/export';
import type { JournalHead } from '../journal/head';
import { History } from '../journal/history';
import { HistoryIndex } from '../journal/history-index';
import { journalId } from '../journal/links';
import { Verifier, type VerifierParts } from '../journal/verify';
import { leaveNothing } from '../storage/backup';
import { type Database, inTransaction, openAlone, openDatabase } from '../storage/database';
import { migrations } from '../storage/migrations';
import { checkSchema } from '../storage/schema-check';

export interface OpenedArchive {
  readonly history: History;
  readonly verifier: Verifier;
  readonly historyExport: HistoryExport;
  /** Ends its checks and exports, and closes it. */
  readonly close: () => void;
}

export interface OpenArchiveParts {
  /** Returns a path for the copy used while it is open. */
  readonly work: () => string;
  /** What the keychain knows of the archive's journal. */
  readonly head: Pick<JournalHead, 'provedOf'>;
  /** Opens sealed values, to check that they are in their places. */
  readonly sealer?: VerifierParts['sealer'];
  readonly jobs: Jobs;
}

// Words of an older archive folded in one slice.
const wordsAtOnce = 500;

const noEnds = {
  tail: 'archive',
  beginning: 'archive',
  restore: null,
  before: null,
  accepted: null,
} as const;

// The first version of the schema that had archives.
const oldest = 3;

/**
 * Opens an archive for reading: paged, searched, exported and checked like the history. The file is only read; one of
 * an older version is copied, and the copy migrated.
 * @throws ProblemError `database-newer`, `database-altered`, or `file-unreadable` if it is not an archive
 */
export async function openArchive(
  path: string,
  { work, head, sealer, jobs }: OpenArchiveParts,
): Promise<OpenedArchive> {
  const { database, copy } = await upToDate(path, work);
  const closing = new AbortController();
  const history = new History(database, new HistoryIndex(database));
  return {
    history,
    verifier: new Verifier({
      database,
      ...(sealer ? { sealer } : {}),
      // The keychain remembers where the history ends, not where an archive does.
      evidence: async () => ({ ...noEnds, ...(await head.provedOf(journalId(database))) }),
      jobs,
      until: closing.signal,
    }),
    historyExport: new HistoryExport(
      {
        page: async (filter, before, limit) => (await history.page(filter, before, limit)).items,
        count: (filter) => history.count(filter),
        links: (seqs) => history.links(seqs),
      },
      jobs,
      closing.signal,
    ),
    close: () => {
      closing.abort();
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
  const version = versionOf(database, path);
  if (version === known) return { database, copy: null };
  database.close();
  if (version < oldest) fail('file-unreadable', { path });
  const copy = work();
  try {
    leaveNothing(copy);
    await copyFile(path, copy);
    const { database } = openDatabase(copy);
    const index = new HistoryIndex(database);
    while (index.foldsAnew) {
      inTransaction(database, () => index.catchUp(wordsAtOnce));
      await nextTurn();
    }
    return { database, copy };
  } catch (error) {
    tryLeaveNothing(copy);
    if (error instanceof ProblemError && error.problem.code === 'database-altered') throw error;
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

/** Compares the schema before anything else is read from the file. Closes it if it is not ours. */
function versionOf(database: Database, path: string): number {
  try {
    return checkSchema(database, path, migrations).version;
  } catch (error) {
    database.close();
    if (error instanceof ProblemError) throw error;
    return fail('file-unreadable', { path });
  }
}

function tryLeaveNothing(path: string): void {
  try {
    leaveNothing(path);
  } catch {
    // Still open on Windows: the next start deletes it.
  }
}
