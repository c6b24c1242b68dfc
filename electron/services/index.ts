import { catalogOf } from '../../shared/catalog';
import { recordTitle } from '../../shared/catalog/read';
import type { RecordsOf } from '../../shared/model/connection';
import type { Problem } from '../../shared/model/problem';
import { StoredUpdateFeed } from '../about/update-feed';
import { makeApply } from '../apply/make-apply';
import { makeChanges } from '../changes/make-changes';
import { workOrderLabel } from '../changes/work-orders';
import { makeConnections } from '../connections/make-connections';
import { connectionNotes } from '../connections/notes';
import { makeDirectory } from '../directory/make-directory';
import { Secrets } from '../directory/secrets';
import { SummaryBook } from '../documents/summary/book';
import type { DriverFor } from '../drivers/driver';
import { Jobs } from '../jobs/jobs';
import { type JournalParts, makeJournal } from '../journal/make-journal';
import { forgetSealed } from '../journal/sealed-values';
import { makeKeeping } from '../keeping/keeping';
import { KeepingSettings } from '../keeping/settings';
import type { Vault } from '../keychain/vault';
import { makeMany } from '../many';
import { Sheets } from '../sheets';
import type { Database } from '../storage/database';
import { forgetFormer } from '../storage/former-secrets';
import { keyMarkOf } from '../storage/key-mark';
import { nameTheNameless } from '../storage/nameless';
import { Sealer } from '../storage/sealing';
import { WorkspaceStore } from '../storage/workspace';
import { LivedTime } from '../time/lived-time';
import { WorkOrderTransfer } from '../workorders/transfer';
import { makeKeys, whyClosed } from './keys';
import { type Emit, gatherChanges } from './told';

export interface ServicesParts {
  readonly database: Database;
  readonly vault: Vault;
  readonly driverFor: DriverFor;
  readonly emit: Emit;
  readonly actor: string;
}

export type Services = ReturnType<typeof makeServices>;

/** Puts the rooms together. None of them imports Electron, so tests run exactly this. */
export function makeServices(parts: ServicesParts) {
  const { sealer, flush, ...rooms } = makeRooms(parts);
  const { vault, driverFor } = parts;
  return { ...rooms, ...beginningAndEnd({ ...rooms, sealer, flush }), vault, driverFor };
}

/** Calls each room's maker in order; later ones get what they need of earlier ones. */
function makeRooms({ database, vault, driverFor, emit, actor }: ServicesParts) {
  const notice = (problem: Problem): void => emit('notice', problem);
  const { changed, flush } = gatherChanges(emit);
  const sealer = new Sealer(() => whyClosed(vault.state));
  const keyMark = keyMarkOf(database);
  vault.useMark(keyMark);
  nameTheNameless(database);
  const jobs = new Jobs((progress) => emit('jobProgress', progress));
  const base = { database, vault, sealer, actor, notice, changed, jobs };

  const connecting = makeConnections({
    ...base,
    driverFor,
    noteAuthority: (...of) => notes.noteAuthority(...of),
    reachable: (connectionId, reach) => {
      emit('reach', { connectionId, reach });
      if (reach === 'reachable') applying.later.soon();
    },
  });
  const { connection, server } = connecting;
  const records = makeDirectory({ ...base, ...server });
  const { store, stored, directory, selections } = records;
  const preparing = makeChanges({ ...base, connection, stored });
  const { workOrders, changes } = preparing;
  const keeping = makeKept({ ...base, connection, stored });
  const { journal, history, head } = keeping;
  const notes = connectionNotes({ journal, workOrders, actor });
  const applying = makeApply({
    ...base,
    ...records,
    ...preparing,
    ...connecting,
    journal,
    opened: (of) => store.opened(of),
    progress: (run, rows) => emit('applyProgress', { head: run, rows: [...rows] }),
  });
  const connections = () => connecting.connections.list();
  const syncedAt = (of: RecordsOf) => store.syncedAt(of);
  const many = makeMany({
    ...base,
    ...preparing,
    connection,
    connections,
    stored,
    syncedAt,
    records: { found: (of, sort) => directory.found(of, { text: '', sort, only: null }) },
    selected: (of) => selections.of(of),
    changed: (id) => changed(['changes', 'workOrders', 'bulk'], id),
  });
  const transfer = new WorkOrderTransfer({
    ...base,
    journal,
    workOrders,
    changes,
    connections,
    syncedAt,
    titleOf: (of, remoteId) => {
      const record = store.get(of, remoteId);
      return record && recordTitle(catalogOf(of), remoteId, record.stored);
    },
  });
  const keys = makeKeys({
    ...base,
    ...connecting,
    keyMark,
    journal,
    head,
    directory,
    opened: () => applying.later.soon(),
  });
  const workOrder = () => workOrderLabel(workOrders.current());
  return {
    ...connecting,
    ...records,
    ...preparing,
    ...keeping,
    ...applying,
    ...many,
    ...keys,
    sealer,
    jobs,
    changed,
    flush,
    transfer,
    noteMove: notes.noteMove,
    secrets: new Secrets({ ...base, directory, changes, journal, workOrder }),
    sheets: new Sheets({
      ...base,
      directory,
      batches: many.batches,
      journal,
      changes,
      workOrders,
      connection,
    }),
    summaries: new SummaryBook({ database, workOrders, changes, history, connection }),
    updateFeed: new StoredUpdateFeed(database),
    workspace: new WorkspaceStore(database),
  };
}

interface KeptParts extends Omit<JournalParts, 'displayName'> {
  readonly notice: (problem: Problem) => void;
}

/** Makes the history and what keeps it over the years. */
function makeKept({ notice, ...parts }: KeptParts) {
  const { database } = parts;
  const settings = new KeepingSettings(database);
  const time = new LivedTime({ database, notice });
  const evidence = makeJournal({ ...parts, displayName: () => settings.load().displayName });
  /** Forgets former secrets older than a number of days. @returns how many */
  const forgetSecrets = (days: number): number => {
    const before = time.daysAgo(days);
    return forgetSealed(database, before) + forgetFormer(database, before);
  };
  const keeping = makeKeeping({
    ...parts,
    ...evidence,
    settings,
    time,
    notice,
    forget: forgetSecrets,
  });
  // Before anything is stored, since it gets the time of this look.
  keeping.lookAtClock();
  return { ...evidence, keeping, forgetSecrets };
}

/** What is done once at start, and once at the end. */
function beginningAndEnd(rooms: ReturnType<typeof makeRooms>) {
  /**
   * Cleans up after a restore or a crash: notes the restore, marks writes in flight `unknown`, ends runs with nothing
   * left to write. Call once, before anything else is done with the database.
   * @returns how many writes were in flight
   */
  const recover = (): number => {
    rooms.keeping.noteRestore();
    const interrupted = rooms.resolver.closeInterrupted();
    rooms.steps.recover();
    rooms.runs.closeFinished();
    rooms.words.soon();
    // Only after the restore is noted is it known whether the restored values are bound.
    if (rooms.sealer.ready) void rooms.binding.begin();
    return interrupted;
  };

  const stop = (): void => {
    const { later, binding, oldCredentials, authorities, head, keeping } = rooms;
    const { words, jobs, directory } = rooms;
    for (const one of [later, binding, oldCredentials, authorities, head, keeping]) one.stop();
    for (const one of [words, jobs, directory]) one.stop();
    rooms.flush();
  };
  return { recover, stop };
}
