import type { z } from 'zod';
import type { Contract } from '../../shared/contract/contract';
import type { Connection } from '../../shared/model/connection';
import { ProblemError } from '../../shared/model/problem';
import { CertificateProblemError, type Driver, type PresentedCertificate } from '../drivers';

type Report = z.infer<Contract['connections']['test']['output']>;

export interface TestParts {
  readonly driver: Driver;
  readonly credentials: () => Promise<Record<string, string>>;
  /** Notes what the test tells of a connection that is saved already. */
  readonly watch: <T>(work: Promise<T>) => Promise<T>;
}

/** Reaches a server with what stands in the form and reports in values; it throws nothing that a server can cause. */
export async function testConnection(connection: Connection, parts: TestParts): Promise<Report> {
  const started = performance.now();
  try {
    const credentials = await parts.credentials();
    const context = { connection, credentials, signal: new AbortController().signal };
    const facts = await parts.watch(parts.driver.test(context));
    const elapsed = Math.round(performance.now() - started);
    return {
      ok: true,
      problem: null,
      facts: [
        ...(facts.account === undefined ? [] : [{ name: 'account' as const, value: facts.account }]),
        ...(facts.reseller === undefined
          ? []
          : [{ name: 'reseller' as const, value: String(facts.reseller) }]),
        { name: 'milliseconds', value: String(elapsed) },
      ],
      certificate: null,
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const certificate = error instanceof CertificateProblemError ? error.certificate : null;
    return { ok: false, problem: error.problem, facts: [], certificate: certificate && shown(certificate) };
  } finally {
    // A test may have been made with settings that are not kept; its sockets must not outlive it.
    await parts.driver.close(connection.id);
  }
}

function shown({ validTo, ...certificate }: PresentedCertificate) {
  const at = Date.parse(validTo);
  return { ...certificate, validTo: Number.isNaN(at) ? null : at };
}
