import { contextBridge, ipcRenderer } from 'electron';
import { channelOf, contract, eventChannelOf, events } from '../shared/contract/contract';
import { isWithin } from '../shared/lib/measure';
import { problem } from '../shared/model/problem';

/*
 * The bridge: one function for every request of the contract and one for every event, and nothing else. There is no
 * way through it to a channel that the contract does not name.
 */
const requests = Object.fromEntries(
  Object.entries(contract).map(([group, members]) => [
    group,
    Object.fromEntries(
      Object.keys(members).map((name) => [
        name,
        (input?: unknown): Promise<unknown> =>
          // Measured on this side too: what is sent is unpacked whole before the other one can look at it.
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
