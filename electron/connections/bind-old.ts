import { ProblemError } from '../../shared/model/problem';
import type { Database } from '../storage/database';
import { keep, kept } from '../storage/kept';
import type { Connections } from './connections';
import type { Credentials } from './credentials';

const mark = 'credentials-bound';

/**
 * Binds what earlier versions kept in the keychain to its place, once for each profile, in the background. The mark
 * only saves later starts the work: an unbound entry is bound when it is read.
 */
export class OldCredentials {
  #stopped = false;
  #going = false;

  constructor(
    private readonly database: Database,
    private readonly connections: Pick<Connections, 'list'>,
    private readonly credentials: Pick<Credentials, 'bindOld'>,
  ) {}

  /** Goes through all connections; if the keychain stops answering, the next start continues. */
  async bind(): Promise<void> {
    if (this.#going || this.#stopped) return;
    if (kept(this.database, mark) !== undefined) return;
    this.#going = true;
    try {
      for (const connection of this.connections.list()) {
        await this.credentials.bindOld(connection);
        if (this.#stopped) return;
      }
      keep(this.database, mark, '{}');
    } catch (error) {
      // The database may have been closed in between; a keychain's problem is reported where the user waits for it.
      if (!this.#stopped && !(error instanceof ProblemError)) throw error;
    } finally {
      this.#going = false;
    }
  }

  stop(): void {
    this.#stopped = true;
  }
}
