import { expect, it } from 'vitest';
import { Restarts } from '../../electron/app/restarts';

it('a page is loaded again a few times within some minutes, and again later', () => {
  let now = 0;
  const restarts = new Restarts({ count: 3, withinMs: 300_000 }, () => now);
  const asked = [0, 1, 2, 3, 4].map((minute) => {
    now = minute * 60_000;
    return restarts.allowed();
  });
  expect(asked).toEqual([true, true, true, false, false]);
  now = 300_000;
  expect(restarts.allowed()).toBe(true);
  expect(restarts.allowed()).toBe(false);
});
