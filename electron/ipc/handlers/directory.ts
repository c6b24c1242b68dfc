import type { Handlers } from '../../../shared/contract/contract';
import { both } from '../../directory/selection';
import type { HandlerParts } from './parts';

/** Directories, records, and the asking to see a secret. */
export function directoryHandlers({ services, app, envelopes }: HandlerParts): Handlers['directory'] {
  const { connections, directory, changeLists, secrets, selections } = services;
  return {
    summaries: () => directory.summaries(),
    sync: async ({ connectionId, job }) => {
      const connection = connections.get(connectionId);
      const summary = await directory.sync(connection, job ?? undefined);
      if (selections.of(connectionId).size > 0) {
        const there = await directory.ids(connection, { text: '', sort: null, only: null });
        selections.keepOnly(connectionId, new Set(there.map(({ remoteId }) => remoteId)));
      }
      return summary;
    },
    page: async ({ connectionId, onlyChanged, onlySelected, ...query }) => {
      const selected = selections.of(connectionId);
      const changedOnly = onlyChanged ? await changeLists.records(connectionId) : null;
      const only = onlySelected ? both(selected, changedOnly) : changedOnly;
      const counts = (remoteIds: readonly string[]) => changeLists.edits(connectionId, remoteIds);
      return directory.page(connections.get(connectionId), { ...query, only }, counts, selected);
    },
    record: ({ connectionId, remoteId }) => directory.record(connections.get(connectionId), remoteId),
    distinct: ({ connectionId, field }) => directory.distinct(connections.get(connectionId), field),
    lookup: ({ connectionId, field }) => directory.lookup(connections.get(connectionId), field),
    reveal: async ({ connectionId, to, ...request }) => {
      const secret = secrets.take(connections.get(connectionId), request, 'reveal');
      return { secret: await envelopes.seal(to, secret) };
    },
    copySecret: ({ connectionId, ...request }) => {
      const secret = secrets.take(connections.get(connectionId), request, 'copy');
      return { clearedAfterSeconds: app.copy(secret) };
    },
  };
}
