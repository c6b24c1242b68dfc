import { DatabaseSync } from '@photostructure/sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Database } from '../../electron/storage/database';
import { type Connection, type ConnectionId, recordsOf } from '../../shared/model/connection';
import { tempFolder } from '../support/endings';
import {
  type Engine,
  edit,
  giveCredentials,
  openEngine,
  planOf,
  runOf,
  startRun,
  testKeychain,
} from '../support/engine';
import { type FakeCall, FakeServers, type Fate, fates } from '../support/engine-fake';

/** What is done at the nth call that reaches a server. */
const deed = fc.record({
  at: fc.integer({ min: 1, max: 30 }),
  what: fc.constantFrom('pause', 'pause-one', 'cancel', 'cancel-one', 'crash', 'crash', 'sleep'),
});
type Deed = { at: number; what: 'pause' | 'pause-one' | 'cancel' | 'cancel-one' | 'crash' | 'sleep' };

const order = fc.record({
  /** The fate of each record, by server. */
  servers: fc.array(fc.array(fc.constantFrom(...fates), { minLength: 1, maxLength: 9 }), {
    minLength: 1,
    maxLength: 2,
  }),
  parallel: fc.integer({ min: 1, max: 6 }),
  deeds: fc.array(deed, { maxLength: 4 }),
  /** Which readings fail. */
  failing: fc.array(fc.integer({ min: 2, max: 14 }), { maxLength: 3 }),
});
type Order = { servers: Fate[][]; parallel: number; deeds: Deed[]; failing: number[] };

beforeEach(() => {
  // No clock: waits of the engine pass as fast as they are asked for.
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('whatever becomes of rows and whenever it is paused, cancelled or killed: one outcome each, and the true one', async () => {
  await fc.assert(
    fc.asyncProperty(order, async (given) => {
      await play(given);
    }),
    {
      numRuns: Number(process.env.PATCHBAY_RUNS ?? 60),
      // A run that hangs ends here; sixty on a busy machine do not.
      interruptAfterTimeLimit: 600_000,
      markInterruptAsFailure: true,
    },
  );
}, 660_000);

async function play({ servers, parallel, deeds, failing }: Order): Promise<void> {
  const folder = tempFolder();
  const keychain = testKeychain();
  const fate = new Map<string, Fate>(
    servers.flatMap((list, s) => list.map((one, n) => [`${s}-${n}`, one] as const)),
  );
  let calls = 0;
  let engine: Engine;
  let runId = '';
  let crashed = false;
  /** While set nothing may begin on these servers. */
  const held = new Set<ConnectionId>();
  const broken: string[] = [];
  const call = (one: FakeCall): void => {
    if (one.what === 'send') {
      if (held.has(one.connectionId)) broken.push(`${one.remoteId} began after a pause`);
      if (!intentIsDurable(onDisk, one)) broken.push(`${one.remoteId} left without a durable intent`);
    }
    if (runId === '') return;
    calls += 1;
    for (const { what } of deeds.filter(({ at }) => at === calls)) act(what, one.connectionId);
  };
  const act = (what: Deed['what'], id: ConnectionId): void => {
    const { runs } = engine.services;
    switch (what) {
      case 'pause':
        runs.pause(runId, null);
        break;
      case 'pause-one':
        runs.pause(runId, id);
        break;
      case 'sleep':
        runs.pauseAll('slept');
        break;
      case 'cancel':
        runs.cancel(runId, null);
        break;
      case 'cancel-one':
        runs.cancel(runId, id);
        break;
      case 'crash':
        fake.dead = true;
        crashed = true;
        engine.close();
    }
  };
  const newFake = (before?: FakeServers): FakeServers => {
    const records = before?.records;
    const made = new FakeServers(
      (remoteId) => fate.get(remoteId) ?? 'stored',
      (nth) => failing.includes(nth),
      call,
    );
    for (const [id, kept] of records ?? []) made.records.set(id, kept);
    for (const [id, times] of before?.times ?? []) made.times.set(id, times);
    return made;
  };
  let fake = newFake();
  const open = (): Promise<Engine> => openEngine(folder, { keychain, driverFor: () => fake.driver() });
  engine = await open();
  // Another connection to the file: what it sees is what was committed.
  const onDisk = new DatabaseSync(`${folder}/patchbay.db`, { readOnly: true });
  const connections = servers.map((list, s): Connection => {
    const made = engine.services.connections.create(draft(s, parallel));
    giveCredentials(keychain, made);
    fake.add(
      made.id,
      list.map((_, n) => record(`${s}-${n}`)),
    );
    return made;
  });
  for (const connection of connections) {
    await engine.services.directory.sync(recordsOf(connection));
    for (const [id] of fake.records.get(connection.id) ?? []) {
      edit(engine, connection, id, 'description', 'wanted');
      edit(engine, connection, id, 'email', 'wanted@example.com');
    }
  }
  fake.healthy = true;
  const plan = await planOf(engine);
  fake.healthy = false;
  const sent = [...fake.sent];
  let most = 0;
  runId = startRun(engine, plan).id;

  // The person: lets go on what stands still, starts again after a crash, until the run has ended.
  for (let turn = 0; turn < 400; turn += 1) {
    await vi.advanceTimersByTimeAsync(100);
    if (crashed) {
      crashed = false;
      sent.push(...fake.sent);
      most = Math.max(most, fake.mostUnderWay);
      fake = newFake(fake);
      held.clear();
      engine = await open();
      if (engine.services.runs.unfinished().length === 0) break;
      engine.services.runs.resume(runId, null);
      continue;
    }
    const run = runOf(engine, runId);
    if (run.endedAt !== null) break;
    for (const server of run.servers) {
      const still = server.state === 'paused' || server.state === 'asking';
      const resting = run.rows.every(({ state }) => state === 'waiting' || state === 'done');
      if (still && resting && held.has(server.connectionId)) {
        held.delete(server.connectionId);
        engine.services.runs.resume(runId, server.connectionId);
      } else if (still && resting) held.add(server.connectionId);
    }
  }
  deeds = [];
  fake.healthy = true;
  for (let turn = 0; turn < 100 && engine.services.resolver.waiting().size > 0; turn += 1)
    await vi.advanceTimersByTimeAsync(1_000);
  sent.push(...fake.sent);
  most = Math.max(most, fake.mostUnderWay);
  try {
    check({ engine, runId, fake, connections, sent, most, parallel, fate, broken });
  } finally {
    engine.close();
    onDisk.close();
  }
}

function intentIsDurable(onDisk: Database, { connectionId, remoteId }: FakeCall): boolean {
  const sql = `SELECT count(*) AS n FROM journal i WHERE type = 'intent' AND connection_id = ? AND remote_id = ?
    AND NOT EXISTS (SELECT 1 FROM journal o WHERE o.intent_seq = i.seq)`;
  return z.object({ n: z.number() }).parse(onDisk.prepare(sql).get(connectionId, remoteId)).n === 1;
}

/** What a server says that is busy, and has not done. */
const mayGoAgain = new Set<Fate>(['wait', 'busy-once', 'busy-503-once', 'busy-late']);

interface Played {
  readonly engine: Engine;
  readonly runId: string;
  readonly fake: FakeServers;
  readonly connections: readonly Connection[];
  readonly sent: readonly { connectionId: ConnectionId; remoteId: string }[];
  readonly most: number;
  readonly parallel: number;
  readonly fate: ReadonlyMap<string, Fate>;
  readonly broken: readonly string[];
}

function check({ engine, runId, fake, connections, sent, most, parallel, fate, broken }: Played): void {
  const { services, database } = engine;
  const run = runOf(engine, runId);
  expect(broken).toEqual([]);
  expect(run.endedAt).not.toBeNull();
  expect(services.runs.unfinished()).toEqual([]);
  expect(services.journal.open()).toEqual([]);
  expect(most).toBeLessThanOrEqual(parallel * connections.length);
  // Nothing twice, but for what the server refused for the moment; that at most three times more.
  const names = sent.map(({ remoteId }) => remoteId);
  for (const [id, fateOf] of fate) {
    const times = names.filter((name) => name === id).length;
    expect([id, fateOf, times <= (mayGoAgain.has(fateOf) ? 4 : 1)]).toEqual([id, fateOf, true]);
  }
  const kept = services.runStore.rows(runId);
  for (const row of run.rows) {
    const outcome = row.result?.outcome;
    const name = `${row.remoteId} (${fate.get(row.remoteId)}) ${outcome}`;
    const now = fake.records.get(row.connectionId)?.get(row.remoteId);
    const there = now?.description === 'wanted' && now.email === 'wanted@example.com';
    expect([name, row.state]).toEqual([name, 'done']);
    expect([name, outcome]).not.toEqual([name, 'unknown']);
    // Where the server said no and could not be read, its word is taken; one may also do late what it refused before.
    const lies = ['says-no-but-stored', 'busy-late'].includes(fate.get(row.remoteId) ?? '');
    const liar = lies && outcome === 'rejected';
    if (!liar) expect([name, there]).toEqual([name, outcome === 'applied' || outcome === 'side-effect']);
    expect([name, kept.find(({ changeId }) => changeId === row.changeId)?.outcome]).toEqual([name, outcome]);
    // What was never sent has no intent, and a note says why.
    const entries: unknown[] = database
      .prepare('SELECT type, outcome FROM journal WHERE connection_id = ? AND remote_id = ? ORDER BY seq')
      .all(row.connectionId, row.remoteId);
    const journal = z.array(z.object({ type: z.string(), outcome: z.string().nullable() })).parse(entries);
    expect([name, journal[0]?.type]).toEqual([name, names.includes(row.remoteId) ? 'intent' : 'note']);
    expect([name, journal.at(-1)?.outcome]).toEqual([name, outcome]);
    // One write an intent. Each ends once; one that was refused for the moment may be found carried out later.
    const writes = names.filter((one) => one === row.remoteId).length;
    const intents = journal.filter((one) => one.type === 'intent').length;
    const finals = journal.filter((one) => one.outcome !== null && one.outcome !== 'unknown');
    const refused = finals.filter((one, at) => one.outcome === 'rejected' && at < finals.length - 1).length;
    expect([name, intents >= writes]).toEqual([name, true]);
    expect([name, finals.length - refused]).toEqual([name, 1]);
    if (!mayGoAgain.has(fate.get(row.remoteId) ?? 'stored')) expect([name, refused]).toEqual([name, 0]);
    const prepared = services.changes.find(row.changeId);
    if (!liar) expect([name, prepared === null]).toEqual([name, there]);
  }
}

function draft(index: number, parallel: number) {
  return {
    kind: 'simotel',
    name: `PBX ${index}`,
    site: 'Site',
    baseUrl: `http://pbx${index}.example`,
    authMode: 'basic',
    timeoutMs: 1_000,
    parallel,
    writeMode: 'full',
    colour: 'blue',
    tag: '',
    certificate: null,
  } as const;
}

function record(id: string) {
  return {
    _id: id,
    name: id,
    number: `1${id.replace('-', '')}`,
    description: '',
    email: '',
    call_record: 'yes',
    active: 'yes',
  };
}
