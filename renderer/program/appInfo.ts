import type { z } from 'zod';
import { create } from 'zustand';
import type { contract } from '../../shared/contract/contract';
import type { KeychainState } from '../../shared/model/connection';
import { type Problem, problemOf } from '../../shared/model/problem';
import type { Preferences } from '../../shared/model/workspace';
import { ask, listen, patchbay } from './bridge';

/** What the main process says of itself: version, runtime, envelope key, preferences, keychain, notices. */
export type AppInfo = z.infer<typeof contract.app.info.output>;

interface AppInfoStore extends AppInfo {
  /** Changes preferences at once in the window and then in the main process, which keeps them. */
  setPreferences(change: Partial<Preferences>): Promise<void>;
  setKeychain(state: KeychainState): void;
  addNotice(notice: Problem): void;
  dismissNotice(notice: Problem): void;
}

/** What the whole window knows of the program; filled before the first render by `loadAppInfo`. */
export const useAppInfo = create<AppInfoStore>((set, get) => ({
  version: '',
  electron: '',
  platform: '',
  testRuntime: false,
  envelopeKey: '',
  preferences: { language: 'en', theme: 'system', density: 'dense', size: 100, shortcuts: {} },
  keychain: 'unknown',
  notices: [],
  locked: false,
  unlockPrompt: false,
  refused: null,
  setPreferences: async (change) => {
    set({ preferences: { ...get().preferences, ...change } });
    try {
      set({ preferences: await ask(patchbay.app.setPreferences(change)) });
    } catch (error) {
      get().addNotice(problemOf(error));
    }
  },
  setKeychain: (keychain) => set({ keychain }),
  addNotice: (notice) => {
    const same = (other: Problem) => JSON.stringify(other) === JSON.stringify(notice);
    if (!get().notices.some(same)) set({ notices: [...get().notices, notice] });
  },
  dismissNotice: (notice) => set({ notices: get().notices.filter((other) => other !== notice) }),
}));

/** Asks the main process once, at start. Throws its problem. */
export async function loadAppInfo(): Promise<AppInfo> {
  const info = await ask(patchbay.app.info());
  useAppInfo.setState(info);
  return info;
}

/** Keeps the keychain's state and the notices in step with the main process; call once at start. */
export function followApp(): void {
  listen('keychain', ({ state }) => useAppInfo.getState().setKeychain(state));
  listen('notice', (notice) => useAppInfo.getState().addNotice(notice));
}
