import { z } from 'zod';

export const nothing = z.void();

/** The parts of stored data that the window shows and asks for again when they have changed. */
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
   * What the request changes: when it has ended, the window is told to ask again for what it shows of these topics, of
   * one connection where the input names one as `connectionId`.
   */
  readonly touches?: readonly Topic[];
  /** Whether an answer says that nothing was done, because the user cancelled a dialog. Such a request touches nothing. */
  readonly cancelled?: (answer: Answer) => boolean;
  readonly needsKeys?: boolean;
}

/**
 * Whether it needs keys from the keychain. Right after the start it waits until the keychain has answered: before that,
 * nobody knows whether it is locked. Storing what the user types never waits for it.
 */
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
