/** The window asks the main process, not the network: nothing waits until the laptop is online again. */
import { MutationObserver, onlineManager, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';

beforeAll(() => vi.stubGlobal('window', { patchbay: {} }));
afterEach(() => onlineManager.setOnline(true));

it('asks and acts while the laptop is offline', async () => {
  const { queryClient } = await import('../../renderer/program/queries');
  onlineManager.setOnline(false);
  const query = new QueryObserver(queryClient, { queryKey: ['offline'], queryFn: async () => 'answered' });
  const stop = query.subscribe(() => undefined);
  const mutation = new MutationObserver(queryClient, { mutationFn: async () => 'done' });

  void mutation.mutate();
  await vi.waitFor(() => expect(mutation.getCurrentResult().data).toBe('done'), { timeout: 2_000 });
  await vi.waitFor(() => expect(query.getCurrentResult().data).toBe('answered'), { timeout: 2_000 });
  stop();
});
