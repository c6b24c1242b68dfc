import { everything } from '../../../shared/model/journal';
import { ask, patchbay } from '../../program/bridge';
import { useAction } from '../../ui/useAction';
import { openHistory, useHistoryView } from './view';
import { forgetResult } from './work';

/** Asks which archive, and shows it in place of the history. */
export function useOpenArchive() {
  return useAction({
    work: async () => {
      const opened = await ask(patchbay.keeping.openArchive());
      if (!opened) return;
      forgetResult();
      openHistory({ filter: { ...everything, archive: opened.token }, archive: opened.name });
    },
  });
}

/** Shows the history itself again. */
export function leaveArchive(): void {
  forgetResult();
  openHistory({});
  void patchbay.keeping.closeArchive();
}

/** Whether an archive is looked at: it can be read, and nothing else. */
export function useArchived(): boolean {
  return useHistoryView(({ filter }) => filter.archive !== null);
}
