import type { Handlers } from '../../../shared/contract/contract';
import { both } from '../../directory/selection';
import type { HandlerParts } from './parts';

/** Directories, records, and the asking to see a secret. */
export function directoryHandlers({ services, app, envelopes }: HandlerParts): Handlers['directory'] {
  const { connections, directory, changeLists, secrets, selections } = services;
  return {
    summaries: () => directory.summaries(),
    sync: async ({ job, ...named }) => {
      const of = connections.records(named);
      const summary = await directory.sync(of, job ?? undefined);
      if (selections.of(of).size > 0) {
        const there = await directory.ids(of, { text: '', sort: null, only: null });
        selections.keepOnly(of, new Set(there.map(({ remoteId }) => remoteId)));
      }
      return summary;
    },
    page: async ({ connectionId, collection, onlyChanged, onlySelected, ...query }) => {
      const of = connections.records({ connectionId, collection });
      const selected = selections.of(of);
      const changedOnly = onlyChanged ? await changeLists.records(of) : null;
      const only = onlySelected ? both(selected, changedOnly) : changedOnly;
      const counts = (remoteIds: readonly string[]) => changeLists.edits(of, remoteIds);
      return directory.page(of, { ...query, only }, counts, selected);
    },
    record: ({ remoteId, ...of }) => directory.record(connections.records(of), remoteId),
    distinct: ({ field, ...of }) => directory.distinct(connections.records(of), field),
    lookup: ({ field, ...of }) => directory.lookup(connections.records(of), field),
    reveal: async ({ connectionId, collection, to, ...request }) => {
      const secret = secrets.take(connections.records({ connectionId, collection }), request, 'reveal');
      return { secret: await envelopes.seal(to, secret) };
    },
    copySecret: ({ connectionId, collection, ...request }) => {
      const secret = secrets.take(connections.records({ connectionId, collection }), request, 'copy');
      return { clearedAfterSeconds: app.copy(secret) };
    },
  };
}
