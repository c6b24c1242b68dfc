import { z } from 'zod';
import { type Certificate, type Connection, certificateSchema } from '../../shared/model/connection';
import { type Problem, problem } from '../../shared/model/problem';
import type { PresentedCertificate } from '../drivers';
import type { Database } from '../storage/database';
import { keep, kept } from '../storage/kept';
import { jsonObject } from '../storage/rows';

const key = 'certificates';
const mostKept = 200;
/** How long before its end an expiring certificate is reported. */
export const announcedMs = 30 * 24 * 60 * 60 * 1_000;

const keptSchema = z.object({ kept: z.array(certificateSchema) });

/**
 * What is known of servers' certificates: whom chosen ones were issued to, for comparison with a later one, and which
 * are about to expire. Decides nothing: what is trusted is the fingerprint.
 */
export class Certificates {
  readonly #announced = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly notice: (problem: Problem) => void,
  ) {}

  /** A server showed this certificate, and it was accepted. */
  accepted(connection: Connection, shown: PresentedCertificate | null): void {
    if (!shown) return;
    const certificate = readable(shown);
    if (certificate.fingerprint === connection.certificate) this.#keep(certificate);
    this.#announce(connection, certificate);
  }

  /** Returns what is known about a chosen certificate; null if it was never accepted here. */
  find(fingerprint: string | null): Certificate | null {
    return this.#load().find((one) => one.fingerprint === fingerprint) ?? null;
  }

  #keep(certificate: Certificate): void {
    const known = this.#load();
    if (known.some((one) => one.fingerprint === certificate.fingerprint)) return;
    keep(this.database, key, JSON.stringify({ kept: [...known, certificate].slice(-mostKept) }));
  }

  #load(): Certificate[] {
    const read = keptSchema.safeParse(jsonObject(kept(this.database, key) ?? ''));
    return read.success ? read.data.kept : [];
  }

  /** Once per run for each certificate of a connection, since the program can only report it. */
  #announce({ id, name, baseUrl }: Connection, { fingerprint, validTo }: Certificate): void {
    if (validTo === null || validTo - Date.now() > announcedMs) return;
    const about = `${id} ${fingerprint}`;
    if (this.#announced.has(about)) return;
    this.#announced.add(about);
    this.notice(problem('tls-expires', { host: new URL(baseUrl).host, connection: name, to: validTo }));
  }
}

/** A certificate with its dates parsed. */
export function readable({ names, validFrom, validTo, ...rest }: PresentedCertificate): Certificate {
  return { ...rest, names: [...names], validFrom: momentOf(validFrom), validTo: momentOf(validTo) };
}

/** Parses a certificate's date; null if it is not one. */
export function momentOf(text: string): number | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
