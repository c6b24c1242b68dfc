import type { ConnectionId } from '../../shared/model/connection';
import type { Resolver } from './resolver';

const firstTryMs = 2_000;
const slowestMs = 60_000;

/**
 * Decides unknown writes by itself as soon as their server can be read again: at once when it is heard to be there,
 * else by asking now and then. Only while something is unknown; reading is all it ever does.
 */
export class ResolveLater {
  #timer: NodeJS.Timeout | undefined;
  #wait = firstTryMs;
  #running = false;
  #stopped = false;

  constructor(
    private readonly resolver: Resolver,
    /** False while a run's rows on it go on (they are read back there) or the keychain is closed. */
    private readonly mayRead: (connectionId: ConnectionId) => boolean,
    private readonly resolved: (connectionId: ConnectionId) => void,
  ) {}

  /** Tries soon: the program has started, a run has ended or met a fault, or a server is within reach again. */
  soon(): void {
    this.#wait = firstTryMs;
    this.#schedule(200);
  }

  /** For good: the database is about to be closed. */
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

  /** Never throws: out of reach, a closed keychain, a full disk, whatever it was, the next try may find it otherwise. */
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
