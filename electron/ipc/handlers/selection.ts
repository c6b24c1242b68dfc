import type { Handlers } from '../../../shared/contract/contract';
import type { RecordsOf } from '../../../shared/model/connection';
import type { GridQueryInput } from '../../../shared/model/many';
import { both } from '../../directory/selection';
import type { HandlerParts } from './parts';

/** Which records of a directory are selected. */
export function selectionHandlers({
  services: { connections, directory, changeLists, selections },
}: HandlerParts): Handlers['selection'] {
  const shown = async (of: RecordsOf, { onlyChanged, onlySelected, ...query }: GridQueryInput) => {
    const changed = onlyChanged ? await changeLists.records(of) : null;
    const selected = selections.of(of);
    const only = onlySelected ? both(selected, changed) : changed;
    return directory.found(of, { ...query, only });
  };
  return {
    change: async ({ query, action, ...named }) => {
      const of = connections.records(named);
      return selections.change(of, await shown(of, query), action);
    },
    count: async ({ query, ...named }) => {
      const of = connections.records(named);
      return selections.count(of, await shown(of, query));
    },
  };
}
