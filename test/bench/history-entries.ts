import type { Intent, OutcomeEntry } from '../../electron/journal/entries';
import type { Subject } from '../../electron/journal/journal';
import { type WorkOrderId, workOrderIdSchema } from '../../shared/model/change';
import { type ConnectionId, connectionIdSchema } from '../../shared/model/connection';
import type { Outcome } from '../../shared/model/plan';
import { problem } from '../../shared/model/problem';

/** What a generated history is about, for asking of it. */
export interface Made {
  readonly connections: readonly ConnectionId[];
  readonly workOrders: readonly WorkOrderId[];
  /** Milliseconds since 1970, of the first and the last entry. */
  readonly first: number;
  readonly last: number;
  /** A number in the journal, half way. */
  readonly middle: number;
}

/** A write and what became of it, before it is journalled. */
export interface MadeEntry {
  readonly at: number;
  readonly subject: Subject;
  readonly intent: Intent;
  readonly outcome: Outcome;
  readonly ended: OutcomeEntry;
}

/** A history yet to be written, the same in every run. */
export interface Story {
  readonly entries: Iterable<MadeEntry>;
  /** What it was about; `last` is known when all entries were taken. */
  readonly made: () => Made;
}

export const who = { account: 'ali', machine: 'laptop', displayName: 'علی' } as const;

export const firstNames = [
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
export const lastNames = [
  'رضایی',
  'کریمی',
  'احمدی',
  'موسوی',
  'Ahmadi',
  'Karimi',
  'جعفری',
  'صادقی',
  'نوری',
  'شریفی',
];
export const fields = [
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
const minuteMs = 60_000;
const perWorkOrder = 40;

/** Entries of 100 servers in 40 sites, some 50,000 records, one work order in 40 entries; nine in ten applied. */
export function storyOf(size: number): Story {
  const next = numbers(7);
  const connections = Array.from({ length: 100 }, () => connectionIdSchema.parse(uuid(next)));
  const workOrders = Array.from({ length: Math.ceil(size / perWorkOrder) }, () =>
    workOrderIdSchema.parse(uuid(next)),
  );
  const first = Date.UTC(2020, 0, 1);
  let at = first;
  function* entries(): Generator<MadeEntry> {
    for (let n = 0; n < size; n += 1) {
      at += minuteMs * next(4);
      const server = next(100);
      const workOrder = pick(workOrders, Math.floor(n / perWorkOrder));
      yield { at, ...entryOf(next, pick(connections, server), server, workOrder) };
    }
  }
  const made = (): Made => ({ connections, workOrders, first, last: at, middle: size });
  return { entries: entries(), made };
}

/** One more entry, of a server of its own. */
export function anotherEntry(seed: number): MadeEntry {
  const next = numbers(seed);
  const connectionId = connectionIdSchema.parse(uuid(next));
  return { at: Date.now(), ...entryOf(next, connectionId, 1, workOrderIdSchema.parse(uuid(next))) };
}

function entryOf(
  next: (below: number) => number,
  connectionId: ConnectionId,
  server: number,
  workOrderId: WorkOrderId,
): Omit<MadeEntry, 'at'> {
  const record = next(500);
  const number = String(1_000 + record);
  const name = `${pick(firstNames, record + server)} ${pick(lastNames, record * 7 + server)}`;
  const remoteId = `${server}-${record}`;
  const field = pick(fields, next(10));
  const value = field === 'secret' ? { sealed: `sealed1:k:${next(1e9)}:x` } : `09${next(1e9)}`;
  const intent: Intent = {
    connectionName: `PBX ${server}`,
    site: `شرکت ${server % 40}`,
    kind: 'simotel',
    workOrder: 'WO-1 شماره‌های تازه',
    actor: 'ali@laptop',
    runId: uuid(next),
    changeId: uuid(next),
    fields: [{ field, before: value, after: value }],
    before: { _id: remoteId, number, name, callerid: name, context: 'internal', nat: 'yes' },
  };
  const luck = next(100);
  const outcome: Outcome =
    luck < 90 ? 'applied' : luck < 97 ? 'rejected' : luck < 99 ? 'unknown' : 'side-effect';
  const why = outcome === 'rejected' ? problem('rejected', {}, pick(said, luck)) : null;
  const result = { problem: why, notStored: [], sideEffects: [], unverifiable: [] };
  return {
    subject: { connectionId, remoteId, title: `${number} ${name}`, workOrderId },
    intent,
    outcome,
    ended: { result, after: intent.before, by: 'run' },
  };
}

/** A generator of its own, so that two runs make the same history. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function uuid(next: (below: number) => number): string {
  const hex = (digits: number) =>
    next(16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(6)}${hex(6)}`;
}

export function pick<T>(list: readonly T[], at: number): T {
  const found = list[at % list.length];
  if (found === undefined) throw new Error('an empty list');
  return found;
}
