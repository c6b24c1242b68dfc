import { contextBridge, ipcRenderer } from 'electron';
import { channelOf, contract, eventChannelOf, events } from '../shared/contract/contract';
import { isWithin } from '../shared/lib/measure';
import { problem } from '../shared/model/problem';

/*
 * The bridge: one function for every request of the contract and one for every event. No other channel can be reached
 * through it.
 */
const requests = Object.fromEntries(
  Object.entries(contract).map(([group, members]) => [
    group,
    Object.fromEntries(
      Object.keys(members).map((name) => [
        name,
        (input?: unknown): Promise<unknown> =>
          // Checked on this side too: a message is unpacked entirely before the other side can measure it.
          isWithin(input) ? ipcRenderer.invoke(channelOf(group, name), input) : tooLarge(),
      ]),
    ),
  ]),
);

async function tooLarge(): Promise<unknown> {
  return { ok: false, problem: problem('invalid-input', { reason: 'too-large' }) };
}

const on = Object.fromEntries(
  Object.keys(events).map((name) => [
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
