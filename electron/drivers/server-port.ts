import type { RecordsOf } from '../../shared/model/connection';
import type { Driver, DriverContext } from './driver';

/** How services reach servers: with the current credentials, and the result noted on the reach board. */
export interface ServerPort {
  /** The driver of one collection. */
  readonly driverFor: (of: RecordsOf) => Driver;
  /**
   * Runs work with the connection's credentials.
   * @throws ProblemError `credential-missing`, the keychain's, or the work's own
   */
  readonly withServer: <T>(
    of: RecordsOf,
    signal: AbortSignal,
    work: (driver: Driver, context: DriverContext) => Promise<T>,
  ) => Promise<T>;
}
