import { first } from './001-first';
import { workOrders } from './002-work-orders';
import { history } from './003-history';
import { historySpeed } from './004-history-speed';
import { many } from './005-many';
import { generations } from './006-generations';
import { clock } from './007-clock';
import { foldAnew } from './008-fold-anew';
import { returned } from './009-returned';
import { keyedHistory } from './010-keyed-history';
import { wordsToldAnew } from './011-words-told-anew';
import { collections } from './012-collections';
import type { Migration } from './migration';

/** All steps, in the order of their numbers. */
export const migrations: readonly Migration[] = [
  first,
  workOrders,
  history,
  historySpeed,
  many,
  generations,
  clock,
  foldAnew,
  returned,
  keyedHistory,
  wordsToldAnew,
  collections,
];
