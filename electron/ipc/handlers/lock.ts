import type { Handlers } from '../../../shared/contract/contract';
import type { HandlerParts } from './parts';

/** What is answered while the window is locked: that it is, opening it, and ending the program. */
export const answeredWhileLocked: ReadonlySet<string> = new Set([
  'app.info',
  'app.readyToClose',
  'app.stay',
  'lock.now',
  'lock.unlock',
]);

/** Locking, unlocking, and the settings for both. */
export function lockHandlers({ app: { lock }, envelopes }: HandlerParts): Handlers['lock'] {
  return {
    settings: () => lock.settings(),
    set: ({ afterMinutes }) => lock.setAfter(afterMinutes),
    setPassphrase: async ({ passphrase, current }) =>
      lock.setPassphrase(
        passphrase && (await envelopes.open(passphrase)),
        current && (await envelopes.open(current)),
      ),
    now: () => lock.lock(),
    unlock: async ({ passphrase }) => lock.unlock(passphrase && (await envelopes.open(passphrase))),
  };
}
