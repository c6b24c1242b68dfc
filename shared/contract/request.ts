import { z } from 'zod';

export const nothing = z.void();

/** One request of the contract: what it takes, what it gives. */
export function request<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output } as const;
}
