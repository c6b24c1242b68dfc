import type { Kind } from '../../shared/catalog';
import type { Driver } from './driver';
import { edgeDriver } from './edge';
import { HttpPools } from './http';
import { namingHost } from './naming-host';
import { simotelDriver } from './simotel';

const pools = new HttpPools();

/** One driver for every kind in `shared/catalog/index.ts`; the compiler misses one that is not here. */
const drivers: { readonly [K in Kind]: Driver } = {
  simotel: namingHost(simotelDriver(pools)),
  edge: namingHost(edgeDriver(pools)),
};

/** The driver of a kind. */
export function driverFor(kind: Kind): Driver {
  return drivers[kind];
}

/** Closes every connection kept alive, when the program quits. */
export function closeAllDrivers(): Promise<void> {
  return pools.closeAll();
}

export type { Driver, DriverContext, WriteAnswer } from './driver';
export { CertificateProblemError, type PresentedCertificate, peekCertificate } from './tls';
