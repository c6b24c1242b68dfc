import { randomUUID } from 'node:crypto';
import type { Intent } from '../../electron/journal/entries';
import { Journal, type Subject } from '../../electron/journal/journal';
import { type Database, inTransaction } from '../../electron/storage/database';
import { type WorkOrderId, workOrderIdSchema } from '../../shared/model/change';
import { type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import type { JournalFilter } from '../../shared/model/journal';
import type { Outcome } from '../../shared/model/plan';
import { problem } from '../../shared/model/problem';

/** What a generated history is about, for asking of it. */
export interface Made {
  readonly connections: readonly ConnectionId[];
  readonly workOrders: readonly WorkOrderId[];
  readonly first: number;
  readonly last: number;
  readonly middle: number;
}

const firstNames = [
  'رضا',
  'مینا',
  'علی',
  'سارا',
  'مهدی',
  'زهرا',
  'Sara',
  'Omid',
  'Neda',
  'حسین',
  'پریسا',
  'کاوه',
];
const lastNames = ['رضایی', 'کریمی', 'احمدی', 'موسوی', 'Ahmadi', 'Karimi', 'جعفری', 'صادقی', 'نوری', 'شریفی'];
const fields = [
  'name',
  'number',
  'email',
  'callerid',
  'dnd',
  'secret',
  'mailbox',
  'context',
  'nat',
  'codecs',
];
const said = ['شماره تکراری است', 'extension already exists', 'permission denied', 'مقدار نامعتبر است'];
const perTransaction = 10_000;
const secondMs = 1_000;

/** A generator of its own, so that two runs make the same history. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pick<T>(list: readonly T[], at: number): T {
  const found = list[at % list.length];
  if (found === undefined) throw new Error('an empty list');
  return found;
}

/** Fills a history of 100 servers in 40 sites, some 50,000 records, one work order in 40 entries; nine in ten applied. */
export function fillHistory(database: Database, size: number): Made {
  const next = numbers(7);
  const connections = Array.from({ length: 100 }, () => connectionIdSchema.parse(randomUUID()));
  const workOrders = Array.from({ length: Math.ceil(size / 40) }, () =>
    workOrderIdSchema.parse(randomUUID()),
  );
  const first = Date.UTC(2020, 0, 1);
  let at = first;
  const journal = new Journal(database, {
    now: () => at,
    who: () => ({ account: 'ali', machine: 'laptop', displayName: 'علی' }),
  });
  database.exec('PRAGMA synchronous = OFF');
  for (let done = 0; done < size; done += perTransaction) {
    inTransaction(database, () => {
      for (let n = done; n < Math.min(size, done + perTransaction); n += 1) {
        at += secondMs * 60 * next(4);
        const server = next(100);
        put(journal, next, pick(connections, server), server, pick(workOrders, Math.floor(n / 40)));
      }
      journal.index.catchUp(perTransaction);
    });
  }
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return { connections, workOrders, first, last: at, middle: size };
}

/** One intent with its outcome, as an apply adds them. */
fillHistory.one = (journal: Journal, connection: string): void => {
  put(
    journal,
    numbers(Date.now()),
    connectionIdSchema.parse(connection),
    1,
    workOrderIdSchema.parse(randomUUID()),
  );
};

function put(
  journal: Journal,
  next: (below: number) => number,
  connectionId: ConnectionId,
  server: number,
  workOrderId: WorkOrderId,
): void {
  const record = next(500);
  const number = String(1_000 + record);
  const name = `${pick(firstNames, record + server)} ${pick(lastNames, record * 7 + server)}`;
  const subject: Subject = {
    connectionId,
    remoteId: `${server}-${record}`,
    title: `${number} ${name}`,
    workOrderId,
  };
  const field = pick(fields, next(10));
  const value = field === 'secret' ? { sealed: `sealed1:k:${next(1e9)}:x` } : `09${next(1e9)}`;
  const intent: Intent = {
    connectionName: `PBX ${server}`,
    site: `شرکت ${server % 40}`,
    kind: 'simotel',
    workOrder: 'WO-1 شماره‌های تازه',
    actor: 'ali@laptop',
    runId: randomUUID(),
    changeId: randomUUID(),
    fields: [{ field, before: value, after: value }],
    before: { _id: subject.remoteId, number, name, callerid: name, context: 'internal', nat: 'yes' },
  };
  const seq = journal.intent(subject, intent);
  const luck = next(100);
  const outcome: Outcome =
    luck < 90 ? 'applied' : luck < 97 ? 'rejected' : luck < 99 ? 'unknown' : 'side-effect';
  const why = outcome === 'rejected' ? problem('rejected', {}, pick(said, luck)) : null;
  const result = { problem: why, notStored: [], sideEffects: [], unverifiable: [] };
  journal.outcome(seq, subject, outcome, { result, after: intent.before, by: 'run' });
}

export function entriesOf(database: Database): string {
  const row: unknown = database
    .prepare('SELECT (SELECT count(*) FROM history) AS n, (SELECT count(*) FROM journal) AS m')
    .get();
  return `${Reflect.get(Object(row), 'n')} entries, ${Reflect.get(Object(row), 'm')} journal`;
}

/** What is asked of the history: each with several values, common and rare, found and not. */
export function generated(made: Made): [string, Partial<JournalFilter>[]][] {
  const { connections, workOrders, first, last } = made;
  const [one = null, two = null] = connections;
  const late = workOrders.at(-1) ?? null;
  const old = workOrders[3] ?? null;
  const span = last - first;
  return [
    ['by site', [{ site: 'شرکت 3' }, { site: 'شرکت 39' }, { site: 'nowhere' }]],
    ['by connection', [{ connectionId: one }, { connectionId: two }]],
    ['by record', [{ connectionId: one, remoteId: '0-3' }, { remoteId: '5-44' }]],
    ['by field', [{ field: 'email' }, { field: 'secret' }, { field: 'none' }]],
    ['by outcome', [{ outcome: 'rejected' }, { outcome: 'unknown' }, { outcome: 'skipped' }]],
    ['by work order', [{ workOrderId: late }, { workOrderId: old }]],
    [
      'by span',
      [{ from: first, to: first + span / 3 }, { from: first + span / 2, to: last }, { to: first + 1 }],
    ],
    [
      'several filters',
      [
        { connectionId: one, field: 'email', outcome: 'unknown' },
        { site: 'شرکت 7', outcome: 'skipped', from: first, to: last },
        { connectionId: two, field: 'nat', outcome: 'side-effect', to: first + span / 4 },
      ],
    ],
    ['free text: names', ['رضا', 'رضایی', 'مینا کریمی', 'sara', 'کاوه نوری'].map((text) => ({ text }))],
    ['free text: numbers', ['1203', '۱۲۰۳', '09123', '0912345', '77123'].map((text) => ({ text }))],
    ['free text: what the server said', ['تکراری', 'already exists', 'denied'].map((text) => ({ text }))],
    ['free text: nowhere', ['zzzz', 'رضاکاوه', '000000000', 'applied by nobody'].map((text) => ({ text }))],
    ['free text: one or two letters', ['12', 'س', '%'].map((text) => ({ text }))],
    [
      'free text with filters',
      [
        { text: 'رضا', outcome: 'unknown' },
        { text: '1203', site: 'شرکت 3' },
        { text: 'wo-1', field: 'email', outcome: 'rejected' },
        { text: 'denied', outcome: 'applied' },
        { text: 'sara', connectionId: two, to: first + span / 10 },
      ],
    ],
  ];
}
