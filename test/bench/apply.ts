import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pool } from 'undici';
import { type Connection, recordsOf } from '../../shared/model/connection';
import { demoSimotelAccount } from '../simulators';
import { simotelRecords } from '../simulators/simotel-data';
import { addServer, type Engine, edit, ended, openEngine, planOf, startRun } from '../support/engine';
import { type Figure, percentile, timed } from './measure';
import { type BenchServer, simulatorProcess } from './simulator';

const size = 1_000;
const parallel = 8;
const rounds = Number(process.env.PATCHBAY_BENCH_ROUNDS ?? 7);
const serverMs = 20;

/*
 * 1,000 changes on a server that takes 20 ms, eight at a time: planned, journalled, sent, read back, judged. Beside it, in
 * turn, what only writes the same: a loop over kept connections (the floor), and curl by xargs.
 */
export async function benchApply(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pb-bench-apply-'));
  const server = await simulatorProcess(size, serverMs);
  const engine = await openEngine(folder);
  try {
    const connection = await addServer(engine, 'simotel', server, { parallel });
    const ids = [...simotelRecords(1, size).keys()];
    const bodies = ids.map((id, at) => bodyOf(id, `floor ${at}`));
    const curl = await curlFiles(path.join(folder, 'curl'), server, bodies);
    const times: Record<'apply' | 'plan' | 'floor' | 'curl' | 'cpu', number[]> = {
      apply: [],
      plan: [],
      floor: [],
      curl: [],
      cpu: [],
    };
    for (let round = -1; round < rounds; round += 1) {
      const floor = await timed(() => floorLoop(server, bodies));
      const xargs = await timed(curl);
      const own = await applyAll(engine, connection, ids, `round ${round}`);
      // The first does not count.
      if (round < 0) continue;
      times.floor.push(floor);
      times.curl.push(xargs);
      for (const key of ['apply', 'plan', 'cpu'] as const) times[key].push(own[key]);
    }
    return figuresOf(times);
  } finally {
    engine.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function figuresOf(times: Readonly<Record<'apply' | 'plan' | 'floor' | 'curl' | 'cpu', number[]>>): Figure[] {
  const middle = (list: readonly number[]) => percentile(list, 50);
  const spread = (list: readonly number[]) =>
    `${Math.min(...list).toFixed(0)}–${Math.max(...list).toFixed(0)} ms over ${list.length}`;
  const what = `${size} changes on a ${serverMs} ms server, ${parallel} at a time, plan to proof`;
  return [
    {
      what,
      baseline: 'a keep-alive loop that only writes',
      ms: middle(times.apply),
      baselineMs: middle(times.floor),
      more: `${spread(times.apply)}; of it the plan ${middle(times.plan).toFixed(0)} ms`,
    },
    {
      what,
      baseline: `xargs -P ${parallel} curl that only writes`,
      ms: middle(times.apply),
      baselineMs: middle(times.curl),
    },
    {
      what: 'processor time of it, for each row',
      baseline: 'a millisecond',
      ms: middle(times.cpu) / size,
      baselineMs: 1,
    },
  ];
}

async function applyAll(engine: Engine, connection: Connection, ids: readonly string[], text: string) {
  // The floor has written meanwhile.
  await engine.services.directory.sync(recordsOf(connection));
  for (const id of ids) edit(engine, connection, id, 'description', text);
  const cpu = process.cpuUsage();
  let plan = 0;
  const apply = await timed(async () => {
    const began = performance.now();
    const made = await planOf(engine);
    plan = performance.now() - began;
    const run = await ended(engine, startRun(engine, made).id);
    const applied = run.rows.filter((row) => row.result?.outcome === 'applied').length;
    if (applied !== size)
      throw new Error(`${applied} of ${size} were applied; planned: ${JSON.stringify(made.rows[0])}`);
  });
  const used = process.cpuUsage(cpu);
  return { apply, plan, cpu: (used.user + used.system) / 1_000 };
}

function bodyOf(id: string, description: string): string {
  return JSON.stringify({ _id: id, description });
}

const headers = {
  'content-type': 'application/json',
  authorization: `Basic ${Buffer.from(`${demoSimotelAccount.user}:${demoSimotelAccount.password}`).toString('base64')}`,
};
const updatePath = '/api/v4/pbx/users/update';

async function floorLoop(server: BenchServer, bodies: readonly string[]): Promise<void> {
  const pool = new Pool(server.url, { connections: parallel });
  const rest = [...bodies];
  const worker = async () => {
    for (let body = rest.pop(); body; body = rest.pop()) {
      const answer = await pool.request({ method: 'POST', path: updatePath, headers, body });
      const said = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`the floor was answered ${answer.statusCode}: ${said}`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  await pool.close();
}

/** The same writes as files, and a run of curl over them. */
async function curlFiles(folder: string, server: BenchServer, bodies: readonly string[]) {
  await mkdir(folder);
  await Promise.all(bodies.map((body, at) => writeFile(path.join(folder, `${at}.json`), body)));
  const list = path.join(folder, 'list');
  await writeFile(list, bodies.map((_, at) => path.join(folder, `${at}.json`)).join('\n'));
  const options = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const args = ['-a', list, '-P', String(parallel), '-I', '{}', 'curl', '-s', '-f', '-o', '/dev/null'];
  return () =>
    new Promise<void>((settle, reject) => {
      const child = spawn('xargs', [...args, ...options, '-d', '@{}', `${server.url}${updatePath}`], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      child.once('error', reject);
      child.once('exit', (code) => (code === 0 ? settle() : reject(new Error(`xargs ended with ${code}`))));
    });
}
