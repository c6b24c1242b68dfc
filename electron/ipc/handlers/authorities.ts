import type { Handlers } from '../../../shared/contract/contract';
import { readBytes } from '../../files/disk';
import type { HandlerParts } from './parts';

const largest = 1024 * 1024;

/** The authorities that a person added: adding one asks outside of the page, removing one does not. */
export function authorityHandlers({ services: { authorities }, app }: HandlerParts): Handlers['authorities'] {
  return {
    list: () => authorities.list(),
    add: async () => {
      const path = await app.files.askOpen('authority');
      if (path === null) return null;
      return authorities.add(await readBytes(path, largest), app.confirmAuthority);
    },
    confirm: ({ fingerprint }) => authorities.confirm(fingerprint, app.confirmAuthority),
    remove: ({ fingerprint }) => authorities.remove(fingerprint),
    forgetMissing: () => authorities.forgetMissing(),
  };
}
