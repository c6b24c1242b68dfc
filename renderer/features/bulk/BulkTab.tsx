import type { ConnectionId } from '../../../shared/model/connection';

export function BulkTab({ connectionId }: { connectionId: ConnectionId }) {
  return <p>{connectionId}</p>;
}
