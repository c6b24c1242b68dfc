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
  'tls-expired',
  'tls-failed',
  'tls-old',
  'tls-not-spoken',
  'tls-weak',
  'tls-client-certificate',
  'network-login',
  'proxy-login',
  'proxy-refused',
  'proxy-unreachable',
  'proxy-wants-login',
  'proxy-denied',
  'proxy-failed',
  'proxy-strange',
  'proxy-untrusted',
  'gateway-failed',
  'redirect',
  'html-answer',
  'wrong-address',
]);

/** Whether each server was reachable at its last request. Kept for this run only. */
export class ReachBoard {
  readonly #reach = new Map<ConnectionId, Reach>();

  constructor(private readonly changed: (id: ConnectionId, reach: Reach) => void) {}

  get(id: ConnectionId): Reach {
    return this.#reach.get(id) ?? 'unasked';
  }

  forget(id: ConnectionId): void {
    this.#set(id, 'unasked');
  }

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

  /** Notes what a problem says about reachability; many (a bad value, a locked keychain) say nothing. */
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
