import type { z } from 'zod';
import type { Contract } from '../../shared/contract/contract';
import { type Connection, testSteps } from '../../shared/model/connection';
import { ProblemError } from '../../shared/model/problem';
import { CertificateProblemError, type Driver } from '../drivers';
import type { Network } from '../drivers/driver';
import { type Certificates, readable } from './certificates';

type Report = z.infer<Contract['connections']['test']['output']>;

export interface TestParts {
  readonly driver: Driver;
  readonly certificates: Certificates;
  readonly credentials: () => Promise<Record<string, string>>;
  readonly network: () => Promise<Network>;
  readonly watch: <T>(work: Promise<T>) => Promise<T>;
}

/** Tests the connection in the form and reports values; it throws nothing that a server can cause. */
export async function testConnection(connection: Connection, parts: TestParts): Promise<Report> {
  const started = performance.now();
  try {
    const credentials = await parts.credentials();
    const network = await parts.network();
    const context = { connection, credentials, network, signal: new AbortController().signal };
    const facts = await parts.watch(parts.driver.test(context));
    parts.certificates.accepted(connection, parts.driver.certificate?.(connection.id) ?? null);
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
      tested: [...facts.tested],
      untested: testSteps.filter((step) => !facts.tested.includes(step)),
      certificate: null,
      trusted: null,
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const certificate = error instanceof CertificateProblemError ? error.certificate : null;
    return {
      ok: false,
      problem: error.problem,
      facts: [],
      tested: [],
      untested: [],
      certificate: certificate && readable(certificate),
      trusted: parts.certificates.find(connection.certificate),
    };
  } finally {
    // The test may have used settings that are not saved; its sockets must not outlive it.
    await parts.driver.close(connection.id);
  }
}
