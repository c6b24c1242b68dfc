/** What is asked for again once the main process says that something changed: at once, then gathered. */
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { EventPayload } from '../../shared/contract/contract';

type Changed = EventPayload<'changed'>;
const connectionId = '11111111-1111-4111-8111-111111111111';
const other = '22222222-2222-4222-8222-222222222222';

let tell: (change: unknown) => void = () => undefined;
let queries: typeof import('../../renderer/program/queries');
beforeAll(async () => {
  const changed = (listener: typeof tell) => {
    tell = listener;
    return () => undefined;
  };
  vi.stubGlobal('window', { patchbay: { on: { changed } } });
  queries = await import('../../renderer/program/queries');
  queries.followChanges();
});

const asked: string[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  const { queryClient, keys } = queries;
  const all = {
    connections: keys.connections(),
    change: keys.change(connectionId, '7'),
    page: keys.directoryPage(connectionId, ''),
    otherPage: keys.directoryPage(other, ''),
    record: keys.record(connectionId, '7'),
  };
  for (const [name, queryKey] of Object.entries(all)) {
    queryClient.setQueryData(queryKey, name);
  }
  vi.spyOn(queryClient, 'invalidateQueries').mockImplementation(async (filters = {}) => {
    const found = queryClient.getQueryCache().findAll(filters);
    for (const [name, queryKey] of Object.entries(all))
      if (found.some((query) => query.queryHash === JSON.stringify(queryKey))) asked.push(name);
  });
});
afterEach(async () => {
  await vi.advanceTimersByTimeAsync(5_000);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const change = (topics: Changed['topics'], of: string | null = null) => ({ topics, connectionId: of });

it('asks for what begins with the topic, and for nothing else', async () => {
  tell(change(['connections']));
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(['connections']);
});

it('asks for the grid of a connection whose prepared edits changed: its rows, not its records', async () => {
  tell(change(['changes'], connectionId));
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.sort()).toEqual(['change', 'page']);
});

it('asks for every grid where no connection is named', async () => {
  tell(change(['changes']));
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.sort()).toEqual(['change', 'otherPage', 'page']);
});

it('gathers what is told in quick succession, and loses none of it', async () => {
  tell(change(['connections']));
  await vi.advanceTimersByTimeAsync(0);
  for (let n = 0; n < 20; n += 1) tell(change(['changes'], connectionId));
  tell(change(['connections']));
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual(['connections']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked.sort()).toEqual(['change', 'connections', 'connections', 'page']);
});

it('refuses what is no such event', async () => {
  tell({ topics: ['everything'], connectionId: null });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual([]);
});
