import { serverKind } from '../../shared/catalog';
import { credentialFault } from '../../shared/lib/credential';
import { originOf, placeOf, samePlace } from '../../shared/lib/place';
import { proxyLogin, proxyParts } from '../../shared/lib/proxy';
import type {
  Connection,
  ConnectionDraft,
  ConnectionId,
  CredentialStatus,
  Move,
  Place,
} from '../../shared/model/connection';
import { fail, type ProblemCode, ProblemError } from '../../shared/model/problem';
import { cleanCredential } from '../../shared/values/clean';
import type { ProxyLogin } from '../drivers/driver';
import type { CredentialRef } from '../keychain/accounts';
import type { KeychainFailure } from '../keychain/port';
import type { Vault } from '../keychain/vault';
import { bind, readBound } from './bound';

const problemOfReason: Record<KeychainFailure['reason'], ProblemCode> = {
  absent: 'keychain-absent',
  locked: 'keychain-locked',
  denied: 'keychain-denied',
  'timed-out': 'keychain-timed-out',
  mismatch: 'keychain-mismatch',
  other: 'keychain-other',
  failed: 'keychain-failed',
};

const forgetWithinMs = 3_000;

/** The problem code shown for a keychain failure. */
export function keychainProblem(failure: KeychainFailure): ProblemCode {
  return problemOfReason[failure.reason];
}

/** The ids of the parts that a connection's auth mode logs in with. */
export function partsOf(draft: Pick<ConnectionDraft, 'kind' | 'authMode'>): readonly string[] {
  const mode = serverKind(draft.kind).authModes.find((one) => one.id === draft.authMode);
  return mode?.parts.map((part) => part.id) ?? [];
}

/** Every part that a kind of server has in any mode, for removing all. */
export function allPartsOf(kind: Connection['kind']): readonly string[] {
  return [...new Set(serverKind(kind).authModes.flatMap((mode) => mode.parts.map((part) => part.id)))];
}

type Login = Pick<Connection, 'kind' | 'authMode' | 'baseUrl' | 'certificate' | 'proxy'>;

/**
 * The credentials of connections: in the vault, one entry for each part, never in a file and never sent to the
 * renderer. Each is kept with the place that the user confirmed for it and goes nowhere else (invariant 8).
 */
export class Credentials {
  /** Entries being bound now, and those that the user is changing. */
  readonly #binding = new Map<string, Promise<unknown>>();
  readonly #handled = new Map<string, number>();
  /** The last place that was refused to each connection: only that, or the saved one, can be confirmed. */
  readonly #refused = new Map<ConnectionId, Place>();

  /** @param saved the connection as stored in the database */
  constructor(
    private readonly vault: Vault,
    private readonly saved: (id: ConnectionId) => Connection,
  ) {}

  /** Where each part of the connection's kind is kept, those of other auth modes included. */
  async status(connection: Connection): Promise<CredentialStatus[]> {
    const found: CredentialStatus[] = [];
    const parts = [...allPartsOf(connection.kind), ...(connection.proxy ? proxyParts : [])];
    for (const part of parts) found.push(await this.#statusOf(connection.id, part));
    return found;
  }

  /** Keeps a part for the connection's present place. @throws ProblemError the keychain's; then nothing was kept */
  async set(connection: Connection, part: string, secret: string): Promise<CredentialStatus> {
    const place = keptPlaceOf(connection, part) ?? fail('invalid-input', { field: part });
    const clean = cleanPart(connection, part, secret);
    const fault = credentialFault(part, clean);
    if (fault) throw new ProblemError(fault);
    const ref = { connectionId: connection.id, part };
    const kept = await this.#byPerson(ref, () => this.vault.set(ref, bind(clean, place)));
    if (!kept.ok) fail(keychainProblem(kept));
    return { part, where: kept.kept };
  }

  async clear(connection: Connection, part: string): Promise<CredentialStatus> {
    const ref = { connectionId: connection.id, part };
    const cleared = await this.#byPerson(ref, () => this.vault.clear(ref));
    if (!cleared.ok) fail(keychainProblem(cleared));
    return { part, where: 'nowhere' };
  }

  /**
   * Removes every part of a connection that is being removed. A keychain that prompts or hangs must not block that,
   * so this waits only a moment; the removal continues in the background.
   */
  async forget(connection: Connection): Promise<void> {
    const refs = [...allPartsOf(connection.kind), ...proxyParts].map((part) => ({
      connectionId: connection.id,
      part,
    }));
    const cleared = Promise.all(refs.map((ref) => this.#byPerson(ref, () => this.vault.clear(ref))));
    await Promise.race([cleared, new Promise((resolve) => setTimeout(resolve, forgetWithinMs).unref())]);
  }

  /**
   * Returns all parts that a call needs, for that call only. A stored one is used only for the place that it was
   * confirmed for.
   * @param login the connection as it will be called, saved or as in a form
   * @param typed parts that are in the form and not stored yet; they win, and go where the form says
   * @throws ProblemError `credential-missing`, `credential-elsewhere`, or the keychain's
   */
  async forCall(
    id: ConnectionId | null,
    login: Login,
    typed: Readonly<Record<string, string>> = {},
  ): Promise<Record<string, string>> {
    const to = placeOf(login);
    const values: Record<string, string> = {};
    for (const part of partsOf(login)) {
      const given = typed[part];
      if (given === undefined && id !== null)
        values[part] = await this.#keptFor({ connectionId: id, part }, to);
      else values[part] = given === undefined ? '' : cleanPart(login, part, given);
      if (values[part] === '') fail('credential-missing', { part });
    }
    return values;
  }

  /**
   * Returns the login of the connection's proxy; null if it needs none. It goes only to the proxy that it was typed
   * for.
   * @throws ProblemError `proxy-login-elsewhere`, or the keychain's
   */
  async forProxy(
    id: ConnectionId | null,
    login: Pick<Connection, 'proxy'>,
    typed: Readonly<Record<string, string>> = {},
  ): Promise<ProxyLogin | null> {
    const { proxy } = login;
    if (!proxy) return null;
    const to = proxyPlace(proxy);
    const values: string[] = [];
    for (const part of proxyParts) {
      const given = typed[part];
      const kept = given === undefined && id !== null ? await this.#read({ connectionId: id, part }) : null;
      if (kept && !samePlace(kept.place, to))
        fail('proxy-login-elsewhere', { was: kept.place.origin, now: to.origin });
      values.push(given ?? kept?.secret ?? '');
    }
    const [user = '', password = ''] = values;
    return user === '' && password === '' ? null : { user, password };
  }

  /**
   * Returns the move that the user would have to confirm before a connection's credentials are used; null if they are
   * stored for that place. @param to null: the place of the connection as saved
   */
  async moved(id: ConnectionId, to: Place | null): Promise<Move | null> {
    const connection = this.saved(id);
    const place = to ?? placeOf(connection);
    for (const part of partsOf(connection)) {
      const kept = await this.#read({ connectionId: id, part });
      if (kept && !samePlace(kept.place, place)) return { from: kept.place, to: place };
    }
    return null;
  }

  /**
   * The user has seen both places and agrees to the move: from now on the credentials are stored for the new place.
   * @param confirmed asks the user before anything changes; throws if the answer is no
   * @throws ProblemError `not-found` if that move is not the one that is pending
   */
  async confirmMove(id: ConnectionId, { from, to }: Move, confirmed: () => Promise<void>): Promise<void> {
    const connection = this.saved(id);
    const asked = [placeOf(connection), this.#refused.get(id)];
    if (!asked.some((place) => place && samePlace(place, to))) fail('not-found', { what: 'move' });
    const moving: { readonly ref: CredentialRef; readonly secret: string }[] = [];
    for (const part of allPartsOf(connection.kind)) {
      const ref = { connectionId: id, part };
      const kept = await this.#read(ref);
      // Stored for a third place: that needs a new question.
      if (kept && samePlace(kept.place, from)) moving.push({ ref, secret: kept.secret });
    }
    if (moving.length === 0 || samePlace(from, to)) fail('not-found', { what: 'move' });
    await confirmed();
    for (const { ref, secret } of moving) {
      const kept = await this.#byPerson(ref, () => this.vault.set(ref, bind(secret, to)));
      if (!kept.ok) fail(keychainProblem(kept));
    }
  }

  /**
   * Binds what an earlier version stored for a connection to its present place. Each entry separately, and the former
   * text stays until the new one is written: if interrupted, the rest is bound later, or when it is read.
   */
  async bindOld({ id, kind }: Pick<Connection, 'id' | 'kind'>): Promise<void> {
    for (const part of allPartsOf(kind)) await this.#read({ connectionId: id, part });
  }

  async #keptFor(ref: CredentialRef & { connectionId: ConnectionId }, to: Place): Promise<string> {
    const kept = await this.#read(ref);
    if (!kept) return '';
    if (samePlace(kept.place, to)) return kept.secret;
    this.#refused.set(ref.connectionId, to);
    return fail('credential-elsewhere', {
      connectionId: ref.connectionId,
      part: ref.part,
      was: kept.place.origin,
      wasPin: kept.place.certificate ?? '',
      wasProxy: kept.place.proxy ?? '',
      now: to.origin,
      nowPin: to.certificate ?? '',
      nowProxy: to.proxy ?? '',
    });
  }

  async #read(
    ref: CredentialRef & { connectionId: ConnectionId },
  ): Promise<{ readonly secret: string; readonly place: Place } | null> {
    const found = await this.vault.get(ref);
    if (!found.ok) {
      // The user chose to do without the keychain: what is missing can be typed again, which the problem advises.
      if (this.vault.state === 'session-only') return null;
      return fail(keychainProblem(found));
    }
    if (found.secret === null) return null;
    const bound = readBound(found.secret) ?? fail('credential-unreadable');
    return { secret: bound.secret, place: bound.place ?? (await this.#bindNow(ref, bound.secret)) };
  }

  /** Binds an entry without a place to the saved connection, never to one in a form. */
  async #bindNow(ref: CredentialRef & { connectionId: ConnectionId }, secret: string): Promise<Place> {
    const key = keyOf(ref);
    await this.#binding.get(key);
    // Versions without places had no proxy: none was confirmed.
    const place = placeOf({ ...this.saved(ref.connectionId), proxy: null });
    // The user's own change of the entry has priority.
    if (this.#handled.has(key)) return place;
    const binding = this.vault.set(ref, bind(secret, place));
    this.#binding.set(key, binding);
    const written = await binding.finally(() => this.#binding.delete(key));
    return written.ok ? place : fail(keychainProblem(written));
  }

  async #byPerson<T>(ref: CredentialRef, work: () => Promise<T>): Promise<T> {
    const key = keyOf(ref);
    const handled = (change: 1 | -1): void => {
      const times = (this.#handled.get(key) ?? 0) + change;
      if (times > 0) this.#handled.set(key, times);
      else this.#handled.delete(key);
    };
    handled(1);
    try {
      await this.#binding.get(key);
      return await work();
    } finally {
      handled(-1);
    }
  }

  async #statusOf(connectionId: ConnectionId, part: string): Promise<CredentialStatus> {
    const found = await this.vault.has({ connectionId, part });
    if (!found.ok) return { part, where: 'unknown' };
    return { part, where: found.has ? (found.kept ?? 'keychain') : 'nowhere' };
  }
}

/** The place that a part is stored for as the connection is now; null if the connection has no such part. */
function keptPlaceOf(connection: Connection, part: string): Place | null {
  if (connection.proxy && proxyParts.includes(part)) return proxyPlace(connection.proxy);
  return allPartsOf(connection.kind).includes(part) ? placeOf(connection) : null;
}

function proxyPlace(proxy: string): Place {
  return { origin: originOf(proxy), certificate: null };
}

function keyOf({ connectionId, part }: CredentialRef): string {
  return `${connectionId}/${part}`;
}

/** Cleans a typed login for storing. @throws ProblemError where a secret has something invisible inside */
function cleanPart(
  { kind, authMode }: Pick<ConnectionDraft, 'kind' | 'authMode'>,
  part: string,
  text: string,
): string {
  const { authModes } = serverKind(kind);
  const parts = [...(authModes.find((mode) => mode.id === authMode)?.parts ?? []), ...proxyLogin.parts];
  const visible = parts.find((one) => one.id === part)?.visible === true;
  return cleanCredential(text, visible) ?? fail('invalid-input', { field: part, reason: 'unseen' });
}
