import type { Place } from '../storage/place';
import { formerStart, type Sealer, sealedIdIn } from '../storage/sealing';

/**
 * What becomes of a sealed text: another one for the same value at the same place, or the same where there is nothing to
 * do.
 */
export interface Renewal {
  readonly sealer: Sealer;
  /** Whether a text of the database may hold something to seal anew. */
  readonly concerns: (text: string) => boolean;
  readonly renew: (stored: string, place: Place) => string;
}

/** Seals anew what was sealed with an earlier key of this session. */
export function withOtherKey(sealer: Sealer, keyId: string): Renewal {
  return renewal(
    sealer,
    (text) => text.includes(`:${keyId}:`),
    (text) => sealedIdIn(text) === keyId,
  );
}

/** Seals anew what is sealed in the former version, which is bound to no place. */
export function ofFormerVersion(sealer: Sealer): Renewal {
  return renewal(
    sealer,
    (text) => text.includes(formerStart),
    (text) => text.startsWith(formerStart),
  );
}

function renewal(
  sealer: Sealer,
  concerns: (text: string) => boolean,
  isOld: (stored: string) => boolean,
): Renewal {
  return {
    sealer,
    concerns,
    renew: (stored, place) => {
      const open = isOld(stored) ? sealer.openAt(stored, place) : null;
      // One that does not open is of a lost key, or was not sealed by us, whatever it looks like: it stays.
      return open === null ? stored : sealer.seal(open, place);
    },
  };
}
