import {
  type Answer,
  type Bridge,
  type EventName,
  type EventPayload,
  events,
} from '../../shared/contract/contract';
import { ProblemError } from '../../shared/model/problem';

declare global {
  interface Window {
    /** Put there by the preload script; see `electron/preload.ts`. */
    readonly patchbay: Bridge;
  }
}

/** The main process, as the contract describes it. */
export const patchbay: Bridge = window.patchbay;

/** The value of an answer; throws its problem as a `ProblemError`, which `ProblemAlert` can show. */
export async function ask<T>(answer: Promise<Answer<T>>): Promise<T> {
  const result = await answer;
  if (result.ok) return result.value;
  throw new ProblemError(result.problem);
}

/** Listens to an event of the main process; the payload is parsed before the listener sees it. */
export function listen<N extends EventName>(
  name: N,
  listener: (payload: EventPayload<N>) => void,
): () => void {
  const on: (receive: (payload: EventPayload<N>) => void) => () => void = patchbay.on[name];
  return on((payload) => {
    const parsed = events[name].safeParse(payload);
    if (parsed.success) listener(payload);
  });
}
