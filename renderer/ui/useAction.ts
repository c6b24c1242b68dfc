import { useMutation } from '@tanstack/react-query';
import { type Problem, problemOf } from '../../shared/model/problem';
import { queryClient } from '../program/queries';

export interface ActionParts<Input, Output> {
  readonly work: (input: Input) => Promise<Output>;
  /** What follows where it went well. It is busy until this is over too. */
  readonly done?: (result: Output, input: Input) => unknown;
  /** Where no place of the screen shows the problem. Not called for what the user cancelled. */
  readonly failed?: (problem: Problem, input: Input) => unknown;
  /** What follows either way. */
  readonly settled?: () => unknown;
}

export interface Action<Input, Output> {
  /** Starts it. It never throws: what went wrong is the `problem`. */
  readonly run: (input: Input) => void;
  readonly busy: boolean;
  /** What went wrong last; null where nothing did, or where the user cancelled. */
  readonly problem: Problem | null;
  /** What came of it last, undefined before and while it runs again. */
  readonly result: Output | undefined;
  readonly succeeded: boolean;
  /** What it was last started with. */
  readonly input: Input | undefined;
  /** Takes its result and its problem off the screen. */
  readonly forget: () => void;
}

/** Something that the user starts and waits for. Every button that asks the main process for more than data uses it. */
export function useAction<Output, Input = void>({
  work,
  done,
  failed,
  settled,
}: ActionParts<Input, Output>): Action<Input, Output> {
  const { mutate, isPending, isSuccess, error, data, variables, reset } = useMutation<Output, Error, Input>(
    {
      mutationFn: (input) => work(input),
      onSuccess: (result, input) => done?.(result, input),
      onError: (thrown, input) => {
        const problem = problemIn(thrown);
        return problem ? failed?.(problem, input) : undefined;
      },
      onSettled: () => settled?.(),
    },
    // Named, since the page that unlocks the window has no provider around it.
    queryClient,
  );
  return {
    run: mutate,
    busy: isPending,
    problem: error ? problemIn(error) : null,
    result: data,
    succeeded: isSuccess,
    input: variables,
    forget: reset,
  };
}

/** The problem to be shown; cancelled by the user: no message. */
function problemIn(thrown: unknown): Problem | null {
  const problem = problemOf(thrown);
  return problem.code === 'cancelled' ? null : problem;
}
