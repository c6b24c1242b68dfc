import type { EventName, EventPayload } from '../shared/contract/contract';
import type { WorkOrderId } from '../shared/model/change';
import type { Connection, ConnectionId } from '../shared/model/connection';
import { fail, type ProblemCode, ProblemError } from '../shared/model/problem';
import { Connections } from './connections/connections';
import { Credentials, keychainProblem } from './connections/credentials';
import { ReachBoard } from './connections/reach';
import { Directory } from './directory/directory';
import { Secrets } from './directory/secrets';
import { Selections } from './directory/selection';
import { DirectoryStore } from './directory/store';
import type { Driver } from './drivers/driver';
import type { ServerPort } from './drivers/server-port';
import { Comparer } from './journal/comparer';
import { HistoryExport } from './journal/export/export';
import { JournalHead } from './journal/head';
import { History } from './journal/history';
import { Journal } from './journal/journal';
import { Reverter } from './journal/revert';
import { forgetSealed } from './journal/sealed-values';
import { Verifier } from './journal/verify';
import { whoOf } from './journal/who';
import { WordsLater } from './journal/words-later';
import { makeKeeping } from './keeping/keeping';
import { KeepingSettings } from './keeping/settings';
import type { Vault, VaultState } from './keychain/vault';
import { makeMany } from './many';
import { BatchBook } from './many/batch';
import type { CompareParts } from './many/compare';
import { alikeRecords } from './many/compare-alike';
import { Jobs } from './many/jobs';
import { presentOne } from './many/present-one';
import { Templates } from './many/templates';
import { type TemplateFrom, templateRulesFrom } from './many/templates-source';
import { Sheets } from './sheets';
import type { Database } from './storage/database';
import { forgetFormer } from './storage/former-secrets';
import { reseal } from './storage/reseal';
import { Sealer } from './storage/sealing';
import { WorkspaceStore } from './storage/workspace';
import { ChangeLists } from './workorders/change-lists';
import { Changes } from './workorders/changes';
import { Planner } from './workorders/planner';
import { ResolveLater } from './workorders/resolve-later';
import { Resolver } from './workorders/resolver';
import { RowWriter } from './workorders/row-writer';
import { RunStore } from './workorders/run-store';
import { Runs } from './workorders/runs';
import { SummaryBook } from './workorders/summary/book';
import { WorkOrderTransfer } from './workorders/transfer/transfer';
import { WorkOrders, workOrderLabel } from './workorders/work-orders';

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
  const reach = new ReachBoard((connectionId, state) => {
    emit('reach', { connectionId, reach: state });
    if (state === 'reachable') later.soon();
  });

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
  const { changed, flush } = gatherChanges(emit);

  const store = new DirectoryStore(database, sealer);
  const directory = new Directory(store, sealer, {
    ...server,
    progress: (progress) => emit('syncProgress', progress),
  });
  const jobs = new Jobs((progress) => emit('jobProgress', progress));
  const selections = new Selections();
  const batches = new BatchBook();
  const workOrders = new WorkOrders(database);
  const changes = new Changes(database, sealer, workOrders, connection);
  const changeLists = new ChangeLists(database, workOrders, connection);
  const settings = new KeepingSettings(database);
  const templates = new Templates(database, sealer);
  const many = makeMany({
    database,
    sealer,
    jobs,
    batches,
    workOrders,
    connection,
    records: { found: (of, sort) => directory.found(of, { text: '', sort, only: null }) },
    selected: (id) => selections.of(id),
    templates,
    changed: (id) => changed(['changes', 'workOrders', 'bulk'], id),
  });
  const head = new JournalHead(database, vault);
  const journal: Journal = new Journal(database, {
    who: whoOf(actor, () => settings.load().displayName),
    appended: () => {
      head.touched();
      words.soon();
    },
  });
  const words = new WordsLater(() => journal.catchUp());
  const forgetSecrets = (days: number): number => forgetSealed(database, days) + forgetFormer(database, days);
  const keeping = makeKeeping({
    database,
    settings,
    journal,
    head,
    actor,
    notice: (problem) => emit('notice', problem),
    progress: (what, done, total) => emit('journalProgress', { what, done, total }),
    forget: forgetSecrets,
  });
  const label = (id: WorkOrderId): string => workOrderLabel(workOrders.get(id));
  const refresh = (of: Connection, remoteId: string, raw: Parameters<Directory['refresh']>[2]): void => {
    directory.refresh(of, remoteId, raw);
    changed(['directory', 'changes', 'journal', 'workOrders'], of.id);
  };
  const transfer = new WorkOrderTransfer({
    database,
    journal,
    sealer,
    workOrders,
    changes,
    actor,
    connections: () => connections.list(),
    syncedAt: (id) => store.syncedAt(id),
    hasRecord: (of, remoteId) => store.get(of.id, remoteId) !== null,
  });
  const planner = new Planner(changes, workOrders, {
    ...server,
    connection,
    stored: (of, remoteId) => directory.stored(of, remoteId)?.stored ?? null,
  });
  const runStore = new RunStore(database, sealer);
  const writer = new RowWriter({
    database,
    journal,
    runs: runStore,
    sealer,
    actor,
    workOrderLabel: label,
    refresh,
    prepared: (id) => changes.find(id),
    removeWritten: (change, values) => {
      changes.removeWritten(change.id, values);
      changed(['changes', 'workOrders', 'journal'], change.connectionId);
    },
  });
  const runs: Runs = new Runs({
    ...server,
    planner,
    writer,
    store: runStore,
    directory,
    connection,
    progress: (head, rows) => emit('applyProgress', { head, rows: [...rows] }),
    noteReach: (id, why) => {
      reach.note(id, why.code);
      later.soon();
    },
    closeInterrupted: () => resolver.closeInterrupted(),
    ended: () => {
      changed(['changes', 'workOrders', 'journal']);
      later.soon();
    },
  });
  const resolver: Resolver = new Resolver({
    ...server,
    database,
    journal,
    runs: runStore,
    sealer,
    connection,
    refresh,
    removeWritten: (id, values) => changes.removeWritten(id, values),
    decided: (runId, changeId) => runs.decided(runId, changeId),
  });
  const later: ResolveLater = new ResolveLater(
    resolver,
    (id) => sealer.ready && !runs.works(id),
    (id) => changed(['journal', 'changes', 'workOrders', 'directory'], id),
  );
  const secrets = new Secrets({
    sealer,
    directory,
    changes,
    journal,
    actor,
    workOrder: () => workOrderLabel(workOrders.current()),
  });

  const sheets = new Sheets({
    database,
    sealer,
    directory,
    batches,
    jobs,
    journal,
    workOrders,
    actor,
    connection,
  });

  /**
   * What a restore or a crash left: a restored history is noted as one, writes in flight become `unknown`, runs of which nothing is left are ended. Call once, before
   * anything else is done with the database.
   * @returns how many writes were in flight
   */
  const recover = (): number => {
    keeping.noteRestore();
    const interrupted = resolver.closeInterrupted();
    many.steps.recover();
    runs.closeFinished();
    words.soon();
    return interrupted;
  };

  /** Ends what runs by itself, before the database is closed. */
  const stop = (): void => {
    later.stop();
    head.stop();
    keeping.stop();
    historyExport.stop();
    words.stop();
    verifier.stop();
    jobs.stop();
    directory.stop();
    flush();
  };

  /** Takes the sealing key from the vault where it can be had; without it secrets stay closed and are not stored. */
  const unlock = async (): Promise<void> => {
    const key = await vault.sealingKey();
    if (!key.ok) throw new ProblemError({ code: keychainProblem(key), params: {} });
    const before = sealer.keyId;
    sealer.useKey(key.key);
    if (before !== null && before !== sealer.keyId) reseal(database, sealer, before);
    changed(['directory', 'changes', 'credentials']);
    later.soon();
    // What was added last time may have been too late for the keychain.
    head.touched();
  };

  const history = new History(database, journal.index);
  const stored = (of: Connection, remoteId: string) => directory.stored(of, remoteId)?.stored ?? null;
  const reverter = new Reverter({ database, sealer, changes, workOrders, connection, stored });
  const comparer = new Comparer({ database, sealer, connection, stored });
  const verifier = new Verifier({
    database,
    head,
    progress: (done, total) => emit('journalProgress', { what: 'verify', done, total }),
  });
  const historyExport = new HistoryExport(
    {
      page: async (filter, before, limit) => (await history.page(filter, before, limit)).items,
      count: (filter) => history.count(filter),
      links: (seqs) => history.links(seqs),
    },
    (done, total) => emit('journalProgress', { what: 'export', done, total }),
  );

  const comparing: CompareParts = {
    sealer,
    changes,
    stored,
    connections: () => connections.list(),
    syncedAt: (id) => store.syncedAt(id),
  };
  /** The same record on other servers of its kind. */
  const alike = async (of: Connection, remoteId: string) => {
    const others = connections.list().filter((one) => one.kind === of.kind && one.id !== of.id);
    const record = stored(of, remoteId) ?? fail('not-found', { what: 'record', id: remoteId });
    return alikeRecords(database, others, of.kind, record);
  };
  const templateSource = (kind: Connection['kind'], from: TemplateFrom) =>
    templateRulesFrom(
      {
        connection,
        present: (of, remoteId) => presentOne(comparing, of, remoteId),
        draftRules: (of) =>
          many.drafts.openDraft(of).rules.map(({ spec, rule }) => ({ field: spec.name, rule })),
      },
      kind,
      from,
    );

  return {
    templates,
    templateSource,
    comparing,
    alike,
    connections,
    credentials,
    reach,
    server,
    directory,
    jobs,
    selections,
    batches,
    sheets,
    ...many,
    workOrders,
    changes,
    changeLists,
    journal,
    history,
    reverter,
    comparer,
    verifier,
    head,
    /** Forgets former secrets older than so many days. @returns how many */
    forgetSecrets,
    historyExport,
    keeping,
    transfer,
    summaries: new SummaryBook({ database, workOrders, changes, history, connection }),
    planner,
    runs,
    resolver,
    secrets,
    workspace: new WorkspaceStore(database),
    vault,
    unlock,
    recover,
    stop,
    later,
    runStore,
    changed,
    driverFor,
  };
}

type Topics = EventPayload<'changed'>['topics'];

// A run changes things many times a second; the window asks again at most this often.
const gatherMs = 40;

/** Gathers what changed and tells it in one event. */
function gatherChanges(emit: ServicesParts['emit']) {
  const topics = new Set<Topics[number]>();
  const connections = new Set<ConnectionId | null>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (topics.size === 0) return;
    const [only = null] = connections;
    emit('changed', { topics: [...topics], connectionId: connections.size === 1 ? only : null });
    topics.clear();
    connections.clear();
  };
  const changed = (what: Topics, connectionId: ConnectionId | null = null): void => {
    for (const topic of what) topics.add(topic);
    connections.add(connectionId);
    timer ??= setTimeout(flush, gatherMs);
  };
  return { changed, flush };
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
