import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { History } from '../../electron/journal/history';
import { Journal } from '../../electron/journal/journal';
import { type Database, openDatabase } from '../../electron/storage/database';
import { everything, type JournalFilter } from '../../shared/model/journal';
import { entriesOf, fillHistory, generated, type Made } from './history-data';
import { type Figure, median } from './measure';

/**
 * The history at a million entries (`HISTORY_ENTRIES` for another number), made by the journal itself in transactions
 * of 10,000 entries on a disk that need not keep them, and indexed as the program indexes. Every figure is the 95th
 * percentile, against the first page of a history of 200 entries; appends are medians, against those of a new file.
 */
export async function benchHistory(): Promise<Figure[]> {
  const size = Number(process.env.HISTORY_ENTRIES ?? 1_000_000);
  const folder = await mkdtemp(path.join(tmpdir(), 'pb-bench-'));
  const small = openDatabase(path.join(folder, 'small.db')).database;
  const large = openDatabase(path.join(folder, 'large.db')).database;
  try {
    fillHistory(small, 200);
    const began = performance.now();
    const made = fillHistory(large, size);
    console.log(`  ${entriesOf(large)} rows made in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
    const { page, append } = {
      page: await searching(small, large, made),
      append: await appending(small, large),
    };
    return [...page, ...append];
  } finally {
    small.close();
    large.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function searching(small: Database, large: Database, made: Made): Promise<Figure[]> {
  const baseline = new History(small, new Journal(small).index);
  const history = new History(large, new Journal(large).index);
  const baselineMs = percentile(60, () => baseline.page(everything, null, 50));
  const figures: Figure[] = [];
  const put = (what: string, ms: number): void => {
    figures.push({ what: `${what}, p95`, baseline: 'first page of 200 entries', ms, baselineMs });
  };
  const measured = (what: string, filters: readonly Partial<JournalFilter>[]): void => {
    let turn = 0;
    const next = (): JournalFilter => ({ ...everything, ...filters[turn++ % filters.length] });
    put(
      what,
      percentile(Math.max(60, filters.length), () => history.page(next(), null, 50)),
    );
  };
  measured('first page', [{}]);
  put(
    'a page in the middle',
    percentile(60, () => history.page(everything, made.middle, 50)),
  );
  for (const [what, filters] of generated(made)) measured(what, filters);
  const counted: number[] = [];
  for (const text of ['', 'رضا', '1203']) {
    const start = performance.now();
    await history.count({ ...everything, text });
    counted.push(performance.now() - start);
  }
  put('count: all, a common name, a number (slowest, in slices)', Math.max(...counted));
  return figures;
}

async function appending(small: Database, large: Database): Promise<Figure[]> {
  const one = (database: Database) => {
    const journal = new Journal(database);
    return median(300, () => fillHistory.one(journal, randomUUID()));
  };
  const baselineMs = await one(small);
  const ms = await one(large);
  const bare = await bareInsert(large);
  return [
    { what: 'append an intent and its outcome', baseline: 'the same to 200 entries', ms, baselineMs },
    {
      what: 'append an intent and its outcome',
      baseline: 'two bare rows, no chain, no index',
      ms,
      baselineMs: bare,
    },
  ];
}

/** What writing two rows of that length durably costs by itself. */
function bareInsert(database: Database): Promise<number> {
  database.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT)');
  const insert = database.prepare('INSERT INTO bare (body) VALUES (?)');
  const body = 'x'.repeat(700);
  return median(300, () => {
    insert.run(body);
    insert.run(body);
  });
}

function percentile(runs: number, work: () => unknown): number {
  work();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.95)] ?? 0;
}
