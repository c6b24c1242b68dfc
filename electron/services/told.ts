import type { EventName, EventPayload } from '../../shared/contract/contract';
import type { Topic } from '../../shared/contract/request';
import type { ConnectionId } from '../../shared/model/connection';

/** Tells the window something. */
export type Emit = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

// A run changes things many times a second; the window asks again at most this often.
const gatherMs = 40;

/** Gathers changes and sends them in one event. */
export function gatherChanges(emit: Emit) {
  const topics = new Set<Topic>();
  const connections = new Set<ConnectionId | null>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (topics.size === 0) return;
    const [only = null] = connections;
    emit('changed', { topics: [...topics], connectionId: connections.size === 1 ? only : null });
    topics.clear();
    connections.clear();
  };
  const changed = (what: readonly Topic[], connectionId: ConnectionId | null = null): void => {
    for (const topic of what) topics.add(topic);
    connections.add(connectionId);
    timer ??= setTimeout(flush, gatherMs);
  };
  return { changed, flush };
}
