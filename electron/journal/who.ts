import type { Who } from './entries';

/** Who stands on new entries: account and machine from `account@machine`, and the display name as it is set now. */
export function whoOf(actor: string, displayName: () => string = () => ''): () => Who {
  const at = actor.lastIndexOf('@');
  const account = at < 0 ? actor : actor.slice(0, at);
  const machine = at < 0 ? '' : actor.slice(at + 1);
  return () => ({ account, machine, displayName: displayName() });
}
