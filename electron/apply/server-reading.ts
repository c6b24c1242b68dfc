import type { RecordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import { ProblemError } from '../../shared/model/problem';
import { lockedOut } from '../connections/reach';
import type { ServerPort } from '../drivers/server-port';
import type { EngineRow, PreparedWrite } from './row-writer';

/** A record's id, and what is known of it: servers that search by number or name need it. */
export type Wanted = readonly [id: string, hint: JsonObject];

/** Never aborted: what has begun is finished and read back, no write is cut off half-way. */
export const never = new AbortController().signal;

// Waits between the tries. Reading is safe to repeat, so it is, before a server's rows are paused.
const readAgainAfterMs = [500, 2_000];

/** Reads records of one directory, again on failure; not after a lock-out or once `cancelled`. @throws the last error */
export async function readAgain(
  server: ServerPort,
  connection: RecordsOf,
  wanted: readonly Wanted[],
  cancelled: () => boolean,
): Promise<ReadonlyMap<string, JsonObject>> {
  const hints = new Map(wanted);
  for (const wait of [...readAgainAfterMs, null]) {
    try {
      return await server.withServer(connection, never, (driver, context) =>
        driver.readMany(context, [...hints.keys()], hints),
      );
    } catch (error) {
      const again = error instanceof ProblemError && !lockedOut.has(error.problem.code) && wait !== null;
      if (!again || cancelled()) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return new Map();
}

/** How to find a row's record before its write. */
export function beforeWrite({ change, hint }: EngineRow): Wanted {
  return [change.remoteId, hint ?? {}];
}

/** How to find a record after its write, which may have changed its number. */
export function afterWrite({ row, live, request }: PreparedWrite): Wanted {
  const written = [...request.asked].filter(([name]) => Object.hasOwn(live, name));
  return [row.change.remoteId, { ...live, ...Object.fromEntries(written) }];
}
