import { catalogOf } from '../../../shared/catalog';
import type { Handlers } from '../../../shared/contract/contract';
import { compareRecords } from '../../many/compare';
import { numberedRecords } from '../../many/numbers';
import type { HandlerParts } from './parts';

/** Records side by side, and finding those to put there. */
export function compareHandlers({
  services: { comparing, alike, connections, directory },
}: HandlerParts): Handlers['compare'] {
  return {
    records: ({ items }) => compareRecords(comparing, items),
    alike: ({ remoteId, ...of }) => alike(connections.records(of), remoteId),
    numbered: async ({ text, ...of }) => {
      const connection = connections.records(of);
      const records = await directory.found(connection, { text: '', sort: null, only: null });
      return numberedRecords(catalogOf(connection), records, text);
    },
  };
}
