import type { ConnectionId } from '../../shared/model/connection';
import type { Resolver } from './resolver';

const firstTryMs = 2_000;
const slowestMs = 60_000;

/**
 * Decides unknown writes automatically once their server can be read again: immediately when it is seen to be
 * reachable, otherwise by asking now and then. Active only while something is unknown; it only reads.
 */
export class ResolveLater {
  #timer: NodeJS.Timeout | undefined;
  #wait = firstTryMs;
  #running = false;
  #stopped = false;

  constructor(
    private readonly resolver: Resolver,
    /** False while a run writes to it (its rows are read back there) or the keychain is closed. */
    private readonly mayRead: (connectionId: ConnectionId) => boolean,
    private readonly resolved: (connectionId: ConnectionId) => void,
  ) {}

  /** Whether it is reading just now. */
  get works(): boolean {
    return this.#running;
  }

  /** Tries soon: at start, after a run has ended or met an error, or when a server is reachable again. */
  soon(): void {
    this.#wait = firstTryMs;
    this.#schedule(200);
  }

  /** Stops for good: the database is about to be closed. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#try(), ms);
    this.#timer.unref?.();
  }

  /** Never throws. Whatever failed (no connection, closed keychain, full disk), the next try may succeed. */
  async #try(): Promise<void> {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    try {
      const waiting = this.resolver.waiting();
      await Promise.allSettled([...waiting].filter(this.mayRead).map((id) => this.#tryOne(id)));
      if (this.#stopped || this.resolver.waiting().size === 0) return;
    } catch {
      // The database cannot be read now.
    } finally {
      this.#running = false;
    }
    this.#schedule(this.#wait);
    this.#wait = Math.min(this.#wait * 2, slowestMs);
  }

  async #tryOne(id: ConnectionId): Promise<void> {
    if ((await this.resolver.resolveAll(id)) > 0) this.resolved(id);
  }
}
