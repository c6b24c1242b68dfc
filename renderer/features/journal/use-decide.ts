import { ask, patchbay } from '../../program/bridge';
import { queryClient } from '../../program/queries';
import { useAction } from '../../ui/useAction';

/** Reads a record with an `unknown` outcome again, which decides whether the write was carried out. */
export function useDecide() {
  return useAction({
    work: (seq: number) => ask(patchbay.apply.resolve({ seq })),
    settled: () => queryClient.invalidateQueries({ queryKey: ['journal'] }),
  });
}
