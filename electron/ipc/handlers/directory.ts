import type { Handlers } from '../../../shared/contract/contract';
import type { HandlerParts } from './index';

/** Directories, records, and the asking to see a secret. */
export function directoryHandlers({ services, app, envelopes }: HandlerParts): Handlers['directory'] {
  const { connections, directory, changeLists, secrets, selections, changed } = services;
  return {
    summaries: () => directory.summaries(),
    sync: async ({ connectionId }) => {
      const summary = await directory.sync(connections.get(connectionId));
      changed(['directory'], connectionId);
      return summary;
    },
    cancelSync: ({ connectionId }) => directory.cancelSync(connectionId),
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
      changed(['journal'], connectionId);
      return { secret: await envelopes.seal(to, secret) };
    },
    copySecret: ({ connectionId, ...request }) => {
      const secret = secrets.take(connections.get(connectionId), request, 'copy');
      changed(['journal'], connectionId);
      return { clearedAfterSeconds: app.copy(secret) };
    },
  };
}

function both(some: ReadonlySet<string>, others: ReadonlySet<string> | null): ReadonlySet<string> {
  return others ? new Set([...some].filter((id) => others.has(id))) : some;
}
