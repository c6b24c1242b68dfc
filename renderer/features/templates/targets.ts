import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Connection } from '../../../shared/model/connection';
import { mostNamed, type Numbered } from '../../../shared/model/many';
import { ask, patchbay } from '../../program/bridge';
import { useSummaries } from '../../program/connections';
import type { TargetChoice } from './dialogs';

/** The records that something is to be done to, as far as they are known by now. */
export interface Targets {
  /** How many records each choice means; undefined while that is being asked. */
  readonly selected: number | undefined;
  readonly all: number;
  readonly numbered: Numbered | undefined;
  /** What `bulk.open` is given; null while there is nothing to give. */
  readonly records: 'selected' | 'all' | string[] | null;
}

const everything = { text: '', sort: null, onlyChanged: false };
const settleMs = 250;

/** Works out which records of a connection are meant by a choice and the numbers typed with it. */
export function useTargets(connection: Connection | undefined, choice: TargetChoice, text: string): Targets {
  const id = connection?.id ?? null;
  const all = useSummaries().find((one) => one.connectionId === id)?.count ?? 0;
  const [settled] = useDebouncedValue(text.trim(), settleMs);
  const selection = useQuery({
    queryKey: ['bulk', id, 'count'],
    enabled: id !== null,
    // What is selected may have changed while this dialog was not there.
    staleTime: 0,
    queryFn: () => (id ? ask(patchbay.selection.count({ connectionId: id, query: everything })) : null),
  });
  const numbers = useQuery({
    queryKey: ['directory', id, 'numbered', settled],
    enabled: id !== null && choice === 'numbers' && settled !== '',
    placeholderData: keepPreviousData,
    queryFn: () => (id ? ask(patchbay.compare.numbered({ connectionId: id, text: settled })) : null),
  });
  const selected = selection.data?.count;
  const numbered = settled === '' ? undefined : (numbers.data ?? undefined);
  const current = settled === text.trim() && !numbers.isPlaceholderData ? numbered : undefined;
  return { selected, all, numbered, records: recordsOf(choice, selected, all, current) };
}

/** What a choice of records gives to `bulk.open`; null where it means none, or more than can be named. */
export function recordsOf(
  choice: TargetChoice,
  selected: number | undefined,
  all: number,
  numbered: Numbered | undefined,
): Targets['records'] {
  switch (choice) {
    case 'selected':
      return selected ? 'selected' : null;
    case 'all':
      return all > 0 ? 'all' : null;
    case 'numbers':
      return numbered && numbered.total > 0 && numbered.total <= mostNamed ? numbered.remoteIds : null;
  }
}
