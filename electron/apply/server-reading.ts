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

/** What one reading says of some records of a directory. */
export class Reading {
  readonly #asked: ReadonlySet<string>;

  /** @param at when it was asked for, by a monotonic clock */
  constructor(
    private readonly of: RecordsOf,
    asked: Iterable<string>,
    /** By id; a record that was asked for and is not in it is not on the server. */
    readonly found: ReadonlyMap<string, JsonObject>,
    private readonly at: number,
  ) {
    this.#asked = new Set(asked);
  }

  /** How old it is at least as the server's state, in milliseconds. */
  get ageMs(): number {
    return performance.now() - this.at;
  }

  /** Whether the records of all these rows were asked for. */
  covers(rows: readonly EngineRow[]): boolean {
    const { collection } = this.of;
    return rows.every(
      ({ connection, change }) => connection.collection === collection && this.#asked.has(change.remoteId),
    );
  }
}

/** Reads records of a directory, again on failure; not after a lock-out or once `cancelled`. @throws the last error */
export async function readAgain(
  server: ServerPort,
  of: RecordsOf,
  wanted: readonly Wanted[],
  cancelled: () => boolean,
): Promise<Reading> {
  const hints = new Map(wanted);
  for (const wait of [...readAgainAfterMs, null]) {
    const at = performance.now();
    try {
      const found = await server.withServer(of, never, (driver, context) =>
        driver.readMany(context, [...hints.keys()], hints),
      );
      return new Reading(of, hints.keys(), found, at);
    } catch (error) {
      const again = error instanceof ProblemError && !lockedOut.has(error.problem.code) && wait !== null;
      if (!again || cancelled()) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return new Reading(of, [], new Map(), performance.now());
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
