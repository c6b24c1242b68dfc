import { useMutation } from '@tanstack/react-query';
import { ask, patchbay } from '../../bridge';
import { queryClient } from '../../queries';

/** Reads a record with an `unknown` outcome again, which decides whether the write was carried out. */
export function useDecide() {
  return useMutation({
    mutationFn: (seq: number) => ask(patchbay.apply.resolve({ seq })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['journal'] }),
  });
}
