import type { ConnectionId } from '../../shared/model/connection';
import { ProblemError } from '../../shared/model/problem';
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

  constructor(
    private readonly resolver: Resolver,
    /** False while a run goes on (it reads back itself) or the keychain is closed. */
    private readonly mayRead: () => boolean,
    private readonly resolved: (connectionId: ConnectionId) => void,
  ) {}

  /** Tries soon: the program has started, a run has ended, or a server is within reach again. */
  soon(): void {
    this.#wait = firstTryMs;
    this.#schedule(200);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#try(), ms);
    this.#timer.unref?.();
  }

  async #try(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      const waiting = this.resolver.waiting();
      if (waiting.size === 0) return;
      if (this.mayRead()) await Promise.all([...waiting].map((id) => this.#tryOne(id)));
      if (this.resolver.waiting().size === 0) return;
      this.#schedule(this.#wait);
      this.#wait = Math.min(this.#wait * 2, slowestMs);
    } finally {
      this.#running = false;
    }
  }

  async #tryOne(id: ConnectionId): Promise<void> {
    try {
      if ((await this.resolver.resolveAll(id)) > 0) this.resolved(id);
    } catch (error) {
      // Out of reach, or a closed keychain: the next try may find it otherwise.
      if (!(error instanceof ProblemError)) throw error;
    }
  }
}
