import { type Problem, ProblemError } from '../../shared/model/problem';
import type { Driver, DriverContext } from './driver';
import { CertificateProblemError } from './tls';

/** Wraps a driver so that every problem names the host: with ten servers, "time-out" says little. */
export function namingHost(driver: Driver): Driver {
  return {
    ...driver,
    test: (context) => named(context, () => driver.test(context)),
    readAll: (context, onProgress) => named(context, () => driver.readAll(context, onProgress)),
    readMany: (context, ids, hints) => named(context, () => driver.readMany(context, ids, hints)),
    readLookup: (context, field) => named(context, () => driver.readLookup(context, field)),
    async send(context, request) {
      const answer = await driver.send(context, request);
      return answer.kind === 'accepted' ? answer : { ...answer, problem: withHost(context, answer.problem) };
    },
  };
}

async function named<T>(context: DriverContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const problem = withHost(context, error.problem);
    throw error instanceof CertificateProblemError
      ? new CertificateProblemError(problem, error.certificate)
      : new ProblemError(problem);
  }
}

function withHost(context: DriverContext, problem: Problem): Problem {
  const { host } = new URL(context.connection.baseUrl);
  return { ...problem, params: { host, ...problem.params } };
}
