/** Which errors offer their cure as a button. */
import { expect, it, vi } from 'vitest';
import { curesOf } from '../../renderer/ui/cures';
import { connectionIdSchema } from '../../shared/model/connection';
import { problem } from '../../shared/model/problem';

const connectionId = connectionIdSchema.parse('4f6f0f0e-7d0b-4a52-9d6e-0c4f3c0b7a11');
const again = vi.fn();

it('the likeliest cure comes first', () => {
  const all = { connectionId, again };
  expect(curesOf(problem('timeout'), all)).toEqual(['again', 'edit']);
  expect(curesOf(problem('unauthorized'), all)).toEqual(['edit', 'again']);
  expect(curesOf(problem('ip-not-permitted'), all)).toEqual(['address', 'again']);
  expect(curesOf(problem('tls-changed'), all)).toEqual(['edit']);
});

it('a cure is offered only where it can be had', () => {
  expect(curesOf(problem('timeout'), { connectionId })).toEqual(['edit']);
  expect(curesOf(problem('timeout'), { again })).toEqual(['again']);
  expect(curesOf(problem('timeout'), {})).toEqual([]);
  expect(curesOf(problem('internal'), { connectionId, again })).toEqual([]);
});
