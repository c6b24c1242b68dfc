import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { z } from 'zod';
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
import type { Topic } from '../../shared/contract/request';
import { type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import { type Problem, problem } from '../../shared/model/problem';
import { answer } from './answer';
import type { UnderWay } from './under-way';

export interface RegisterParts {
  /** Where handlers are registered: Electron's `ipcMain`; tests send to it what they like. */
  readonly ipc: Pick<IpcMain, 'handle'>;
  readonly handlers: Handlers;
  /** Why a request, by its name, is not answered now; null where it is. */
  readonly held: (name: string) => Problem | null;
  /** Waits for the keychain's first answer; comes back at once after it. */
  readonly keysAnswered: () => Promise<void>;
  /** Tells the window to ask again; of one connection, or of all where null. */
  readonly changed: (topics: readonly Topic[], connectionId: ConnectionId | null) => void;
  /** Counts what is not answered yet. */
  readonly underWay: UnderWay;
  /** Whether a message comes from the program's own page, in its own window's main frame. */
  readonly isOurs: (event: IpcMainInvokeEvent) => boolean;
  /** Notes a request that went wrong: its name and a code, never its content. */
  readonly log: (line: string) => void;
}

/**
 * The only place that registers IPC: for every request of the contract, and for nothing else, sender → size → zod →
 * handler → zod → answer. What a request touches is told once its handler has ended: also where it failed, because it may
 * have stored something before. A request that the user cancelled in its dialog touches nothing.
 */
export function registerContract(parts: RegisterParts): void {
  const { ipc, handlers, isOurs, held, keysAnswered, underWay, changed, log } = parts;
  for (const [group, members] of Object.entries(contract)) {
    for (const [name, shape] of Object.entries(members)) {
      const carryOut = handlerOf(handlers, group, name);
      const handler = async (input: unknown): Promise<unknown> => {
        if (shape.needsKeys) await keysAnswered();
        let result: unknown;
        try {
          result = await carryOut(input);
          return result;
        } finally {
          if (shape.touches.length > 0 && !shape.wasCancelled(result))
            changed(shape.touches, connectionOf(input));
        }
      };
      ipc.handle(channelOf(group, name), async (event, input: unknown): Promise<Answer<unknown>> => {
        if (!isOurs(event)) {
          log(`${group}.${name} refused: foreign sender`);
          return { ok: false, problem: problem('sender-refused') };
        }
        const why = held(`${group}.${name}`);
        if (why) return { ok: false, problem: why };
        return underWay.run(() => answer(shape, handler, input, (line) => log(`${group}.${name} ${line}`)));
      });
    }
  }
}

/** Sends an event to a window, parsed first, so that nothing leaves that the contract does not name. */
export function sendEvent<N extends EventName>(to: WebContents, name: N, payload: EventPayload<N>): void {
  if (!to.isDestroyed()) to.send(eventChannelOf(name), events[name].parse(payload));
}

/** The connection that an input names as its own; null where it names none. */
function connectionOf(input: unknown): ConnectionId | null {
  return ofConnection.safeParse(input).data?.connectionId ?? null;
}

const ofConnection = z.object({ connectionId: connectionIdSchema });

function handlerOf(handlers: Handlers, group: string, name: string): (input: unknown) => unknown {
  const members: unknown = Reflect.get(handlers, group);
  const handler: unknown =
    members !== null && typeof members === 'object' ? Reflect.get(members, name) : undefined;
  if (typeof handler !== 'function') throw new Error(`no handler for ${group}.${name}`);
  return (input) => Reflect.apply(handler, undefined, [input]);
}
