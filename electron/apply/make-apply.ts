import type { Topic } from '../../shared/contract/request';
import type { WorkOrderId } from '../../shared/model/change';
import type { Connection, ConnectionId } from '../../shared/model/connection';
import type { Changes } from '../changes/changes';
import type { WorkOrders } from '../changes/work-orders';
import type { ReachBoard } from '../connections/reach';
import type { Directory } from '../directory/directory';
import type { ServerPort } from '../drivers/server-port';
import type { Journal } from '../journal/journal';
import type { Database } from '../storage/database';
import type { Sealer } from '../storage/sealing';
import type { EditMoments } from '../time/edit-moments';
import { StoredApplySettings } from './apply-settings';
import { Planner, type PlannerPorts } from './planner';
import { ResolveLater } from './resolve-later';
import { Resolver } from './resolver';
import { RowWriter, type RowWriterParts } from './row-writer';
import { RunsLeft } from './run-left';
import { RunStore } from './run-store';
import { Runs, type RunsPorts } from './runs';

export interface ApplyParts extends Pick<PlannerPorts, 'stored' | 'opened'> {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly journal: Journal;
  readonly server: ServerPort;
  readonly reach: Pick<ReachBoard, 'note'>;
  readonly directory: Directory;
  readonly changes: Changes;
  readonly workOrders: WorkOrders;
  readonly moments: EditMoments;
  readonly connection: (id: ConnectionId) => Connection;
  readonly actor: string;
  readonly progress: RunsPorts['progress'];
  /** Tells the window what to ask for again. */
  readonly changed: (topics: readonly Topic[], connectionId?: ConnectionId) => void;
}

/** Puts the room together: planning, runs, interrupted runs, and deciding unknown writes. */
export function makeApply(parts: ApplyParts) {
  const { database, sealer, journal, server, reach, directory, changes, workOrders, changed } = parts;
  const { moments, connection, actor, stored, opened, progress } = parts;
  const applySettings = new StoredApplySettings(database);
  const planner = new Planner(changes, workOrders, { ...server, moments, connection, stored, opened });
  const store = new RunStore(database, sealer);
  const refresh: RowWriterParts['refresh'] = (of, remoteId, raw) => {
    directory.refresh(of, remoteId, raw);
    changed(['directory', 'changes', 'journal', 'workOrders'], of.id);
  };
  const writer = new RowWriter({
    database,
    journal,
    runs: store,
    sealer,
    actor,
    workOrderLabel: (id: WorkOrderId) => workOrders.label(id),
    refresh,
    prepared: (id) => changes.find(id),
    removeWritten: (change, values, now) => {
      changes.removeWritten(change.id, values, now);
      changed(['changes', 'workOrders', 'journal'], change.connectionId);
    },
  });
  const runs: Runs = new Runs({
    ...server,
    planner,
    writer,
    store,
    moments,
    directory,
    connection,
    progress,
    noteReach: (id, why) => {
      reach.note(id, why.code);
      later.soon();
    },
    closeInterrupted: () => resolver.closeInterrupted(),
    resends: () => applySettings.load().resends,
    ended: () => {
      changed(['changes', 'workOrders', 'journal']);
      later.soon();
    },
  });
  const resolver: Resolver = new Resolver({
    ...server,
    database,
    journal,
    runs: store,
    sealer,
    connection,
    refresh,
    removeWritten: (id, values, now) => changes.removeWritten(id, values, now),
    decided: (runId, changeId) => runs.decided(runId, changeId),
  });
  const later: ResolveLater = new ResolveLater(
    resolver,
    (id) => sealer.ready && !runs.works(id),
    (id) => changed(['journal', 'changes', 'workOrders', 'directory'], id),
  );
  return {
    applySettings,
    planner,
    runs,
    runStore: store,
    runsLeft: new RunsLeft({ ...server, store, writer, connection, stored }),
    resolver,
    later,
  };
}
