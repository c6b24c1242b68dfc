import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import type { KeychainState } from '../../shared/model/connection';
import { KeychainClient } from '../keychain/client';
import type { KeychainPort } from '../keychain/port';
import { overUtilityProcess } from '../keychain/transport';
import { Vault } from '../keychain/vault';

export interface AppKeychainParts {
  /** The state to show has changed. */
  readonly changed: (state: KeychainState) => void;
  /** The keychain opened: at start, after a retry, or as another call noticed. */
  readonly opened: () => void;
  readonly log: (line: string) => void;
  /** Called with every secret that comes out of the keychain or goes into it. */
  readonly secret: (secret: string) => void;
}

// CRED_MAX_CREDENTIAL_BLOB_SIZE; keytar stores UTF-8 there.
const windowsEntryBytes = 2_560;

/** The vault over the OS keychain, with keytar in a process of its own that can be killed if it hangs. */
export class AppKeychain {
  readonly vault: Vault;
  readonly #client: KeychainClient;
  #waiting = false;

  constructor({ changed, opened, log, secret }: AppKeychainParts) {
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
    this.vault = new Vault(heard(this.#client, secret), {
      ...(process.platform === 'win32' ? { entryBytes: windowsEntryBytes } : {}),
      onState: (state, detail) => {
        log(`keychain ${state} ${detail}`);
        changed(this.state);
        if (state === 'ready') opened();
      },
    });
  }

  /** The state to show; `waiting` while the keychain's own prompt may be on the screen. */
  get state(): KeychainState {
    return this.#waiting && this.vault.state !== 'session-only' ? 'waiting' : this.vault.state;
  }

  /** The program's own keychain entries, which are no connection's credentials. */
  get entries(): KeychainPort {
    return this.#client;
  }

  close(): void {
    this.#client.close();
  }
}

/** The keychain's service name. Each profile but the usual one has its own, so that two never share entries. */
function serviceName(): string {
  const profile = app.getPath('userData');
  if (profile === join(app.getPath('appData'), app.getName())) return 'Patchbay';
  return `Patchbay ${createHash('sha256').update(profile).digest('hex').slice(0, 8)}`;
}

function heard(port: KeychainPort, secret: (secret: string) => void): KeychainPort {
  return {
    set: (account, value, options) => {
      secret(value);
      return port.set(account, value, options);
    },
    get: async (account, options) => {
      const found = await port.get(account, options);
      if (found.ok && found.secret !== null) secret(found.secret);
      return found;
    },
    delete: (account, options) => port.delete(account, options),
    has: (account, options) => port.has(account, options),
  };
}
