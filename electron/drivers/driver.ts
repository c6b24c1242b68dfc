import type { CollectionId } from '../../shared/catalog';
import type { FieldValue } from '../../shared/catalog/compare';
import type { RawRecord } from '../../shared/catalog/read';
import type { Connection, TestStep } from '../../shared/model/connection';
import type { Json, JsonObject } from '../../shared/model/json';
import type { Problem } from '../../shared/model/problem';
import type { LookupItem } from '../../shared/model/record';
import type { PresentedCertificate } from './tls';

export type ProxyLogin = { readonly user: string; readonly password: string };

/** How servers are reached, in addition to the connection's own settings. */
export interface Network {
  /** Certificates (PEM) of authorities that the user added. */
  readonly authorities: readonly string[];
  /** The login of the connection's proxy; null if it needs none, or there is none. */
  readonly proxyLogin: ProxyLogin | null;
}

/**
 * What a driver needs to talk to one server: the connection without its secret, and the secret for this call only.
 * The credentials live as long as the call does; a driver keeps none of them.
 */
export interface DriverContext {
  readonly connection: Connection;
  /** By part id of the connection's auth mode: `user`, `password`, `apiKey`, `token`. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Absent: nothing is added to the program's own authorities. */
  readonly network?: Network;
  /** Called with what a reading had to leave out. Not called if there is no listener. */
  readonly notice?: (problem: Problem) => void;
}

export type ReadProgress = (done: number, total: number | null) => void;

/** The facts of a successful connection test. */
export interface TestFacts {
  readonly account?: string;
  readonly reseller?: boolean;
  /** The steps that were shown to work; the rest of `testSteps` could not be tried. */
  readonly tested: readonly TestStep[];
}

/** A request as it will be sent, complete but for the credentials, which are added when it leaves. */
export interface WriteRequest {
  readonly method: 'POST';
  readonly url: string;
  /** The JSON body, byte for byte. Holds secrets: never shown or logged; see `masked`. */
  readonly body: string;
  /** The same body, indented, with every secret masked. For dry runs and the journal. */
  readonly masked: string;
  /** The requested values by catalog name, as the server should hold them. */
  readonly asked: ReadonlyMap<string, FieldValue>;
}

/**
 * The result of sending a write. `accepted`: the server said that it did it. `rejected`: it said that it did not; the
 * row failed. `stop`: it refuses this account or machine (401, 403); this server's other rows would fail alike. `lost`:
 * the request may or may not have been carried out (time-out, reset, half an answer): only reading decides. `not-sent`:
 * no byte of the request left (refused, name not found, TLS): certainly not carried out.
 */
export type WriteAnswer =
  | { readonly kind: 'accepted'; readonly serverMessage: string }
  | {
      readonly kind: 'rejected' | 'stop' | 'lost' | 'not-sent';
      readonly problem: Problem;
      /** Milliseconds that the server asked to wait (429 with Retry-After). */
      readonly retryAfterMs?: number;
    };

/**
 * One collection of one kind of server, with what is the server's own. Reads throw `ProblemError`; `send` never throws for what a server or network does.
 * Nothing here retries a write, and nothing follows a redirect.
 */
export interface Driver {
  readonly kind: Connection['kind'];

  /**
   * Reaches the server the cheapest way. Throws `ProblemError`; for a certificate that is not trusted
   * `CertificateProblemError`, which holds the one that was shown.
   */
  test(context: DriverContext): Promise<TestFacts>;

  /**
   * Reads every record, in the server's order, for the directory. `onProgress` is called at least once per page.
   * Invalid bytes are shown as U+FFFD here, so a write is based on `readMany`, which refuses them.
   */
  readAll(context: DriverContext, onProgress: ReadProgress): Promise<RawRecord[]>;

  /**
   * Reads the records named, with as few requests as the API allows. A record that the server does not have is absent
   * from the result. Read alone or among many, an unchanged record is the same JSON. Throws `unexpected-answer` if the
   * answer has invalid bytes: writing them back would damage the record.
   * @param hints what is known about the records (from the last sync), for servers that search by number and not by id
   */
  readMany(
    context: DriverContext,
    remoteIds: readonly string[],
    hints: ReadonlyMap<string, JsonObject>,
  ): Promise<Map<string, JsonObject>>;

  /** Reads every record exactly, for comparing and writing; refuses what `readAll` would show with damaged text. */
  readEvery(context: DriverContext): Promise<Map<string, JsonObject>>;

  /** Returns the server's list for a field (roles for `acl_id`). Empty if it has none. */
  readLookup(context: DriverContext, field: string): Promise<LookupItem[]>;

  /** The fields for which `readLookup` has a list. */
  readonly lookups: readonly string[];

  /**
   * Builds the request that would change the record. Pure: no network. Throws `invalid-input` for a field that is
   * unknown or read-only, and for a secret made of asterisks.
   * @param live the record as just read
   * @param edits the new values by catalog name, validated
   * @param forms how the server wrote those values that it had before; no check has passed them
   */
  buildWrite(
    connection: Connection,
    remoteId: string,
    live: JsonObject,
    edits: ReadonlyMap<string, FieldValue>,
    forms?: ReadonlyMap<string, Json>,
  ): WriteRequest;

  send(context: DriverContext, request: WriteRequest): Promise<WriteAnswer>;

  /** The certificate last accepted from this server since it was closed; null over plain http. */
  readonly certificate?: (connectionId: string) => PresentedCertificate | null;

  /** Closes the connections kept alive to this server. */
  close(connectionId: string): Promise<void>;
}

/** The driver of a kind's collection; of its first where none is named. */
export type DriverFor = (kind: Connection['kind'], collection?: CollectionId) => Driver;
