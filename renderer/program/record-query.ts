import { queryOptions } from '@tanstack/react-query';
import type { ConnectionId } from '../../shared/model/connection';
import { ask, patchbay } from './bridge';
import { keys } from './queries';

/** Which record is meant. */
export interface RecordRef {
  readonly connectionId: ConnectionId;
  readonly remoteId: string;
}

/** A record as it was last read. */
export function recordQuery(ref: RecordRef) {
  return queryOptions({
    queryKey: keys.record(ref.connectionId, ref.remoteId),
    queryFn: () => ask(patchbay.directory.record(ref)),
  });
}
