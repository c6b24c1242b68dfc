import type { ConnectionId, Reach } from '../../shared/model/connection';
import { type ProblemCode, ProblemError } from '../../shared/model/problem';

export const lockedOut = new Set<ProblemCode>([
  'unauthorized',
  'unauthorized-mode',
  'unauthorized-prefix',
  'path-not-ticked',
  'ip-not-permitted',
  'forbidden',
  'not-reseller',
  'key-refused',
]);

const outOfReach = new Set<ProblemCode>([
  'name-not-found',
  'refused',
  'unreachable',
  'timeout',
  'reset',
  'tls-untrusted',
  'tls-changed',
  'tls-failed',
  'redirect',
  'html-answer',
  'wrong-address',
]);

/** What the last request to each server told of its being there. Kept for this run only. */
export class ReachBoard {
  readonly #reach = new Map<ConnectionId, Reach>();

  constructor(private readonly changed: (id: ConnectionId, reach: Reach) => void) {}

  get(id: ConnectionId): Reach {
    return this.#reach.get(id) ?? 'unasked';
  }

  forget(id: ConnectionId): void {
    this.#set(id, 'unasked');
  }

  /** Runs a request and notes what it tells. */
  async watch<T>(id: ConnectionId, work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      this.#set(id, 'reachable');
      return result;
    } catch (error) {
      if (error instanceof ProblemError) this.note(id, error.problem.code);
      throw error;
    }
  }

  /** Notes what a problem tells; many (a bad value, a locked keychain) tell nothing of the server. */
  note(id: ConnectionId, code: ProblemCode): void {
    if (lockedOut.has(code)) this.#set(id, 'locked-out');
    else if (outOfReach.has(code)) this.#set(id, 'unreachable');
  }

  #set(id: ConnectionId, reach: Reach): void {
    if (this.get(id) === reach) return;
    this.#reach.set(id, reach);
    this.changed(id, reach);
  }
}
