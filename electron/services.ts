import type { EventName, EventPayload } from '../shared/contract/contract';
import type { Connection, ConnectionId } from '../shared/model/connection';
import { type ProblemCode, ProblemError } from '../shared/model/problem';
import { Connections } from './connections/connections';
import { Credentials, keychainProblem } from './connections/credentials';
import { ReachBoard } from './connections/reach';
import { Directory } from './directory/directory';
import { Secrets } from './directory/secrets';
import { DirectoryStore } from './directory/store';
import type { Driver } from './drivers/driver';
import type { ServerPort } from './drivers/server-port';
import { History } from './journal/history';
import { Journal } from './journal/journal';
import type { Vault, VaultState } from './keychain/vault';
import type { Database } from './storage/database';
import { reseal } from './storage/reseal';
import { Sealer } from './storage/sealing';
import { WorkspaceStore } from './storage/workspace';
import { Changes } from './workorders/changes';
import { Planner } from './workorders/planner';
import { Resolver } from './workorders/resolver';
import { RowWriter } from './workorders/row-writer';
import { Runs } from './workorders/runs';
import { WorkOrders } from './workorders/work-orders';

export interface ServicesParts {
  readonly database: Database;
  readonly vault: Vault;
  readonly driverFor: (kind: Connection['kind']) => Driver;
  /** Tells the renderer something. */
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
  /** Operating system account and machine, for the journal. */
  readonly actor: string;
}

export type Services = ReturnType<typeof makeServices>;

/** Puts the services together. None of them imports Electron, so that tests run exactly this. */
export function makeServices({ database, vault, driverFor, emit, actor }: ServicesParts) {
  const sealer = new Sealer(() => whyClosed(vault.state));
  const connections = new Connections(database);
  const credentials = new Credentials(vault);
  const reach = new ReachBoard((connectionId, state) => emit('reach', { connectionId, reach: state }));

  const server: ServerPort = {
    driverFor: (connection) => driverFor(connection.kind),
    withServer: async (connection, signal, work) => {
      const context = {
        connection,
        credentials: await credentials.forCall(connection.id, connection),
        signal,
      };
      return reach.watch(connection.id, work(driverFor(connection.kind), context));
    },
  };
  const connection = (id: ConnectionId): Connection => connections.get(id);
  const changed = (
    topics: EventPayload<'changed'>['topics'],
    connectionId: ConnectionId | null = null,
  ): void => emit('changed', { topics, connectionId });

  const store = new DirectoryStore(database, sealer);
  const directory = new Directory(store, sealer, {
    ...server,
    progress: (progress) => emit('syncProgress', progress),
  });
  const workOrders = new WorkOrders(database);
  const changes = new Changes(database, sealer, workOrders, connection);
  const journal = new Journal(database);
  const workOrderName = (): string => {
    const { number, name } = workOrders.current();
    return name === '' ? `WO-${number}` : `WO-${number} ${name}`;
  };
  const refresh = (of: Connection, remoteId: string, raw: Parameters<Directory['refresh']>[2]): void => {
    directory.refresh(of, remoteId, raw);
    changed(['directory', 'changes', 'journal', 'workOrders'], of.id);
  };
  const planner = new Planner(changes, {
    ...server,
    connection,
    stored: (of, remoteId) => directory.stored(of, remoteId)?.stored ?? null,
  });
  const writer = new RowWriter({
    journal,
    sealer,
    actor,
    workOrder: workOrderName,
    refresh,
    prepared: (id) => changes.find(id),
    written: (row, values) => {
      changes.removeWritten(row.change.id, values);
      changed(['changes', 'workOrders', 'journal'], row.connection.id);
    },
  });
  const runs = new Runs({
    ...server,
    planner,
    writer,
    progress: (run) => {
      emit('applyProgress', { run });
      // Rows that were never sent stand in the history too, and nothing else tells of them.
      if (run.endedAt !== null) changed(['journal', 'changes', 'workOrders']);
    },
    noteReach: (id, why) => reach.note(id, why.code),
  });
  const resolver = new Resolver({
    ...server,
    journal,
    sealer,
    connection,
    refresh,
    written: (id, values) => changes.removeWritten(id, values),
  });
  const secrets = new Secrets({ sealer, directory, changes, journal, actor, workOrder: workOrderName });

  /** Takes the sealing key from the vault where it can be had; without it secrets stay closed and are not stored. */
  const unlock = async (): Promise<void> => {
    const key = await vault.sealingKey();
    if (!key.ok) throw new ProblemError({ code: keychainProblem(key), params: {} });
    const before = sealer.keyId;
    sealer.useKey(key.key);
    if (before !== null && before !== sealer.keyId) reseal(database, sealer, before);
    changed(['directory', 'changes', 'credentials']);
  };

  return {
    connections,
    credentials,
    reach,
    server,
    directory,
    workOrders,
    changes,
    journal,
    history: new History(database),
    planner,
    runs,
    resolver,
    secrets,
    workspace: new WorkspaceStore(database),
    vault,
    unlock,
    changed,
    driverFor,
  };
}

/** Why there is no sealing key. "Locked" is said until the vault has told what it really is. */
function whyClosed(state: VaultState): ProblemCode {
  switch (state) {
    case 'absent':
      return 'keychain-absent';
    case 'denied':
      return 'keychain-denied';
    case 'timed-out':
      return 'keychain-timed-out';
    default:
      return 'keychain-locked';
  }
}
