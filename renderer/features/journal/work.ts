import { create } from 'zustand';
import type { ChainReport, JournalFilter } from '../../../shared/model/journal';
import type { Problem } from '../../../shared/model/problem';
import { ask, listen, patchbay, problemOf } from '../../bridge';
import { currentLanguage, type Language } from '../../i18n';
import { useHistoryView } from './view';

export type ExportFormat = 'csv' | 'jsonl' | 'html';

/** What the history does that takes long, and what came of the last of it. One thing at a time. */
interface HistoryWork {
  readonly going: {
    readonly what: 'verify' | 'export';
    readonly done: number;
    readonly total: number | null;
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
  return during('export', async () => {
    const { saved, entries } = await ask(patchbay.journal.export({ filter, format, language }));
    return saved === null ? null : { type: 'saved', path: saved, entries };
  });
}

/** Checks every link of the chain that is shown, and the history's end against the keychain. */
export function verifyChain(): Promise<void> {
  const { archive } = useHistoryView.getState().filter;
  return during('verify', async () => ({
    type: 'chain',
    report: await ask(
      archive === null ? patchbay.journal.verify() : patchbay.keeping.verifyArchive({ archive }),
    ),
  }));
}

/** Asks what goes on to end; what it had written is removed. */
export function stopWork(): void {
  const { going } = useHistoryWork.getState();
  if (!going) return;
  useHistoryWork.setState({ going: { ...going, stopping: true } });
  void patchbay.journal.stop();
}

async function during(what: 'verify' | 'export', work: () => Promise<HistoryWork['came']>): Promise<void> {
  if (useHistoryWork.getState().going) return;
  useHistoryWork.setState({ going: { what, done: 0, total: null, stopping: false }, came: null });
  const unlisten = listen('journalProgress', ({ what: of, done, total }) => {
    const { going } = useHistoryWork.getState();
    if (going && of === what) useHistoryWork.setState({ going: { ...going, done, total } });
  });
  const stopped = () => useHistoryWork.getState().going?.stopping === true;
  try {
    const came = await work();
    useHistoryWork.setState({
      came: came === null && stopped() ? { type: 'stopped', what } : came,
      going: null,
    });
  } catch (error) {
    useHistoryWork.setState({
      came: stopped() ? { type: 'stopped', what } : { type: 'problem', problem: problemOf(error) },
      going: null,
    });
  } finally {
    unlisten();
  }
}
