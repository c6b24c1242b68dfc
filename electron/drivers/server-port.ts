import type { Connection } from '../../shared/model/connection';
import type { Driver, DriverContext } from './driver';

/** How services reach servers: with the current credentials, and the result noted on the reach board. */
export interface ServerPort {
  readonly driverFor: (connection: Connection) => Driver;
  /**
   * Runs work with the connection's credentials.
   * @throws ProblemError `credential-missing`, the keychain's, or the work's own
   */
  readonly withServer: <T>(
    connection: Connection,
    signal: AbortSignal,
    work: (driver: Driver, context: DriverContext) => Promise<T>,
  ) => Promise<T>;
}
