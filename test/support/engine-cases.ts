import type { Kind } from '../../shared/catalog';
import type { Connection, ConnectionDraft } from '../../shared/model/connection';
import type { Run } from '../../shared/model/plan';
import {
  type EdgeOptions,
  type EdgeSimulator,
  type LogEntry,
  type SimotelOptions,
  type SimotelSimulator,
  startEdge,
  startSimotel,
} from '../simulators';
import { atEnd, tempFolder } from './endings';
import {
  addServer,
  type Engine,
  type EngineOptions,
  edit,
  ended,
  idsOf,
  onServer,
  openEngine,
  planOf,
} from './engine';

export type Simulator = SimotelSimulator | EdgeSimulator;

export interface Bench {
  readonly engine: Engine;
  readonly server: Simulator;
  readonly connection: Connection;
  /** The records that a case edits, in the order of their writes. */
  readonly ids: readonly string[];
}

export interface BenchOptions {
  readonly rows?: number;
  readonly size?: number;
  readonly draft?: Partial<ConnectionDraft>;
  readonly simotel?: SimotelOptions;
  readonly edge?: EdgeOptions;
  readonly engine?: EngineOptions;
  readonly folder?: string;
}

/** The value that a case writes into a record; the same field on both kinds. */
export const wanted = (id: string): string => `wanted ${id.slice(-4)}`;

export async function startServer(kind: Kind, options: BenchOptions = {}): Promise<Simulator> {
  const size = options.size ?? 12;
  const server =
    kind === 'simotel'
      ? await startSimotel({ size, ...options.simotel })
      : await startEdge({ size, ...options.edge });
  atEnd(() => server.stop());
  return server;
}

/** Makes an engine with one server, some of whose records are edited. */
export async function bench(kind: Kind, options: BenchOptions = {}): Promise<Bench> {
  const server = await startServer(kind, options);
  const engine = await openEngine(options.folder ?? tempFolder(), options.engine);
  atEnd(() => engine.close());
  const connection = await joined(engine, kind, server, options.draft);
  const ids = idsOf(server, options.rows ?? 3);
  for (const id of ids) edit(engine, connection, id, 'description', wanted(id));
  server.clearLog();
  return { engine, server, connection, ids };
}

/** Adds a server to an engine; its kept-alive connections end with the test. */
export async function joined(
  engine: Engine,
  kind: Kind,
  server: Simulator,
  draft?: Partial<ConnectionDraft>,
): Promise<Connection> {
  const connection = await addServer(engine, kind, server, draft);
  atEnd(() => engine.services.driverFor(kind).close(connection.id));
  return connection;
}

/** Plans everything and starts a run over the ready rows, in the order of the ids. */
export async function begin({ engine, ids }: Pick<Bench, 'engine' | 'ids'>): Promise<Run> {
  const plan = await planOf(engine);
  const at = (id: string): number => ids.indexOf(id);
  const rows = plan.rows
    .filter(({ status }) => status === 'ready')
    .sort((one, other) => at(one.remoteId) - at(other.remoteId));
  return engine.services.runs.start(
    plan.id,
    rows.map(({ changeId }) => changeId),
  );
}

export async function applied(bench: Pick<Bench, 'engine' | 'ids'>, ms?: number): Promise<Run> {
  return ended(bench.engine, (await begin(bench)).id, ms);
}

/** Returns whether the server has the value that the case wanted. */
export function has({ server, connection }: Pick<Bench, 'server' | 'connection'>, id: string): boolean {
  return onServer(connection.kind, server.record(id), 'description') === wanted(id);
}

export function writesTo(server: Simulator, id?: string): LogEntry[] {
  return server.log.filter(
    (entry) => entry.path.endsWith('/update') && (id === undefined || entry.recordId === id),
  );
}

export function readsOf(server: Simulator): LogEntry[] {
  return server.log.filter((entry) => !entry.path.endsWith('/update'));
}

/** Returns the records that were written more than once. */
export function writtenTwice(server: Simulator): string[] {
  const ids = writesTo(server).map(({ recordId }) => recordId ?? '');
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}
