import type { JournalFilter } from '../../shared/model/journal';
import type { Outcome } from '../../shared/model/plan';
import { fields, firstNames, lastNames, type Made, numbers, pick } from './history-entries';

export type Question = Partial<JournalFilter>;

/** So many of each kind, no two alike where there are so many values. */
const each = 60;

/** What is asked of the history: of each kind many values, common and rare, old and new, found and not. */
export function questions(made: Made): [string, Question[]][] {
  const next = numbers(11);
  const { connections, workOrders, first, last } = made;
  const some = <T>(list: readonly T[]): T => pick(list, next(list.length));
  const many = (make: (n: number) => Question): Question[] => Array.from({ length: each }, (_, n) => make(n));
  const moment = () => first + Math.floor(((last - first) / 1_000) * next(1_000));
  const site = () => `شرکت ${next(42)}`;
  const field = () => some([...fields, 'sip_password']);
  const outcome = () => some(outcomes);
  const record = () => ({ remoteId: `${next(100)}-${next(500)}` });
  const span = () => {
    const [from, to] = [moment(), moment()].sort((a, b) => a - b);
    return { from: from ?? null, to: to ?? null };
  };
  const name = () => some([...firstNames, ...lastNames]);
  const narrowed = (): Question =>
    some<() => Question>([
      () => ({ site: site() }),
      () => ({ connectionId: some(connections) }),
      () => ({ field: field() }),
      () => ({ outcome: outcome() }),
      span,
      () => ({ outcome: outcome(), field: field() }),
      () => ({ workOrderId: some(workOrders) }),
    ])();
  return [
    ['by site', many(() => ({ site: site() }))],
    ['by connection', many(() => ({ connectionId: some(connections) }))],
    ['by record', many(record)],
    ['by field', many(() => ({ field: field() }))],
    ['by outcome', many((n) => ({ outcome: pick(outcomes, n) }))],
    ['by work order', many(() => ({ workOrderId: some(workOrders) }))],
    ['by span', many((n) => pick([span(), { from: moment() }, { to: moment() }, { to: first + 1 }], n))],
    ['two filters', many(() => ({ ...narrowed(), ...narrowed() }))],
    ['many filters', many(() => ({ ...span(), site: site(), field: field(), outcome: outcome() }))],
    ['common field, rare outcome, none of both', many(() => ({ field: field(), outcome: 'skipped' }))],
    [
      'text: a name',
      many((n) => ({
        text: pick([name(), `${some(firstNames)} ${some(lastNames)}`, name().slice(0, 3)], n),
      })),
    ],
    [
      'text: a number',
      many((n) => ({ text: pick([`${1_000 + next(500)}`, `09${next(1e5)}`, `${next(1e4)}`], n) })),
    ],
    ['text: what the server said', many((n) => ({ text: pick(saidParts, n) }))],
    ['text: in every entry', many((n) => ({ text: pick(everywhere, n) }))],
    ['text: in none', many((n) => ({ text: pick([`zz${next(1e6)}`, 'رضاکاوه', `00000${next(1e4)}`], n) }))],
    ['text: one letter', many(() => ({ text: some(letters) }))],
    ['text: two letters', many(() => ({ text: `${some(letters)}${some(letters)}` }))],
    ['text of a name, filtered', many(() => ({ text: name(), ...narrowed() }))],
    ['text of a number, filtered', many(() => ({ text: `${1_000 + next(500)}`, ...narrowed() }))],
    ['text in every entry, filtered', many((n) => ({ text: pick(everywhere, n), ...narrowed() }))],
    [
      'text of two letters, filtered',
      many(() => ({ text: `${some(letters)}${some(letters)}`, ...narrowed() })),
    ],
    ['text and outcome that never meet', many((n) => ({ text: pick(saidParts, n), outcome: 'applied' }))],
  ];
}

const outcomes: readonly Outcome[] = [
  'applied',
  'rejected',
  'unknown',
  'side-effect',
  'skipped',
  'cancelled',
];
const saidParts = ['تکراری', 'already exists', 'denied', 'نامعتبر', 'permission', 'شماره تکراری است'];
const everywhere = ['wo-1', 'laptop', 'ali', 'pbx', 'شرکت', 'شماره'];
const letters = [...'0123456789', ...'آابپتثجحخدرزسشصعفقکگلمنوهی', ...'abcdefghijklmnopqrstuvwxyz', '%', '-'];
