import type { Handlers } from '../../../shared/contract/contract';
import type { ConnectionId } from '../../../shared/model/connection';
import type { GridQueryInput } from '../../../shared/model/many';
import type { HandlerParts } from './index';

/** Which records of a directory are selected. */
export function selectionHandlers({
  services: { connections, directory, changeLists, selections, changed },
}: HandlerParts): Handlers['selection'] {
  const shown = async (
    connectionId: ConnectionId,
    { onlyChanged, onlySelected, ...query }: GridQueryInput,
  ) => {
    const changed = onlyChanged ? await changeLists.records(connectionId) : null;
    const selected = selections.of(connectionId);
    const only = onlySelected
      ? changed
        ? new Set([...selected].filter((id) => changed.has(id)))
        : selected
      : changed;
    return directory.found(connections.get(connectionId), { ...query, only });
  };
  return {
    change: async ({ connectionId, query, action }) => {
      const result = selections.change(connectionId, await shown(connectionId, query), action);
      changed(['bulk'], connectionId);
      return result;
    },
    count: async ({ connectionId, query }) =>
      selections.count(connectionId, await shown(connectionId, query)),
  };
}
