import type { z } from 'zod';
import type { Answer } from '../../shared/contract/contract';
import { isWithin } from '../../shared/lib/measure';
import { legible, unstorableIn } from '../../shared/lib/storable';
import { type Problem, problem } from '../../shared/model/problem';
import { problemOf } from '../storage/problems';

export interface RequestShape {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}

/**
 * Runs one request: size, input, handler, output. It never throws; what goes wrong is a coded problem.
 * @param note is told of what should not happen (bad input, bad output, a handler's error), in words that may stand in
 * a log: the text of an error is not among them
 */
export async function answer(
  shape: RequestShape,
  handler: (input: unknown) => unknown,
  input: unknown,
  note: (line: string) => void,
): Promise<Answer<unknown>> {
  if (!isWithin(input)) {
    note('refused: too large');
    return { ok: false, problem: problem('invalid-input', { reason: 'too-large' }) };
  }
  const parsed = shape.input.safeParse(input);
  if (!parsed.success) {
    note('refused: input does not parse');
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return { ok: false, problem: problem('invalid-input', { field }) };
  }
  const unstorable = unstorableIn(parsed.data);
  if (unstorable) {
    note('refused: a text that cannot be stored');
    const field = unstorable.map((key) => legible(String(key))).join('.');
    return { ok: false, problem: problem('invalid-input', { field, reason: 'unstorable' }) };
  }
  try {
    const value = shape.output.safeParse(await handler(parsed.data));
    if (value.success) return { ok: true, value: value.data };
    note(`answered what the contract does not allow: ${described(value.error)}`);
    return { ok: false, problem: problem('internal') };
  } catch (error) {
    note(`went wrong: ${described(error)}`);
    return { ok: false, problem: problemOf(error) };
  }
}

/**
 * What the log may say of an error: its code, or its class and where it was thrown. The text of an unexpected error
 * could quote a value, and so could a line of its stack that belongs to the text.
 */
function described(error: unknown): string {
  const known: Problem = problemOf(error);
  if (known.code !== 'internal') return known.code;
  if (!(error instanceof Error)) return 'internal';
  const stack = error.stack ?? '';
  const text = stack.indexOf(error.message);
  const frames = text < 0 ? '' : stack.slice(text + error.message.length);
  const where = frames.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
  return `internal ${error.constructor.name} ${where.trim()}`.trim();
}
