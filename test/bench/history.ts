import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { History } from '../../electron/journal/history';
import { Journal } from '../../electron/journal/journal';
import { type Database, openDatabase } from '../../electron/storage/database';
import { one, run } from '../../electron/storage/rows';
import { everything, type JournalFilter } from '../../shared/model/journal';
import { anotherEntry, type Made, who } from './history-entries';
import { appendEntry, fillHistory } from './history-fill';
import { type Question, questions } from './history-questions';
import { type Figure, median, percentile, timed } from './measure';
import { Waiting } from './waiting';

/** As many as the window asks for at a time. */
const pageLength = 100;
const smallSize = 200;
const appends = 400;
/** Counts of each kind. */
const counts = 6;

/**
 * The history at a million entries (`HISTORY_ENTRIES` for another number). Every question is asked twice through a
 * connection that was just opened: the 95th percentile of the first asking is what counts, the second shows what is
 * kept in memory. Processor time tells what other programs on the machine add. Baseline: a first page of a history of 200 entries. Appends are compared with those to 200 entries.
 */
export async function benchHistory(): Promise<Figure[]> {
  const size = Number(process.env.HISTORY_ENTRIES ?? 1_000_000);
  const folder = await mkdtemp(path.join(tmpdir(), 'pb-bench-'));
  const file = (name: string) => path.join(folder, `${name}.db`);
  try {
    filled(file('small'), smallSize);
    const made = filled(file('large'), size);
    const small = openDatabase(file('small')).database;
    const large = openDatabase(file('large')).database;
    try {
      return [...(await searching(small, large, made)), ...(await appending(small, large))];
    } finally {
      small.close();
      large.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function filled(file: string, size: number): Made {
  const began = performance.now();
  const { database } = openDatabase(file);
  const made = fillHistory(database, size);
  const sql = 'SELECT (SELECT count(*) FROM history) AS entries, (SELECT count(*) FROM journal) AS rows';
  const { entries, rows } = one(database, z.object({ entries: z.number(), rows: z.number() }), sql) ?? {};
  database.close();
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  console.log(`  ${entries} entries, ${rows} rows of the journal, made in ${seconds} s`);
  return made;
}

async function searching(small: Database, large: Database, made: Made): Promise<Figure[]> {
  const few = new History(small, new Journal(small).index);
  const history = new History(large, new Journal(large).index);
  const filter = (question: Question): JournalFilter => ({ ...everything, ...question });
  const baselineMs = await median(60, () => few.page(everything, null, pageLength));
  const figures: Figure[] = [];
  const put = (what: string, first: readonly number[], more: string): void => {
    const baseline = `first page of ${smallSize} entries`;
    figures.push({ what: `${what}, p95`, baseline, ms: percentile(first, 95), baselineMs, more });
  };
  const waiting = new Waiting();
  const asked = async (what: string, all: readonly Question[], below: number | null = null) => {
    const ask = async () => {
      const times: number[] = [];
      const worked: number[] = [];
      for (const question of all) {
        // As requests come: each in a turn of its own.
        await nextTurn();
        const before = process.cpuUsage();
        times.push(await timed(() => history.page(filter(question), below, pageLength)));
        const { user, system } = process.cpuUsage(before);
        worked.push((user + system) / 1_000);
      }
      return { times, worked };
    };
    const first = await ask();
    const again = await ask();
    const more = [
      `p50 ${ms(first.times, 50)}`,
      `processor p95 ${ms(first.worked, 95)}`,
      `asked again p95 ${ms(again.times, 95)}, p50 ${ms(again.times, 50)}`,
    ];
    put(what, first.times, more.join('; '));
  };
  const same = Array.from({ length: 60 }, () => ({}));
  await asked('first page', same);
  await asked('a page in the middle', same, made.middle);
  const kinds = questions(made);
  for (const [what, all] of kinds) await asked(what, all);
  for (const [what, all] of [['all', [{}]] as const, ...kinds]) {
    const times: number[] = [];
    for (const question of all.slice(0, counts)) {
      await nextTurn();
      times.push(await timed(() => history.count(filter(question))));
    }
    put(`count ${what}`, times, `p50 ${ms(times, 50)}`);
  }
  const waits = waiting.stop();
  const [longest = 0] = waits.slice(-1);
  const most = `p99.9 ${ms(waits, 99.9)}, longest ${longest.toFixed(2)} ms`;
  put('how long anything else waits while all this is asked', waits, most);
  return figures;
}

async function appending(small: Database, large: Database): Promise<Figure[]> {
  const bare = bareRows(large);
  const times = { small: [] as number[], large: [] as number[], bare: [] as number[] };
  const journals = {
    small: new Journal(small, { who: () => who }),
    large: new Journal(large, { who: () => who }),
  };
  // In turn, so that a machine that slows down slows all.
  for (let n = 0; n < appends; n += 1) {
    times.small.push(await timed(() => appendEntry(journals.small, anotherEntry(n))));
    times.large.push(await timed(() => appendEntry(journals.large, anotherEntry(n))));
    times.bare.push(await timed(bare));
  }
  return ([50, 95] as const).flatMap((hundredth): Figure[] => {
    const what = `append an intent and its outcome, p${hundredth}`;
    const figure = (baseline: string, others: readonly number[]): Figure => {
      return {
        what,
        baseline,
        ms: percentile(times.large, hundredth),
        baselineMs: percentile(others, hundredth),
      };
    };
    return [
      figure(`the same to ${smallSize} entries`, times.small),
      figure('two bare rows, no chain, no index', times.bare),
    ];
  });
}

/** What writing two rows of that length durably costs by itself. */
function bareRows(database: Database): () => void {
  database.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT)');
  const body = 'x'.repeat(700);
  return () => {
    for (let n = 0; n < 2; n += 1) run(database, 'INSERT INTO bare (body) VALUES (?)', body);
  };
}

function ms(times: readonly number[], hundredth: number): string {
  return `${percentile(times, hundredth).toFixed(2)} ms`;
}
