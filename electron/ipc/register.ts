import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import {
  type Answer,
  channelOf,
  contract,
  type EventName,
  type EventPayload,
  eventChannelOf,
  events,
  type Handlers,
} from '../../shared/contract/contract';
import { problem } from '../../shared/model/problem';
import { answer } from './answer';

export interface RegisterParts {
  readonly handlers: Handlers;
  /** Whether a message comes from the program's own page, in its own window's main frame. */
  readonly isOurs: (event: IpcMainInvokeEvent) => boolean;
  /** Notes a request that went wrong: its name and a code, never its content. */
  readonly log: (line: string) => void;
}

/**
 * The only place that registers IPC: for every request of the contract, and for nothing else, sender → size → zod →
 * handler → zod → answer.
 */
export function registerContract({ handlers, isOurs, log }: RegisterParts): void {
  for (const [group, members] of Object.entries(contract)) {
    for (const [name, shape] of Object.entries(members)) {
      const handler = handlerOf(handlers, group, name);
      ipcMain.handle(channelOf(group, name), async (event, input: unknown): Promise<Answer<unknown>> => {
        if (!isOurs(event)) {
          log(`${group}.${name} refused: foreign sender`);
          return { ok: false, problem: problem('sender-refused') };
        }
        return answer(shape, handler, input, (line) => log(`${group}.${name} ${line}`));
      });
    }
  }
}

/** Sends an event to a window, parsed first, so that nothing leaves that the contract does not name. */
export function sendEvent<N extends EventName>(to: WebContents, name: N, payload: EventPayload<N>): void {
  if (!to.isDestroyed()) to.send(eventChannelOf(name), events[name].parse(payload));
}

function handlerOf(handlers: Handlers, group: string, name: string): (input: unknown) => unknown {
  const members: unknown = Reflect.get(handlers, group);
  const handler: unknown =
    members !== null && typeof members === 'object' ? Reflect.get(members, name) : undefined;
  if (typeof handler !== 'function') throw new Error(`no handler for ${group}.${name}`);
  return (input) => Reflect.apply(handler, undefined, [input]);
}
