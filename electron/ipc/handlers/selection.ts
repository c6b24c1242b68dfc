import type { Handlers } from '../../../shared/contract/contract';
import type { ConnectionId } from '../../../shared/model/connection';
import type { GridQueryInput } from '../../../shared/model/many';
import { both } from '../../directory/selection';
import type { HandlerParts } from './parts';

/** Which records of a directory are selected. */
export function selectionHandlers({
  services: { connections, directory, changeLists, selections },
}: HandlerParts): Handlers['selection'] {
  const shown = async (
    connectionId: ConnectionId,
    { onlyChanged, onlySelected, ...query }: GridQueryInput,
  ) => {
    const changed = onlyChanged ? await changeLists.records(connectionId) : null;
    const selected = selections.of(connectionId);
    const only = onlySelected ? both(selected, changed) : changed;
    return directory.ids(connections.get(connectionId), { ...query, only });
  };
  return {
    change: async ({ connectionId, query, action }) =>
      selections.change(connectionId, await shown(connectionId, query), action),
    count: async ({ connectionId, query }) =>
      // Nothing is selected in a directory that was just opened: its grid need not be made for that.
      selections.of(connectionId).size === 0
        ? { count: 0, shown: 0 }
        : selections.count(connectionId, await shown(connectionId, query)),
  };
}
