import { driverFor as realDrivers } from '../../electron/drivers';
import type { Driver } from '../../electron/drivers/driver';
import { Vault } from '../../electron/keychain/vault';
import { makeServices, type Services } from '../../electron/services';
import { type Database, openDatabase } from '../../electron/storage/database';
import { catalogOf, fieldSpec, type Kind, ofCollection } from '../../shared/catalog';
import { type FieldValue, sameValue } from '../../shared/catalog/compare';
import { fieldValue } from '../../shared/catalog/read';
import type { EventName, EventPayload } from '../../shared/contract/contract';
import type { WorkOrderId } from '../../shared/model/change';
import { type Connection, type ConnectionDraft, recordsOf } from '../../shared/model/connection';
import { type JsonObject, jsonObjectSchema } from '../../shared/model/json';
import type { Plan, Run, RunRow } from '../../shared/model/plan';
import { demoEdgeAccount, demoSimotelAccount, type Fields } from '../simulators';
import { MemoryKeychain } from './keychain';

export type Told = { [N in EventName]: { name: N; payload: EventPayload<N> } }[EventName];

/**
 * The program's engine without a window: a real database in a real folder and the services. Independent of vitest,
 * because the crash test's worker is a process of its own.
 */
export interface Engine {
  readonly database: Database;
  readonly services: Services;
  readonly keychain: MemoryKeychain;
  readonly told: readonly Told[];
  readonly close: () => void;
}

export interface EngineOptions {
  /** Pass another engine's to simulate the next start. */
  readonly keychain?: MemoryKeychain;
  readonly driverFor?: (kind: Kind) => Driver;
  readonly database?: Database;
}

// A fixed key, so that one process opens what another sealed. It protects only made-up data.
const testKey = Buffer.alloc(32, 7).toString('base64');

/** Starts as the program does: opens the database, recovers from a crash, opens the secrets. */
export async function openEngine(folder: string, options: EngineOptions = {}): Promise<Engine> {
  const database = options.database ?? openDatabase(`${folder}/patchbay.db`).database;
  const keychain = options.keychain ?? testKeychain();
  const vault = new Vault(keychain);
  const told: Told[] = [];
  const services = makeServices({
    database,
    vault,
    driverFor: options.driverFor ?? realDrivers,
    emit: <N extends EventName>(name: N, payload: EventPayload<N>) => {
      told.push({ name, payload } as Told);
    },
    actor: 'tester@bench',
  });
  services.recover();
  for (const connection of services.connections.list()) giveCredentials(keychain, connection);
  await vault.open();
  await services.unlock();
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    services.stop();
    database.close();
  };
  return { database, services, keychain, told, close };
}

/** Makes an open keychain with the key of all tests. */
export function testKeychain(): MemoryKeychain {
  const keychain = new MemoryKeychain();
  keychain.entries.set('probe', 'open');
  keychain.entries.set('sealing-key', testKey);
  return keychain;
}

/** Stores the demo server's credentials for a connection in the keychain. */
export function giveCredentials(keychain: MemoryKeychain, { id, kind }: Connection): void {
  const parts: Record<string, string> =
    kind === 'simotel'
      ? { user: demoSimotelAccount.user, password: demoSimotelAccount.password }
      : { token: demoEdgeAccount.token };
  for (const [part, secret] of Object.entries(parts))
    keychain.entries.set(`connection/${id}/${part}`, secret);
}

/** Adds a connection to a simulator and reads its directory. */
export async function addServer(
  engine: Engine,
  kind: Kind,
  server: { readonly url: string },
  more: Partial<ConnectionDraft> = {},
): Promise<Connection> {
  const connection = engine.services.connections.create({
    kind,
    name: kind === 'simotel' ? 'PBX' : 'Panel',
    site: 'Site',
    baseUrl: server.url,
    authMode: kind === 'simotel' ? 'basic' : 'token',
    timeoutMs: 20_000,
    parallel: 4,
    writeMode: 'full',
    colour: 'blue',
    tag: '',
    certificate: null,
    ...more,
  });
  giveCredentials(engine.keychain, connection);
  await engine.services.directory.sync(recordsOf(connection));
  return connection;
}

/** Types a value into a field, as the editor does. */
export function edit(
  { services }: Engine,
  connection: Connection,
  remoteId: string,
  field: string,
  next: string,
): void {
  const stored = services.directory.stored(recordsOf(connection), remoteId)?.stored ?? null;
  services.changes.setField(recordsOf(connection), remoteId, stored, field, next);
}

/** Plans a work order, by default the current one, with all of its rows. */
export async function planOf({ services }: Engine, workOrderId: WorkOrderId | null = null): Promise<Plan> {
  const scope = { workOrderId, connectionId: null, changeId: null };
  const plan = await services.planner.make(scope, new AbortController().signal);
  return { ...plan, rows: services.planner.rows(plan.id, 0, plan.total) };
}

/** Starts a run over all ready rows of a plan. */
export function startRun({ services }: Engine, plan: Plan): Run {
  return services.runs.start(
    plan.id,
    plan.rows.filter(({ status }) => status === 'ready').map(({ changeId }) => changeId),
  );
}

/** Waits for a condition by polling. Throws with `what` after `ms`. */
export async function until(what: string, holds: () => boolean, ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`it did not come to: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
}

export function runOf({ services }: Engine, runId: string): Run {
  const run = services.runs.get(runId);
  if (!run) throw new Error('there is no such run');
  return run;
}

/** Waits until a run has ended. @returns it */
export async function ended(engine: Engine, runId: string, ms = 200_000): Promise<Run> {
  await until('the end of the run', () => runOf(engine, runId).endedAt !== null, ms);
  return runOf(engine, runId);
}

export function serverOf(run: Run, connection: Connection): Run['servers'][number] {
  const found = run.servers.find(({ connectionId }) => connectionId === connection.id);
  if (!found) throw new Error('the run does not know that server');
  return found;
}

export function rowOf(run: Run, remoteId: string): RunRow {
  const found = run.rows.find((row) => row.remoteId === remoteId);
  if (!found) throw new Error(`the run has no row for ${remoteId}`);
  return found;
}

/** Returns outcome and problem as one text: `rejected duplicate-number`. */
export function gistOf(run: Run, remoteId: string): string {
  const { result } = rowOf(run, remoteId);
  return [result?.outcome ?? 'none', result?.problem?.code].filter(Boolean).join(' ');
}

/** Returns a field of a simulator's record, as the catalog reads it. */
export function onServer(kind: Kind, record: Fields | undefined, field: string): FieldValue {
  const spec = fieldSpec(ofCollection({ kind }), field);
  if (!spec || !record) return null;
  return fieldValue(spec, jsonObjectSchema.parse(record));
}

/** Whether two values of a field mean the same. */
export function means(kind: Kind, field: string, one: FieldValue, other: FieldValue): boolean {
  const spec = fieldSpec(ofCollection({ kind }), field);
  return spec !== undefined && sameValue(spec, one, other);
}

/** Returns a field as kept in the directory. */
export function inDirectory(
  { services }: Engine,
  connection: Connection,
  remoteId: string,
  field: string,
): FieldValue {
  const stored: JsonObject = services.directory.stored(recordsOf(connection), remoteId)?.stored ?? {};
  const spec = catalogOf(connection.kind).fields.find(({ name }) => name === field);
  return spec ? fieldValue(spec, stored) : null;
}

/** Returns the ids of a simulator's first records. */
export function idsOf(server: { records(): Fields[] }, count: number): string[] {
  return server
    .records()
    .slice(0, count)
    .map((record) => String(record._id ?? record.user_id));
}
