import type { z } from 'zod';
import type { Answer } from '../../shared/contract/contract';
import { problem } from '../../shared/model/problem';
import { problemOf } from '../storage/problems';

export interface RequestShape {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}

/** No request of the renderer is larger; a pasted text of 60,000 characters in an envelope is about 250 kB. */
const largestInput = 1_000_000;

/**
 * Runs one request: size, input, handler, output. It never throws; what goes wrong is a coded problem.
 * @param note is told of what should not happen (bad input, bad output, a handler's error)
 */
export async function answer(
  shape: RequestShape,
  handler: (input: unknown) => unknown,
  input: unknown,
  note: (what: string, error?: unknown) => void,
): Promise<Answer<unknown>> {
  if (sizeOf(input) > largestInput) {
    note('refused: too large');
    return { ok: false, problem: problem('invalid-input', { reason: 'too-large' }) };
  }
  const parsed = shape.input.safeParse(input);
  if (!parsed.success) {
    note('refused: input does not parse');
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return { ok: false, problem: problem('invalid-input', { field }) };
  }
  try {
    const value = shape.output.safeParse(await handler(parsed.data));
    if (value.success) return { ok: true, value: value.data };
    note('answered what the contract does not allow', value.error);
    return { ok: false, problem: problem('internal') };
  } catch (error) {
    note('went wrong:', error);
    return { ok: false, problem: problemOf(error) };
  }
}

function sizeOf(input: unknown): number {
  try {
    return JSON.stringify(input)?.length ?? 0;
  } catch {
    // A cycle: nothing that the contract could parse.
    return Number.POSITIVE_INFINITY;
  }
}
