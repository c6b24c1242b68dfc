import type { Connection, ConnectionId } from '../../shared/model/connection';
import type { Database } from '../storage/database';
import type { Sealer } from '../storage/sealing';
import { EditMoments } from '../time/edit-moments';
import { ChangeLists } from './change-lists';
import { Changes } from './changes';
import { Moving } from './moving';
import { Reverter, type ReverterParts } from './revert';
import { WorkOrders } from './work-orders';

export interface ChangesParts {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly connection: (id: ConnectionId) => Connection;
  readonly stored: ReverterParts['stored'];
}

/** Puts the room together: prepared edits, lists, work orders, steps, and taking back. */
export function makeChanges({ database, sealer, connection, stored }: ChangesParts) {
  const moments = new EditMoments(database);
  const workOrders = new WorkOrders(database);
  const changes = new Changes(database, sealer, workOrders, connection);
  const changeLists = new ChangeLists(database, workOrders, connection, moments);
  return {
    moments,
    workOrders,
    changes,
    changeLists,
    moving: new Moving({ database, workOrders, lists: changeLists }),
    reverter: new Reverter({ database, sealer, changes, workOrders, connection, stored }),
  };
}
