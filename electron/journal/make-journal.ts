import type { Jobs } from '../jobs/jobs';
import type { Vault } from '../keychain/vault';
import { historyAcceptance } from './accept';
import { Comparer, type ComparerParts } from './comparer';
import { HistoryExport } from './export/export';
import { JournalHead } from './head';
import { History } from './history';
import { makeIndexAnew } from './index-anew';
import { Journal } from './journal';
import { Verifier } from './verify';
import { whoOf } from './who';
import { WordsLater } from './words-later';

export interface JournalParts extends ComparerParts {
  readonly vault: Vault;
  /** Account and machine, and the name that the person goes by. */
  readonly actor: string;
  readonly displayName: () => string;
  readonly jobs: Jobs;
}

/** The history: appended to, proved, read, checked and exported. */
export function makeJournal(parts: JournalParts) {
  const { database, sealer, vault, actor, displayName, connection, stored, jobs } = parts;
  const head = new JournalHead(database, vault);
  const journal: Journal = new Journal(database, {
    who: whoOf(actor, displayName),
    appended: () => {
      head.touched();
      words.soon();
    },
  });
  const words = new WordsLater(() => journal.catchUp());
  const history = new History(database, journal.index);
  const verifier = new Verifier({
    database,
    sealer,
    evidence: () => head.evidence(),
    jobs,
  });
  const indexAnew = () => makeIndexAnew(database, journal.index);
  return {
    head,
    journal,
    words,
    history,
    verifier,
    comparer: new Comparer({ database, sealer, connection, stored }),
    acceptHistory: historyAcceptance({ verifier, head, journal, indexAnew, actor }),
    historyExport: new HistoryExport(
      {
        page: async (filter, before, limit) => (await history.page(filter, before, limit)).items,
        count: (filter) => history.count(filter),
        links: (seqs) => history.links(seqs),
      },
      jobs,
    ),
  };
}
