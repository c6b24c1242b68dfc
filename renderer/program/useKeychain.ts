import { useState } from 'react';
import type { KeychainState } from '../../shared/model/connection';
import { problemOf } from '../../shared/model/problem';
import { useAppInfo } from './appInfo';
import { ask, patchbay } from './bridge';

/** Asking the keychain again, and doing without it for this session. The state that came of it is returned. */
export function useKeychain() {
  const [busy, setBusy] = useState<'retry' | 'session' | 'accept' | null>(null);
  const during = async (what: 'retry' | 'session' | 'accept', asked: () => Promise<KeychainState>) => {
    setBusy(what);
    try {
      const state = await asked();
      useAppInfo.getState().setKeychain(state);
      return state;
    } catch (error) {
      useAppInfo.getState().addNotice(problemOf(error));
      return null;
    } finally {
      setBusy(null);
    }
  };
  return {
    busy,
    acceptKey: () => during('accept', () => ask(patchbay.keychain.acceptKey())),
    retry: () => during('retry', () => ask(patchbay.keychain.retry())),
    // biome-ignore lint/correctness/useHookAtTopLevel: a request of the contract, not a hook
    keepForSession: () => during('session', () => ask(patchbay.keychain.useSession())),
  };
}
