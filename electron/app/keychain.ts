import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import type { KeychainState } from '../../shared/model/connection';
import { KeychainClient } from '../keychain/client';
import { overUtilityProcess } from '../keychain/transport';
import { Vault } from '../keychain/vault';

export interface AppKeychainParts {
  /** The state to show is another one. */
  readonly changed: (state: KeychainState) => void;
  /** The keychain opened: at the start, after a retry, or found open by any other call meanwhile. */
  readonly opened: () => void;
  readonly log: (line: string) => void;
}

/** The vault over the OS keychain, with keytar in a process of its own that can be killed when it hangs. */
export class AppKeychain {
  readonly vault: Vault;
  readonly #client: KeychainClient;
  #waiting = false;

  constructor({ changed, opened, log }: AppKeychainParts) {
    this.#client = new KeychainClient({
      spawn: () =>
        overUtilityProcess(
          utilityProcess.fork(join(__dirname, 'keychain-worker.js'), [], {
            serviceName: 'Patchbay keychain',
          }),
        ),
      service: serviceName(),
      onWaiting: (waiting) => {
        this.#waiting = waiting;
        changed(this.state);
      },
    });
    this.vault = new Vault(this.#client, {
      onState: (state, detail) => {
        log(`keychain ${state} ${detail}`);
        changed(this.state);
        if (state === 'ready') opened();
      },
    });
  }

  /** The state to show; `waiting` while a prompt of the keychain's own may stand somewhere on the screen. */
  get state(): KeychainState {
    return this.#waiting && this.vault.state !== 'session-only' ? 'waiting' : this.vault.state;
  }

  close(): void {
    this.#client.close();
  }
}

/** One name for the usual profile; another profile has its own, so that two never share or overwrite entries. */
function serviceName(): string {
  const profile = app.getPath('userData');
  if (profile === join(app.getPath('appData'), app.getName())) return 'Patchbay';
  return `Patchbay ${createHash('sha256').update(profile).digest('hex').slice(0, 8)}`;
}
