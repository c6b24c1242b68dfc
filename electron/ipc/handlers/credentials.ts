import type { Handlers } from '../../../shared/contract/contract';
import { fail } from '../../../shared/model/problem';
import type { HandlerParts } from './parts';

/** Where kept credentials may go, and the one way to let them go elsewhere. */
export function credentialHandlers({ services, app }: HandlerParts): Handlers['credentials'] {
  const { connections, credentials, reach } = services;
  return {
    moved: ({ connectionId, to }) => credentials.moved(connectionId, to),
    confirmMove: async ({ connectionId, ...move }) => {
      const connection = connections.get(connectionId);
      await credentials.confirmMove(connectionId, move, async () => {
        if (!(await app.confirmMove(connection.name, move))) fail('cancelled');
        services.noteMove(connection, move);
      });
      reach.forget(connectionId);
    },
  };
}
