import { z } from 'zod';

export const nothing = z.void();

/** What the window shows, by what of it has to be asked for again when something stored has changed. */
export const topicSchema = z.enum([
  'connections',
  'credentials',
  'directory',
  'changes',
  'journal',
  'workOrders',
  'templates',
  'bulk',
]);
export type Topic = z.infer<typeof topicSchema>;

export interface RequestOptions<Answer = unknown> {
  /**
   * What the request changes: the window is told when it has been carried out, and asks again for what it shows of these
   * topics; of one connection alone where the input names one as `connectionId`.
   */
  readonly touches?: readonly Topic[];
  /** Whether an answer says that nothing was done, because the user cancelled a dialog. Such a request touches nothing. */
  readonly cancelled?: (answer: Answer) => boolean;
  /**
   * Whether it needs the keys of the keychain. Right after the start it waits until the keychain has answered: before, nobody
   * knows whether it is locked. What is typed never waits for it.
   */
  readonly needsKeys?: boolean;
}

/** One request of the contract: what it takes, what it gives, what it changes, what it waits for. */
export function request<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  { touches = [], cancelled, needsKeys = false }: RequestOptions<z.output<O>> = {},
) {
  const wasCancelled = (answer: unknown): boolean => {
    const read = cancelled && output.safeParse(answer);
    return read?.success === true && cancelled?.(read.data) === true;
  };
  return { input, output, touches, wasCancelled, needsKeys } as const;
}
