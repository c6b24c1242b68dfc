import { catalogOf } from '../../shared/catalog';
import type {
  Connection,
  ConnectionDraft,
  ConnectionId,
  CredentialStatus,
} from '../../shared/model/connection';
import { fail, type ProblemCode } from '../../shared/model/problem';
import type { KeychainFailure } from '../keychain/port';
import type { Vault } from '../keychain/vault';

const problemOfReason: Record<KeychainFailure['reason'], ProblemCode> = {
  absent: 'keychain-absent',
  locked: 'keychain-locked',
  denied: 'keychain-denied',
  'timed-out': 'keychain-timed-out',
  mismatch: 'keychain-mismatch',
  failed: 'keychain-failed',
};

const forgetWithinMs = 3_000;

/** What a keychain failure is called where a person can read it. */
export function keychainProblem(failure: KeychainFailure): ProblemCode {
  return problemOfReason[failure.reason];
}

/** The parts that a connection's auth mode logs in with, by id. */
export function partsOf(draft: Pick<ConnectionDraft, 'kind' | 'authMode'>): readonly string[] {
  const mode = catalogOf(draft.kind).authModes.find((one) => one.id === draft.authMode);
  return mode?.parts.map((part) => part.id) ?? [];
}

/** Every part that a kind of server can have, whatever the mode: for removing all. */
export function allPartsOf(kind: Connection['kind']): readonly string[] {
  return [...new Set(catalogOf(kind).authModes.flatMap((mode) => mode.parts.map((part) => part.id)))];
}

/** The credentials of connections: in the vault, one entry a part, never in a file and never to the renderer. */
export class Credentials {
  constructor(private readonly vault: Vault) {}

  /** Where each part that the connection's kind can have is kept, those of another auth mode too. */
  async status(connection: Connection): Promise<CredentialStatus[]> {
    const found: CredentialStatus[] = [];
    for (const part of allPartsOf(connection.kind)) found.push(await this.#statusOf(connection.id, part));
    return found;
  }

  /** Keeps a part. @throws ProblemError what the keychain says; then nothing was kept */
  async set(connection: Connection, part: string, secret: string): Promise<CredentialStatus> {
    if (!allPartsOf(connection.kind).includes(part)) fail('invalid-input', { field: part });
    const kept = await this.vault.set({ connectionId: connection.id, part }, secret);
    if (!kept.ok) fail(keychainProblem(kept));
    return { part, where: kept.kept };
  }

  async clear(connection: Connection, part: string): Promise<CredentialStatus> {
    const cleared = await this.vault.clear({ connectionId: connection.id, part });
    if (!cleared.ok) fail(keychainProblem(cleared));
    return { part, where: 'nowhere' };
  }

  /**
   * Removes every part of a connection that goes. A keychain that asks or hangs must not keep it from going, so no
   * longer than a moment is waited; the removal goes on behind.
   */
  async forget(connection: Connection): Promise<void> {
    const parts = allPartsOf(connection.kind);
    const cleared = Promise.all(parts.map((part) => this.vault.clear({ connectionId: connection.id, part })));
    await Promise.race([cleared, new Promise((resolve) => setTimeout(resolve, forgetWithinMs).unref())]);
  }

  /**
   * All parts that a call needs, for that call only.
   * @param typed parts that stand in the form and are not kept yet; they win
   * @throws ProblemError `credential-missing`, or what the keychain says
   */
  async forCall(
    id: ConnectionId | null,
    draft: Pick<ConnectionDraft, 'kind' | 'authMode'>,
    typed: Readonly<Record<string, string>> = {},
  ): Promise<Record<string, string>> {
    const values: Record<string, string> = {};
    for (const part of partsOf(draft)) {
      const value = typed[part] ?? (id ? await this.#read(id, part) : null);
      if (!value) fail('credential-missing', { part });
      values[part] = value;
    }
    return values;
  }

  async #read(connectionId: ConnectionId, part: string): Promise<string | null> {
    const found = await this.vault.get({ connectionId, part });
    if (found.ok) return found.secret;
    // The person chose to do without the keychain: what is missing can be typed again, and that is the advice to give.
    if (this.vault.state === 'session-only') return null;
    return fail(keychainProblem(found));
  }

  async #statusOf(connectionId: ConnectionId, part: string): Promise<CredentialStatus> {
    const found = await this.vault.has({ connectionId, part });
    if (!found.ok) return { part, where: 'unknown' };
    return { part, where: found.has ? (found.kept ?? 'keychain') : 'nowhere' };
  }
}
