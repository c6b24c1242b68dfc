import type { RecordsOf } from '../../shared/model/connection';
import type { JsonObject } from '../../shared/model/json';
import type { Database } from '../storage/database';
import type { Sealer } from '../storage/sealing';
import { Directory, type DirectoryPorts } from './directory';
import { Selections } from './selection';
import { DirectoryStore } from './store';

export interface DirectoryParts extends DirectoryPorts {
  readonly database: Database;
  readonly sealer: Sealer;
}

/** The records as last read, and which of them are selected. */
export function makeDirectory({ database, sealer, ...ports }: DirectoryParts) {
  const store = new DirectoryStore(database, sealer);
  const directory = new Directory(store, sealer, ports);
  /** A record as last read, its secrets sealed. */
  const stored = (of: RecordsOf, remoteId: string): JsonObject | null =>
    directory.stored(of, remoteId)?.stored ?? null;
  return { store, directory, stored, selections: new Selections() };
}
