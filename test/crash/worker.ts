// The program that the crash test kills: the services as main.ts puts them together, on a profile folder, with a fixed
// key instead of a keychain. No Electron around them: what must survive a kill is the database, the engine and the
// order of their steps, all of which is here, and a life costs 0.3 s instead of 3. test/e2e/restart.test.ts kills the
// whole program, window and keyring with it.
//
// Arguments: folder, PBX's URL, panel's URL, round, seed of this life. Plays one round: a work order of edits of every
// record of both servers, applied, taken up again after a kill, decided, and what is left applied once more.
import { z } from 'zod';
import { closeAllDrivers } from '../../electron/drivers';
import type { WorkOrder } from '../../shared/model/change';
import { type Connection, type ConnectionId, recordsOf } from '../../shared/model/connection';
import { createRng } from '../simulators/rng';
import { addServer, type Engine, edit, openEngine, planOf, runOf, startRun } from '../support/engine';
import { editedFields, nextValue } from './edits';

const [folder = '', pbx = '', panel = '', roundText = '', seedText = ''] = process.argv.slice(2);
const round = z.coerce.number().int().parse(roundText);
const rng = createRng(z.coerce.number().int().parse(seedText));
const mostRuns = 2;

/** Where it stands, for the driver, which chooses its moment by it. */
function say(phase: string): void {
  process.stdout.write(`${phase}\n`);
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function server(engine: Engine, kind: Connection['kind'], url: string): Promise<Connection> {
  const known = engine.services.connections.list().find((one) => one.kind === kind);
  if (!known) return addServer(engine, kind, { url });
  if (
    engine.services.directory
      .summaries()
      .some((one) => one.connectionId === known.id && one.syncedAt === null)
  )
    await engine.services.directory.sync(recordsOf(known));
  return known;
}

/** Types what is not typed yet: a kill may have come in between. */
function prepare(engine: Engine, order: WorkOrder, connections: readonly Connection[]): void {
  const { services } = engine;
  const typed = new Map(services.changes.list(null, order.id).map((change) => [keyOf(change), change]));
  for (const connection of connections) {
    for (const { remote_id: remoteId } of idsIn(engine, connection.id)) {
      const have = typed
        .get(keyOf({ connectionId: connection.id, remoteId }))
        ?.fields.map(({ field }) => field);
      for (const field of editedFields[connection.kind]) {
        if (!have?.includes(field))
          edit(engine, connection, remoteId, field, nextValue(round, remoteId, field));
      }
    }
  }
}

const keyOf = (one: { connectionId: ConnectionId; remoteId: string }): string =>
  `${one.connectionId} ${one.remoteId}`;

function idsIn({ database }: Engine, id: ConnectionId): { remote_id: string }[] {
  const rows: unknown = database
    .prepare('SELECT remote_id FROM records WHERE connection_id = ? ORDER BY ordinal')
    .all(id);
  return z.array(z.object({ remote_id: z.string() })).parse(rows);
}

/** Waits for a run's end and is the person meanwhile: lets a server that paused go on after a moment. */
async function see(engine: Engine, runId: string): Promise<void> {
  while (runOf(engine, runId).endedAt === null) {
    await sleep(20);
    for (const one of runOf(engine, runId).servers) {
      if (one.state !== 'paused' && one.state !== 'asking') continue;
      await sleep(rng.int(20, 200));
      engine.services.runs.resume(runId, one.connectionId);
    }
  }
}

/**
 * Waits until nothing is unknown any more: that comes by itself, and for what timed out after some seconds,
 * which a person cuts short by asking.
 */
async function decided({ services }: Engine): Promise<void> {
  const since = Date.now();
  while (services.resolver.waiting().size > 0) {
    await sleep(10);
    if (Date.now() - since < 2_500) continue;
    // Out of reach for a moment: the next turn asks again.
    for (const { seq } of services.journal.unknown())
      await services.resolver.resolve(seq).catch(() => sleep(100));
  }
}

async function play(engine: Engine): Promise<void> {
  const { services } = engine;
  const connections = [await server(engine, 'simotel', pbx), await server(engine, 'edge', panel)];
  const name = `round ${round}`;
  const order =
    services.workOrders.list().find((one) => one.name === name) ??
    services.workOrders.create({ name, customer: '', ticket: '', note: '' });
  for (;;) {
    const past = services.runStore.ofWorkOrder(order.id);
    const cutOff = services.runs.unfinished()[0];
    if (cutOff) {
      // Sometimes a person looks first, sometimes goes on at once: then the run goes on beside what is unknown.
      if (rng.chance(0.5)) {
        say('resolving');
        await decided(engine);
      }
      say('taking-up');
      services.runs.resume(cutOff.id, null);
      say('applying');
      await see(engine, cutOff.id);
    } else if (past.length < mostRuns) {
      say('preparing');
      if (past.length === 0) prepare(engine, order, connections);
      say('planning');
      const plan = await planOf(engine, order.id);
      if (plan.unread.length > 0) {
        await sleep(50);
        continue;
      }
      if (!plan.rows.some(({ status }) => status === 'ready')) break;
      const run = startRun(engine, plan);
      say('applying');
      await see(engine, run.id);
    } else break;
    say('resolving');
    await decided(engine);
  }
  // A kill may have come after the last run and before all of it was decided.
  await decided(engine);
}

async function live(): Promise<void> {
  say('starting');
  const engine = await openEngine(folder);
  say('open');
  for (;;) {
    try {
      await play(engine);
      break;
    } catch (error) {
      // A directory that could not be read, say: a person would try again.
      say(`again ${String(error)}`);
      await sleep(100);
    }
  }
  engine.close();
  await closeAllDrivers();
  say('done');
}

void live();
