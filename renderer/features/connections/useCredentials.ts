import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Envelope, seal } from '../../../shared/lib/envelope';
import type { ConnectionId, CredentialStatus } from '../../../shared/model/connection';
import { useAppInfo } from '../../program/appInfo';
import { ask, patchbay } from '../../program/bridge';
import { keys, queryClient } from '../../program/queries';

type Where = CredentialStatus['where'];

/** The credentials of a form: what was typed just now, and where each stored part is kept. Never a stored value. */
export function useCredentials(connectionId: ConnectionId | null) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const { data } = useQuery({
    queryKey: keys.credentials(connectionId ?? ''),
    enabled: connectionId !== null,
    queryFn: () => (connectionId ? ask(patchbay.connections.credentials({ connectionId })) : []),
  });
  const type = (part: string, text: string) => setTyped((before) => ({ ...before, [part]: text }));
  return {
    typed,
    type,
    where: (part: string): Where => data?.find((one) => one.part === part)?.where ?? 'nowhere',

    /** The typed parts of an auth mode, each sealed to the main process. */
    sealed: async (parts: readonly string[]): Promise<Record<string, Envelope>> => {
      const sealed: Record<string, Envelope> = {};
      for (const part of parts) if (typed[part]) sealed[part] = await sealText(typed[part]);
      return sealed;
    },

    /** Stores the typed parts one by one; each that is safely kept leaves the form. Throws at the first that is not. */
    store: async (id: ConnectionId, parts: readonly string[]): Promise<void> => {
      for (const part of parts) {
        const text = typed[part];
        if (!text) continue;
        await ask(
          patchbay.connections.setCredential({ connectionId: id, part, secret: await sealText(text) }),
        );
        type(part, '');
      }
      void queryClient.invalidateQueries({ queryKey: keys.credentials(id) });
    },

    clear: async (part: string): Promise<void> => {
      if (!connectionId) return;
      await ask(patchbay.connections.clearCredential({ connectionId, part }));
      void queryClient.invalidateQueries({ queryKey: keys.credentials(connectionId) });
    },
  };
}

export type Credentials = ReturnType<typeof useCredentials>;

function sealText(text: string): Promise<Envelope> {
  return seal(crypto, useAppInfo.getState().envelopeKey, text);
}
