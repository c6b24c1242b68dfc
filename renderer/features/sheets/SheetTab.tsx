import type { ConnectionId } from '../../../shared/model/connection';

export function SheetTab({ connectionId }: { connectionId: ConnectionId }) {
  return <p>{connectionId}</p>;
}
