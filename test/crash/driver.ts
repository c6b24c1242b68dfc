import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Kind } from '../../shared/catalog';
import { type EdgeSimulator, type SimotelSimulator, startEdge, startSimotel } from '../simulators';
import { createRng, type Rng } from '../simulators/rng';
import { openEngine } from '../support/engine';
import { bundleWorker } from './bundle';
import { checkRound, type Servers } from './check';
import { armFaults } from './faults';
import { type Aim, aim, type Moment, moments } from './kills';

export interface CrashOptions {
  /** How many kills have to land: a life that was over before its moment counts for nothing. */
  readonly kills: number;
  readonly seed: number;
  /** Records of each server: so many changes on each in every round. */
  readonly size?: number;
  readonly log?: (line: string) => void;
}

export interface CrashReport {
  readonly seed: number;
  readonly kills: Readonly<Record<Moment, number>>;
  readonly landed: number;
  readonly rounds: number;
  /** Rows of runs by their outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly faults: number;
  readonly ms: number;
  readonly violations: readonly string[];
}

/** A round of some hundred rows ends in a few lives; one that does not is stuck, and that is a violation too. */
const mostLives = 60;
// On a busy machine a life with two time-outs of a server takes more than a minute.
const longestLifeMs = 180_000;

/**
 * Plays rounds of a run of changes on two servers, kills the worker at chosen moments and starts it again until the
 * round is done, and then compares server, journal, runs, changes and directory. Goes on until enough kills landed.
 */
export async function crash({ kills, seed, size = 150, log = () => {} }: CrashOptions): Promise<CrashReport> {
  const began = Date.now();
  const rng = createRng(seed);
  const worker = await bundleWorker();
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-crash-'));
  const modes = { delayMs: 2, jitterMs: 18 };
  const servers: Servers = {
    simotel: await startSimotel({ size, seed, modes }),
    edge: await startEdge({ size, seed, modes }),
  };
  const landed = Object.fromEntries(moments.map((moment) => [moment, 0])) as Record<Moment, number>;
  const outcomes: Record<string, number> = {};
  const violations: string[] = [];
  const total = (): number => Object.values(landed).reduce((sum, n) => sum + n, 0);
  let rounds = 0;
  let faults = 0;
  try {
    while (total() < kills && violations.length === 0) {
      rounds += 1;
      const before = { simotel: servers.simotel.records(), edge: servers.edge.records() };
      for (const server of Object.values(servers)) {
        server.clearLog();
        armFaults(server, rng);
      }
      let done = false;
      for (let life = 1; !done && violations.length === 0; life += 1) {
        if (life > mostLives) violations.push(`round ${rounds} did not end in ${mostLives} lives`);
        const args = [folder, servers.simotel.url, servers.edge.url, String(rounds), String(rng.int(1, 1e9))];
        const chosen = total() < kills ? aim(rng) : null;
        const end = await oneLife(worker, args, chosen, servers, rng);
        if (end.kind === 'killed' && chosen) landed[chosen.moment] += 1;
        if (end.kind === 'failed') violations.push(`round ${rounds}, life ${life}: ${end.why}`);
        done = end.kind === 'done';
      }
      faults += Object.values(servers).reduce(
        (sum, one: SimotelSimulator | EdgeSimulator) => sum + one.log.filter((entry) => entry.fault).length,
        0,
      );
      for (const server of Object.values(servers)) await server.clearFaults();
      if (done) {
        const engine = await openEngine(folder);
        try {
          const checked = checkRound(engine, servers, before, rounds);
          violations.push(...checked.violations.map((one) => `round ${rounds}: ${one}`));
          for (const [name, n] of Object.entries(checked.outcomes))
            outcomes[name] = (outcomes[name] ?? 0) + n;
        } finally {
          engine.close();
        }
      }
      log(`round ${rounds}: ${total()} kills, ${violations.length} violations, ${Date.now() - began} ms`);
    }
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
  }
  // What a violation was found in is kept for looking at.
  if (violations.length === 0) rmSync(folder, { recursive: true, force: true });
  else log(`the profile is in ${folder}`);
  return {
    seed,
    kills: landed,
    landed: total(),
    rounds,
    outcomes,
    faults,
    ms: Date.now() - began,
    violations,
  };
}

type End = { kind: 'done' } | { kind: 'killed' } | { kind: 'failed'; why: string };

async function oneLife(
  worker: string,
  args: readonly string[],
  chosen: Aim | null,
  servers: Servers,
  rng: Rng,
): Promise<End> {
  const child = spawn(process.execPath, [worker, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let killed = false;
  let done = false;
  let errors = '';
  const tail: string[] = [];
  const kill = (): void => {
    killed = child.kill('SIGKILL');
  };
  let left = chosen?.nth ?? 0;
  let shot: NodeJS.Timeout | undefined;
  const seen = (moment: Moment): void => {
    if (!chosen || moment !== chosen.moment || shot) return;
    left -= 1;
    if (left <= 0) shot = setTimeout(kill, chosen.afterMs);
  };
  const stopWatching = watch(servers, seen);
  // A server that is out of reach for a moment, in some of the lives.
  const away = rng.chance(0.15) ? setTimeout(() => leave(servers, rng), rng.int(300, 1_500)) : undefined;
  const slow = setTimeout(kill, longestLifeMs);
  createInterface({ input: child.stdout }).on('line', (line) => {
    tail.push(line);
    if (tail.length > 8) tail.shift();
    if (line === 'done') done = true;
    const moment = moments.find((one) => one === line);
    if (moment && moment !== 'writing' && moment !== 'reading') seen(moment);
  });
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const began = Date.now();
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.once('close', (...how) => resolve(how));
  });
  clearTimeout(shot);
  clearTimeout(slow);
  clearTimeout(away);
  stopWatching();
  if (Date.now() - began >= longestLifeMs)
    return { kind: 'failed', why: `it hung after ${tail.join(', ')} ${errors}` };
  if (signal === 'SIGKILL' && killed) return { kind: 'killed' };
  if (code === 0 && done) return { kind: 'done' };
  return { kind: 'failed', why: `it ended with ${code ?? signal} after ${tail.join(', ')} ${errors}` };
}

/** Tells of each write and each reading that reaches a server. @returns what ends the telling */
function watch(servers: Servers, seen: (moment: Moment) => void): () => void {
  const watches = Object.values(servers).map((server: SimotelSimulator | EdgeSimulator) =>
    // First in the list, and never striking: only to be told.
    server.failOn((request) => {
      seen(request.path.endsWith('/update') ? 'writing' : 'reading');
      return false;
    }, 'html'),
  );
  return () => {
    for (const one of watches) one.clear();
  };
}

function leave(servers: Servers, rng: Rng): void {
  const kind: Kind = rng.pick(['simotel', 'edge']);
  servers[kind].failNext({ kind: 'refuse', forMs: rng.int(50, 400) });
}
