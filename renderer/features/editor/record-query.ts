import { queryOptions } from '@tanstack/react-query';
import { ask, patchbay } from '../../bridge';
import { keys } from '../../queries';
import type { RecordRef } from './saver';

/** A record as it was last read. */
export function recordQuery(ref: RecordRef) {
  return queryOptions({
    queryKey: keys.record(ref.connectionId, ref.remoteId),
    queryFn: () => ask(patchbay.directory.record(ref)),
  });
}
