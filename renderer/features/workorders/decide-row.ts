import { create } from 'zustand';
import { everything, type JournalItem } from '../../../shared/model/journal';
import type { Outcome, RunRow } from '../../../shared/model/plan';
import { fail } from '../../../shared/model/problem';
import { ask, patchbay, problemOf } from '../../bridge';
import { loadRun, setProblem } from './runs';

/** Rows that are being decided by reading now, by change. */
const useDeciding = create<{ readonly ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));

/** Whether a row is being decided now. */
export function useIsDeciding(changeId: string): boolean {
  return useDeciding(({ ids }) => ids.has(changeId));
}

/** Decides an `unknown` row now: finds its entry in the journal, and has the record read again. */
export async function decideRow(runId: string, row: RunRow): Promise<void> {
  useDeciding.setState(({ ids }) => ({ ids: new Set([...ids, row.changeId]) }));
  setProblem(runId, null);
  try {
    const unknown = await newestWrite(row, 'unknown');
    if (unknown) await ask(patchbay.apply.resolve({ seq: unknown.seq }));
    // Somebody decided it from the history meanwhile.
    else if (!(await newestWrite(row, null))) fail('not-found', { what: 'entry' });
    await loadRun(runId);
  } catch (error) {
    setProblem(runId, problemOf(error));
  }
  useDeciding.setState(({ ids }) => ({ ids: new Set([...ids].filter((id) => id !== row.changeId)) }));
}

async function newestWrite(
  { connectionId, remoteId }: RunRow,
  outcome: Outcome | null,
): Promise<JournalItem | undefined> {
  const filter = { ...everything, connectionId, remoteId, outcome };
  const page = await ask(patchbay.journal.page({ ...filter, before: null, limit: 20 }));
  return page.items.find((item) => item.type === 'write');
}
