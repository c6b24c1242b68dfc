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
    return directory.ids(of, { ...query, only });
  };
  return {
    change: async ({ query, action, ...named }) => {
      const of = connections.records(named);
      return selections.change(of, await shown(of, query), action);
    },
    count: async ({ query, ...named }) => {
      const of = connections.records(named);
      // Nothing is selected in a directory that was just opened: its grid need not be made for that.
      if (selections.of(of).size === 0) return { count: 0, shown: 0 };
      return selections.count(of, await shown(of, query));
    },
  };
}
