import { create } from 'zustand';
import type { Reach } from '../../shared/model/connection';
import { ask, listen, patchbay } from './bridge';

interface LiveStore {
  /** By connection id; what is missing was not asked yet. */
  readonly reach: Readonly<Record<string, Reach>>;
}

/** Who is within reach just now. What is being read is in `jobs`, what is being written in `workorders/runs`. */
export const useLive = create<LiveStore>(() => ({ reach: {} }));

/** What is known of a connection's server being there. */
export function useReach(connectionId: string): Reach {
  return useLive((state) => state.reach[connectionId] ?? 'unasked');
}

/** Follows reach; call once at start. */
export function followLive(): void {
  listen('reach', ({ connectionId, reach }) => setReach(connectionId, reach));
  // Asked for beside the first render: the dots start as "not asked yet" and fill when the answer is here.
  ask(patchbay.connections.reach()).then(
    (list) => {
      for (const { connectionId, reach } of list) setReach(connectionId, reach);
    },
    () => undefined,
  );
}

function setReach(connectionId: string, reach: Reach): void {
  useLive.setState((state) => ({ reach: { ...state.reach, [connectionId]: reach } }));
}
