import { contextBridge, ipcRenderer } from 'electron';
import { channelOf, contract, eventChannelOf, events } from '../shared/contract/contract';

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
        (input?: unknown): Promise<unknown> => ipcRenderer.invoke(channelOf(group, name), input),
      ]),
    ),
  ]),
);

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
