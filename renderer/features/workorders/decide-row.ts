import { create } from 'zustand';
import type { RunRow } from '../../../shared/model/plan';
import { problemOf } from '../../../shared/model/problem';
import { ask, patchbay } from '../../program/bridge';
import { keepRow, setProblem } from './runs';

/** Rows that are being decided by reading now, by change. */
const useDeciding = create<{ readonly ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));

/** Whether a row is being decided now. */
export function useIsDeciding(changeId: string): boolean {
  return useDeciding(({ ids }) => ids.has(changeId));
}

/** Decides an `unknown` row now: has its record read again. */
export async function decideRow(runId: string, { changeId }: RunRow): Promise<void> {
  useDeciding.setState(({ ids }) => ({ ids: new Set([...ids, changeId]) }));
  setProblem(runId, null);
  try {
    keepRow(runId, await ask(patchbay.apply.resolveRow({ runId, changeId })));
  } catch (error) {
    setProblem(runId, problemOf(error));
  }
  useDeciding.setState(({ ids }) => ({ ids: new Set([...ids].filter((id) => id !== changeId)) }));
}
