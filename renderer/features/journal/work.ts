import { create } from 'zustand';
import type { ChainReport } from '../../../shared/model/chain';
import type { JournalFilter } from '../../../shared/model/journal';
import { type Problem, problemOf } from '../../../shared/model/problem';
import { currentLanguage, type Language } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { cancelJob } from '../../program/jobs';
import { useHistoryView } from './view';

export type ExportFormat = 'csv' | 'jsonl' | 'html';

/** What the history does that takes long, and what came of the last of it. One thing at a time. */
interface HistoryWork {
  readonly going: {
    readonly what: 'verify' | 'export';
    readonly job: string;
    readonly stopping: boolean;
  } | null;
  readonly came:
    | { readonly type: 'saved'; readonly path: string; readonly entries: number }
    | { readonly type: 'chain'; readonly report: ChainReport }
    | { readonly type: 'stopped'; readonly what: 'verify' | 'export' }
    | { readonly type: 'problem'; readonly problem: Problem }
    | null;
}

export const useHistoryWork = create<HistoryWork>(() => ({ going: null, came: null }));

export function forgetResult(): void {
  useHistoryWork.setState({ came: null });
}

/** Writes what the filter leaves to a file that the person chooses. */
export function exportHistory(
  filter: JournalFilter,
  format: ExportFormat,
  language: Language = currentLanguage(),
): Promise<void> {
  return during('export', async (job) => {
    const { saved, entries } = await ask(patchbay.journal.export({ filter, format, language, job }));
    return saved === null ? null : { type: 'saved', path: saved, entries };
  });
}

/** Checks every link of the chain that is shown, and the history's end against the keychain. */
export function verifyChain(): Promise<void> {
  const { archive } = useHistoryView.getState().filter;
  return during('verify', async (job) => ({
    type: 'chain',
    report: await ask(
      archive === null ? patchbay.journal.verify({ job }) : patchbay.keeping.verifyArchive({ archive, job }),
    ),
  }));
}

/** Accepts the history as the check that is shown found it, and checks it again. */
export async function acceptHistory(): Promise<void> {
  try {
    await ask(patchbay.journal.accept());
  } catch (error) {
    useHistoryWork.setState({ came: { type: 'problem', problem: problemOf(error) } });
    return;
  }
  await verifyChain();
}

/** Asks what goes on to end; what it had written is removed. */
export function stopWork(): void {
  const { going } = useHistoryWork.getState();
  if (!going) return;
  useHistoryWork.setState({ going: { ...going, stopping: true } });
  cancelJob(going.job);
}

async function during(
  what: 'verify' | 'export',
  work: (job: string) => Promise<HistoryWork['came']>,
): Promise<void> {
  if (useHistoryWork.getState().going) return;
  const job = crypto.randomUUID();
  useHistoryWork.setState({ going: { what, job, stopping: false }, came: null });
  const stopped = () => useHistoryWork.getState().going?.stopping === true;
  try {
    const came = await work(job);
    useHistoryWork.setState({
      came: came === null && stopped() ? { type: 'stopped', what } : came,
      going: null,
    });
  } catch (error) {
    useHistoryWork.setState({
      came: stopped() ? { type: 'stopped', what } : { type: 'problem', problem: problemOf(error) },
      going: null,
    });
  }
}
