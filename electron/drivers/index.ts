import { type CollectionId, firstCollection, type Kind } from '../../shared/catalog';
import type { Driver } from './driver';
import { edgeDriver } from './edge';
import { HttpPools } from './http';
import { namingHost } from './naming-host';
import { simotelDriver } from './simotel';

const pools = new HttpPools();

/** Makes the drivers of a kind, one a collection. */
type MakeDriver = (pools: HttpPools, collection: CollectionId) => Driver;

/** One entry for every kind in `shared/catalog/index.ts`; the compiler misses one that is not here. */
const kinds: { readonly [K in Kind]: MakeDriver } = {
  simotel: simotelDriver,
  edge: edgeDriver,
};

const drivers = new Map<string, Driver>();

/** The driver of a collection; of the kind's first where none is named. All of a kind share their sockets. */
export function driverFor(kind: Kind, collection = firstCollection(kind)): Driver {
  const name = `${kind} ${collection}`;
  const driver = drivers.get(name) ?? namingHost(kinds[kind](pools, collection));
  drivers.set(name, driver);
  return driver;
}

/** Closes every connection kept alive, when the program quits. */
export function closeAllDrivers(): Promise<void> {
  return pools.closeAll();
}

export type { Driver, DriverContext, WriteAnswer } from './driver';
export { CertificateProblemError, type PresentedCertificate, peekCertificate } from './tls';
