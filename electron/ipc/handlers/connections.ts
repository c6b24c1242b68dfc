import { randomUUID } from 'node:crypto';
import type { Handlers } from '../../../shared/contract/contract';
import type { Envelope } from '../../../shared/lib/envelope';
import { connectionIdSchema } from '../../../shared/model/connection';
import { fail } from '../../../shared/model/problem';
import { tidy } from '../../connections/connections';
import { ownAddressTowards } from '../../connections/own-address';
import { testConnection } from '../../connections/test-connection';
import type { HandlerParts } from './parts';

/** Connections, their credentials, and the connection test. */
export function connectionHandlers({ services, envelopes }: HandlerParts): Handlers['connections'] {
  const { connections, credentials, reach } = services;
  const openAll = async (sealed: Record<string, Envelope>): Promise<Record<string, string>> => {
    const typed: Record<string, string> = {};
    for (const [part, envelope] of Object.entries(sealed)) typed[part] = await envelopes.open(envelope);
    return typed;
  };
  return {
    list: () => connections.list(),
    reach: () => connections.list().map(({ id }) => ({ connectionId: id, reach: reach.get(id) })),
    ownAddress: ({ connectionId }) => ownAddressTowards(connections.get(connectionId).baseUrl),
    create: (draft) => connections.create(draft),
    update: async ({ connectionId, draft }) => {
      const before = connections.get(connectionId);
      const now = connections.update(connectionId, draft);
      if (
        before.baseUrl !== now.baseUrl ||
        before.certificate !== now.certificate ||
        before.proxy !== now.proxy ||
        before.expiredCertificate !== now.expiredCertificate
      ) {
        await services.driverFor(now.kind).close(connectionId);
        reach.forget(connectionId);
      }
      return now;
    },
    duplicate: ({ connectionId, name }) => connections.duplicate(connectionId, name),
    removal: ({ connectionId }) => connections.removal(connectionId),
    remove: async ({ connectionId }) => {
      const gone = connections.get(connectionId);
      // A run that goes on, or was cut off, still needs the connection to be finished.
      const needed = services.runs
        .unfinished()
        .some((run) => run.rows.some((row) => row.connectionId === connectionId));
      if (needed) fail('busy', { name: gone.name });
      await credentials.forget(gone);
      connections.remove(connectionId);
      services.directory.forget(connectionId);
      services.selections.forget(connectionId);
      services.forgetMany(connectionId);
      await services.driverFor(gone.kind).close(connectionId);
    },
    test: async ({ draft, connectionId, credentials: sealed }) => {
      const typed = await openAll(sealed);
      // A name of its own for the test's sockets: closing them must not touch those of a sync that is under way.
      const id = connectionIdSchema.parse(randomUUID());
      const connection = { ...tidy(draft), id, createdAt: 0, updatedAt: 0 };
      return testConnection(connection, {
        driver: services.driverFor(draft.kind),
        certificates: services.certificates,
        credentials: () => credentials.forCall(connectionId, draft, typed),
        network: () => services.networkOf(connection, connectionId, typed),
        watch: (work) => (connectionId ? reach.watch(connectionId, work) : work),
      });
    },
    credentials: ({ connectionId }) => credentials.status(connections.get(connectionId)),
    setCredential: async ({ connectionId, part, secret }) => {
      const status = await credentials.set(connections.get(connectionId), part, await envelopes.open(secret));
      reach.forget(connectionId);
      return status;
    },
    clearCredential: ({ connectionId, part }) => credentials.clear(connections.get(connectionId), part),
  };
}
