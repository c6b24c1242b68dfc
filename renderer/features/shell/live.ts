import { create } from 'zustand';
import type { EventPayload } from '../../../shared/contract/contract';
import type { Reach } from '../../../shared/model/connection';
import { ask, listen, patchbay } from '../../bridge';

type SyncProgress = EventPayload<'syncProgress'>;

interface LiveStore {
  /** By connection id; what is missing was not asked yet. */
  readonly reach: Readonly<Record<string, Reach>>;
  /** Syncs under way, by connection id. */
  readonly syncs: Readonly<Record<string, SyncProgress>>;
}

/** What goes on just now: who is within reach, what is being read. What is being written is in `workorders/runs`. */
export const useLive = create<LiveStore>(() => ({ reach: {}, syncs: {} }));

/** What is known of a connection's server being there. */
export function useReach(connectionId: string): Reach {
  return useLive((state) => state.reach[connectionId] ?? 'unasked');
}

/** The progress of a connection's sync, undefined while none is under way. */
export function useSyncProgress(connectionId: string): SyncProgress | undefined {
  return useLive((state) => state.syncs[connectionId]);
}

/** Follows reach and syncs; call once at start. */
export function followLive(): void {
  listen('reach', ({ connectionId, reach }) => setReach(connectionId, reach));
  listen('syncProgress', (progress) =>
    useLive.setState(({ syncs }) => {
      const { [progress.connectionId]: _, ...others } = syncs;
      const underWay = progress.phase === 'reading' || progress.phase === 'storing';
      return { syncs: underWay ? { ...others, [progress.connectionId]: progress } : others };
    }),
  );
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
