import { noConnection } from '../../shared/model/connection';
import { fail } from '../../shared/model/problem';
import type { JournalHead } from './head';
import type { Journal } from './journal';
import type { Verifier } from './verify';

export interface AcceptanceParts {
  readonly verifier: Pick<Verifier, 'last'>;
  readonly head: Pick<JournalHead, 'accept'>;
  readonly journal: Journal;
  /** Makes what the history is listed by anew, from its entries. */
  readonly indexAnew: () => Promise<void>;
  /** Account and machine, for the journal. */
  readonly actor: string;
}

/**
 * Makes what a person calls to accept the history although a check could not prove it. Only what the last check told of
 * is accepted: entries that came later are checked as ever. It is journalled first.
 * @returns throws ProblemError `invalid-input` where the last check told of nothing that can be accepted, or the
 *   keychain's problem where it cannot be remembered
 */
export function historyAcceptance({
  verifier,
  head,
  journal,
  indexAnew,
  actor,
}: AcceptanceParts): () => Promise<void> {
  return async () => {
    const checked = verifier.last;
    if (!checked || checked.report.doubts.length === 0) fail('invalid-input', { field: 'doubts' });
    const { upTo, report } = checked;
    const about = { connectionName: '', site: '', kind: null, workOrder: '', actor };
    journal.note(
      { connectionId: noConnection, remoteId: '', title: '', workOrderId: null },
      { note: 'history-accepted', ...about, upTo, doubts: report.doubts },
    );
    await head.accept(upTo, { at: Date.now(), doubts: report.doubts });
    // What is accepted are the entries: rows of those that are gone, or that hide one, are not.
    if (!report.index.ok || report.doubts.includes('cut')) await indexAnew();
  };
}
