import { wantWholeAnew } from '../keeping/room';
import { type Database, inTransaction } from '../storage/database';
import type { Sealer } from '../storage/sealing';
import { inSlices, type SliceOptions } from '../storage/slices';
import { editsAnew } from './edits';
import { entriesAnew } from './entries';
import { recordsAnew } from './records';
import { ofFormerVersion, type Renewal, withOtherKey } from './renew';
import { rulesAnew } from './rules';
import { runsAnew } from './runs';

// What is prepared first: a person may be at it.
const passes = [editsAnew, rulesAnew, runsAnew, recordsAnew, entriesAnew] as const;

function* everything(database: Database, renewal: Renewal): Iterable<() => number> {
  for (const pass of passes) yield* pass(database, renewal);
}

/**
 * Seals again, with the key in use now, what an earlier key of this session sealed: secrets typed while credentials were
 * kept for the session only would be unreadable at the next start (invariant 1).
 * @param keyId the id of the earlier key
 */
export function sealWithPresentKey(database: Database, sealer: Sealer, keyId: string): void {
  inTransaction(database, () => {
    for (const work of everything(database, withOtherKey(sealer, keyId))) work();
  });
}

/**
 * Seals anew, for its place, what an older version sealed for none, and seals what it left in clear. In turns, each a
 * transaction; cut off at any point, the next time goes over all of it and finds less to do. With the first of them it is
 * noted that the next start rewrites the file: what was sealed before may lie in pages that are free, and who is cut off
 * after the last one finds nothing to do the next time.
 * @returns how much was sealed anew
 */
export async function bindToPlaces(
  database: Database,
  sealer: Sealer,
  options: SliceOptions,
): Promise<number> {
  let count = 0;
  const work = (one: () => number): void => {
    const done = one();
    if (done > 0 && count === 0) wantWholeAnew(database);
    count += done;
  };
  await inSlices(database, everything(database, ofFormerVersion(sealer)), work, options);
  return count;
}
