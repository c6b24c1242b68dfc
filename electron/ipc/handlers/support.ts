import type { Handlers } from '../../../shared/contract/contract';
import type { HandlerParts } from './parts';

const shownLines = 1_000;

/** Reading the log, and what support is given. */
export function supportHandlers({ app: { support } }: HandlerParts): Handlers['support'] {
  return {
    log: () => [...support.tail(shownLines)],
    diagnostics: () => support.make(),
    saveDiagnostics: async ({ token }) => ({ saved: await support.save(token) }),
  };
}
