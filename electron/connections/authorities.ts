import { createHash, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import {
  type AuthoritiesAdded,
  type Authority,
  type AuthorityFacts,
  type AuthorityList,
  mostAuthorities,
} from '../../shared/model/authority';
import { fingerprintSchema } from '../../shared/model/connection';
import { fail, type Problem, problem } from '../../shared/model/problem';
import type { Vault } from '../keychain/vault';
import type { Database } from '../storage/database';
import { keep, kept } from '../storage/kept';
import { jsonObject } from '../storage/rows';
import { authorityFacts, certificatesIn } from './authority-file';
import { announcedMs } from './certificates';
import { keychainProblem } from './credentials';

const key = 'authorities';

const keptSchema = z.object({ kept: z.array(z.string().max(60_000)).max(400) });

export interface AuthoritiesParts {
  readonly database: Database;
  readonly vault: Pick<Vault, 'state' | 'open' | 'recall' | 'remember'>;
  readonly notice: (problem: Problem) => void;
  /** Journals a decision of the user. */
  readonly note: (what: 'authority-added' | 'authority-removed', of: AuthorityFacts) => void;
}

/** Asks the user, outside the page, whether to trust an authority. */
export type ConfirmAuthority = (facts: AuthorityFacts) => Promise<boolean>;

/**
 * CA certificates added by the user: trusted for every connection, beside those that come with the program. They are
 * stored in the database; the keychain holds the fingerprints of those that count. Write access to the database alone
 * can neither add one nor bring back one that was removed.
 */
export class Authorities {
  /** Confirmed in session-only mode. */
  #session: readonly string[] = [];
  #told = false;
  #stopped = false;
  readonly #announced = new Set<string>();
  #read: { readonly body: string; readonly certificates: readonly X509Certificate[] } | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: AuthoritiesParts) {}

  async list(): Promise<AuthorityList> {
    const known = await this.#known();
    const authorities = this.#kept().map((certificate) => shown(certificate, known));
    return { authorities, missing: missingOf(known ?? [], authorities) };
  }

  /** Returns the trusted ones as PEM; none while the keychain cannot be asked. */
  async trusted(): Promise<readonly string[]> {
    const kept = this.#kept();
    if (kept.length === 0) return [];
    const known = await this.#asked();
    return kept
      .filter(({ fingerprint256 }) => known?.includes(fingerprint256))
      .map((certificate) => certificate.toString());
  }

  /** Call before the database is closed. */
  stop(): void {
    this.#stopped = true;
  }

  /** Checks whether the list is unaltered, and which certificates expire soon. Each is reported once per run. */
  async look(): Promise<void> {
    const known = await this.#known();
    // The database may have been closed in between.
    if (!known || this.#stopped) return;
    const authorities = this.#kept().map((certificate) => shown(certificate, known));
    const missing = missingOf(known, authorities);
    const doubtful = authorities.filter(({ state }) => state !== 'used');
    if (doubtful.length + missing > 0 && !this.#told) {
      this.#told = true;
      const names = doubtful.map(({ subject }) => subject).join('; ');
      this.parts.notice(problem('authorities-altered', { names, missing }));
    }
    for (const { fingerprint, subject, validTo, state } of authorities) {
      if (state !== 'used' || validTo === null || validTo - Date.now() > announcedMs) continue;
      if (this.#announced.has(fingerprint)) continue;
      this.#announced.add(fingerprint);
      this.parts.notice(
        problem(validTo < Date.now() ? 'authority-ended' : 'authority-ends', { subject, to: validTo }),
      );
    }
  }

  /**
   * Imports a file's authorities, each after the user confirmed it.
   * @throws ProblemError `authority-file`, `authority-too-many`, or the keychain's
   */
  add(bytes: Buffer, confirm: ConfirmAuthority): Promise<AuthoritiesAdded> {
    return this.#inTurn(async () => {
      const added: Authority[] = [];
      const left: AuthoritiesAdded['left'] = [];
      for (const certificate of certificatesIn(bytes)) {
        const facts = authorityFacts(certificate);
        const { fingerprint, subject } = facts;
        const known = await this.#knownOrFail();
        const isKept = this.#kept().some((kept) => kept.fingerprint256 === fingerprint);
        const leave = (why: (typeof left)[number]['why']) => left.push({ subject, fingerprint, why });
        if (!certificate.ca) leave('no-authority');
        else if (isKept && known.includes(fingerprint)) leave('duplicate');
        else if (known.length >= mostAuthorities) fail('authority-too-many', { most: mostAuthorities });
        else if (!(await confirm(facts))) leave('declined');
        else {
          if (!isKept) this.#keep([...this.#kept(), certificate]);
          await this.#trust(facts);
          added.push({ ...facts, state: 'used' });
        }
      }
      return { added, left };
    });
  }

  /** The user confirms one that is only in the database. @throws ProblemError `not-found`, `cancelled` */
  confirm(fingerprint: string, confirm: ConfirmAuthority): Promise<void> {
    return this.#inTurn(async () => {
      const found = this.#kept().find((one) => one.fingerprint256 === fingerprint);
      if (!found?.ca) fail('not-found', { what: 'certificate' });
      const known = await this.#knownOrFail();
      if (known.includes(fingerprint)) return;
      if (known.length >= mostAuthorities) fail('authority-too-many', { most: mostAuthorities });
      const facts = authorityFacts(found);
      if (!(await confirm(facts))) fail('cancelled');
      await this.#trust(facts);
    });
  }

  /** Removes one, proved or not. Trusting less needs no confirmation. */
  remove(fingerprint: string): Promise<void> {
    return this.#inTurn(async () => {
      const kept = this.#kept();
      const gone = kept.find((one) => one.fingerprint256 === fingerprint);
      if (!gone) fail('not-found', { what: 'certificate' });
      const known = await this.#known();
      // The keychain first: what it does not know does not count, wherever this is interrupted.
      if (known?.includes(fingerprint)) await this.#remember(known.filter((one) => one !== fingerprint));
      this.#keep(kept.filter((one) => one !== gone));
      this.parts.note('authority-removed', authorityFacts(gone));
    });
  }

  forgetMissing(): Promise<void> {
    return this.#inTurn(async () => {
      const kept = new Set(this.#kept().map((one) => one.fingerprint256));
      await this.#remember((await this.#knownOrFail()).filter((one) => kept.has(one)));
    });
  }

  async #trust(facts: AuthorityFacts): Promise<void> {
    // Journalled first: what counts has an entry, whatever happens in between.
    this.parts.note('authority-added', facts);
    await this.#remember([...(await this.#knownOrFail()), facts.fingerprint]);
  }

  /** The fingerprints that count; null while the keychain cannot be asked. */
  async #known(): Promise<readonly string[] | null> {
    const { vault } = this.parts;
    if (vault.state === 'session-only') return this.#session;
    const found = await vault.recall(this.#account);
    if (!found.ok) return null;
    return found.text === null ? [] : readKnown(found.text);
  }

  /** Like `#known`, but asks again a keychain that did not answer before, since the caller waits for it. */
  async #asked(): Promise<readonly string[] | null> {
    const { vault } = this.parts;
    if (vault.state !== 'ready' && vault.state !== 'session-only') await vault.open();
    return this.#known();
  }

  async #knownOrFail(): Promise<readonly string[]> {
    return (await this.#asked()) ?? fail(await this.#whyNot());
  }

  async #whyNot() {
    const found = await this.parts.vault.recall(this.#account);
    return found.ok ? 'keychain-failed' : keychainProblem(found);
  }

  async #remember(known: readonly string[]): Promise<void> {
    const { vault } = this.parts;
    if (vault.state === 'session-only') {
      this.#session = known;
      return;
    }
    const written = await vault.remember(this.#account, writeKnown(known));
    if (!written.ok) fail(keychainProblem(written));
  }

  #keep(certificates: readonly X509Certificate[]): void {
    const raw = certificates.map((one) => one.raw.toString('base64'));
    keep(this.parts.database, key, JSON.stringify({ kept: raw }));
  }

  /**
   * Reads the database's list. Anyone with write access may have put anything there: entries that are not
   * certificates are left out.
   */
  #kept(): readonly X509Certificate[] {
    const body = kept(this.parts.database, key);
    if (body === undefined) return [];
    if (this.#read?.body === body) return this.#read.certificates;
    const read = keptSchema.safeParse(jsonObject(body));
    const certificates = read.success ? read.data.kept.flatMap(certificateIn) : [];
    this.#read = { body, certificates };
    return certificates;
  }

  /** Keyed by the profile's path, not by an id stored in the file. */
  get #account(): `authorities/${string}` {
    const place = this.parts.database.location() ?? '';
    return `authorities/profile-${createHash('sha256').update(place).digest('hex').slice(0, 16)}`;
  }

  /** Serialised: two concurrent read-modify-writes of the list would lose one. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function shown(certificate: X509Certificate, known: readonly string[] | null): Authority {
  const facts = authorityFacts(certificate);
  const state = known === null ? 'unknown' : known.includes(facts.fingerprint) ? 'used' : 'not-proved';
  return { ...facts, state };
}

/** Kept short: an entry of Windows' keychain takes 2,560 bytes. Never empty: keychains refuse that. */
function writeKnown(known: readonly string[]): string {
  const short = known.map((one) => Buffer.from(one.replaceAll(':', ''), 'hex').toString('base64url'));
  return ['1', ...short].join(' ');
}

/** How many the keychain knows that the database no longer has. */
function missingOf(known: readonly string[], kept: readonly Authority[]): number {
  return known.filter((one) => !kept.some(({ fingerprint }) => fingerprint === one)).length;
}

function readKnown(text: string): readonly string[] {
  const [, ...all] = text.split(' ');
  return all.flatMap((short) => {
    const hex = Buffer.from(short, 'base64url').toString('hex').toUpperCase();
    const read = fingerprintSchema.safeParse(hex.match(/../g)?.join(':'));
    return read.success ? [read.data] : [];
  });
}

function certificateIn(base64: string): X509Certificate[] {
  try {
    return [new X509Certificate(Buffer.from(base64, 'base64'))];
  } catch {
    return [];
  }
}
