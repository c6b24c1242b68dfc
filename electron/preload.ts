import { contextBridge, ipcRenderer } from 'electron';
import { channelOf, eventChannelOf } from '../shared/contract/channels';
import { isWithin } from '../shared/lib/measure';
import type { Problem } from '../shared/model/problem';

/*
 * The bridge: one function for every request of the contract and one for every event. No other channel can be reached
 * through it.
 */

/** The contract's names, put in by the build (`electron.vite.config.ts`). */
declare const __BRIDGE__: {
  readonly requests: Readonly<Record<string, readonly string[]>>;
  readonly events: readonly string[];
};

const requests = Object.fromEntries(
  Object.entries(__BRIDGE__.requests).map(([group, names]) => [
    group,
    Object.fromEntries(
      names.map((name) => [
        name,
        (input?: unknown): Promise<unknown> =>
          // Checked on this side too: a message is unpacked entirely before the other side can measure it.
          isWithin(input) ? ipcRenderer.invoke(channelOf(group, name), input) : tooLarge(),
      ]),
    ),
  ]),
);

async function tooLarge(): Promise<unknown> {
  const problem: Problem = { code: 'invalid-input', params: { reason: 'too-large' } };
  return { ok: false, problem };
}

const on = Object.fromEntries(
  __BRIDGE__.events.map((name) => [
    name,
    (listener: (payload: unknown) => void): (() => void) => {
      const channel = eventChannelOf(name);
      const receive = (_event: unknown, payload: unknown): void => listener(payload);
      ipcRenderer.on(channel, receive);
      return () => ipcRenderer.removeListener(channel, receive);
    },
  ]),
);

contextBridge.exposeInMainWorld('patchbay', { ...requests, on });
