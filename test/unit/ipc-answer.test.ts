import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answer } from '../../electron/ipc/answer';
import { fail } from '../../shared/model/problem';

const shape = { input: z.strictObject({ text: z.string() }), output: z.strictObject({ n: z.number() }) };

/** Asks once; gives the answer and what the log would hold. */
async function ask(handler: (input: unknown) => unknown, input: unknown = { text: 'x' }) {
  const noted: string[] = [];
  const found = await answer(shape, handler, input, (line) => noted.push(line));
  return { found, noted: noted.join('\n') };
}

const never = (): never => {
  throw new Error('the handler was called');
};

describe('an answer', () => {
  it('is the value of the handler, and nothing is noted', async () => {
    const { found, noted } = await ask(() => ({ n: 7 }));
    expect(found).toEqual({ ok: true, value: { n: 7 } });
    expect(noted).toBe('');
  });

  it('waits for a handler that takes its time', async () => {
    expect((await ask(async () => ({ n: 7 }))).found).toEqual({ ok: true, value: { n: 7 } });
  });

  it('hands the handler what was parsed, not what was sent', async () => {
    const parsing = { input: z.strictObject({ text: z.string().trim() }), output: z.string() };
    const found = await answer(parsing, (input) => JSON.stringify(input), { text: ' a ' }, never);
    expect(found).toEqual({ ok: true, value: '{"text":"a"}' });
  });

  it('refuses input that is too large before it is looked at', async () => {
    const { found, noted } = await ask(never, { text: 'x'.repeat(1_000_001) });
    expect(found).toEqual({ ok: false, problem: { code: 'invalid-input', params: { reason: 'too-large' } } });
    expect(noted).toContain('too large');
  });

  it('refuses input that is no JSON: a cycle, a big integer', async () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    for (const input of [cycle, { text: 1n }])
      expect((await ask(never, input)).found).toMatchObject({
        ok: false,
        problem: { code: 'invalid-input' },
      });
  });

  it('refuses input that the contract does not allow, naming the place and not the value', async () => {
    for (const input of [null, 'CANARY', [], {}, { text: 5 }, { text: 'a', more: 'CANARY' }]) {
      const { found, noted } = await ask(never, input);
      expect(found).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
      expect(JSON.stringify(found) + noted).not.toContain('CANARY');
    }
    expect((await ask(never, { text: 5 })).found).toMatchObject({ problem: { params: { field: 'text' } } });
  });

  it('is the coded problem that a handler throws', async () => {
    const { found } = await ask(() => fail('busy', { name: 'x' }));
    expect(found).toEqual({ ok: false, problem: { code: 'busy', params: { name: 'x' } } });
  });

  it('says nothing of the text of an unexpected error, and neither does the log', async () => {
    class CanaryError extends Error {}
    const errors: unknown[] = [
      new Error('the secret is CANARY'),
      // A text with a line that looks like one of the stack.
      new TypeError('first line\n    at CANARY (file.js:1:1)\nlast line'),
      new CanaryError('CANARY'),
      Object.assign(new Error('CANARY'), { name: 'CANARY' }),
      Object.assign(new Error('x'), { stack: 'CANARY' }),
      'CANARY',
      { message: 'CANARY' },
    ];
    for (const error of errors) {
      const { found, noted } = await ask(async () => {
        throw error;
      });
      expect(found).toEqual({ ok: false, problem: { code: 'internal', params: {} } });
      expect(noted.replace('CanaryError', '')).not.toContain('CANARY');
      expect(noted).toContain('internal');
    }
  });

  it('notes the place where an unexpected error was thrown', async () => {
    const { noted } = await ask(() => {
      throw new Error('x');
    });
    expect(noted).toContain('ipc-answer.test.ts');
  });

  it('is an internal problem where the handler gives what the contract does not allow', async () => {
    for (const given of [undefined, { n: 'CANARY' }, { n: 1, secret: 'CANARY' }]) {
      const { found, noted } = await ask(() => given);
      expect(found).toEqual({ ok: false, problem: { code: 'internal', params: {} } });
      expect(noted).toContain('does not allow');
      expect(noted).not.toContain('CANARY');
    }
  });
});
