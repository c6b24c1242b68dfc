import { expect, it } from 'vitest';
import { type Pause, Turns } from '../../electron/journal/turns';

it('a page goes on before a count, and a newer count before an older one', async () => {
  const turns = new Turns();
  const worked: string[] = [];
  const slices = (name: string) => async (pause: Pause) => {
    for (let n = 0; n < 3; n += 1) {
      worked.push(name);
      await pause();
    }
  };
  await Promise.all([turns.count(slices('older')), turns.count(slices('newer')), turns.page(slices('page'))]);
  // Each begins when it is asked for; who goes on is decided at the first pause.
  expect(worked.slice(0, 3)).toEqual(['older', 'newer', 'page']);
  expect(worked.slice(3)).toEqual(['page', 'page', 'newer', 'newer', 'older', 'older']);
});

it('a count goes on when a page or a newer count has failed', async () => {
  const turns = new Turns();
  const fails = async (pause: Pause) => {
    await pause();
    throw new Error('the disk is gone');
  };
  const count = turns.count(async (pause) => {
    await pause();
    return 7;
  });
  await Promise.allSettled([turns.page(fails), turns.count(fails)]);
  expect(await count).toBe(7);
});
