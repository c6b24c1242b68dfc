import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Jobs } from '../../electron/jobs/jobs';
import { inTurns, takeTurns } from '../../electron/jobs/turns';
import type { JobProgress } from '../../shared/model/job';

const told: JobProgress[] = [];
const jobs = new Jobs((progress) => told.push(progress));
const toldOf = (job: string) =>
  told.filter((one) => one.job === job).map(({ phase, done, total }) => `${phase} ${done}/${total}`);
const cancelled = { problem: { code: 'cancelled' } };

const busyFor = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

describe('work in turns', () => {
  it('lets others go on as soon as its turn is over, and does every item once, in order', async () => {
    const seen: number[] = [];
    let others = 0;
    let going = true;
    const beside = (async () => {
      for (; going; others += 1) await nextTurn();
    })();
    await inTurns([1, 2, 3, 4], takeTurns(undefined, 5), (item, index) => {
      busyFor(6);
      seen.push(item * 10 + index);
    });
    going = false;
    await beside;
    expect(seen).toEqual([10, 21, 32, 43]);
    expect(others).toBeGreaterThanOrEqual(4);
  });

  it('ends at the item after which it was cancelled', async () => {
    const abort = new AbortController();
    let seen = 0;
    const work = inTurns([1, 2, 3], takeTurns(abort.signal), () => {
      seen += 1;
      if (seen === 2) abort.abort();
    });
    await expect(work).rejects.toMatchObject(cancelled);
    expect(seen).toBe(2);
  });
});

describe('a job', () => {
  it('tells each phase at once, and how it ended', async () => {
    await jobs.run({ job: 'a', kind: 'archive' }, null, async (turn) => {
      turn.tell('archiving', 0, 9);
      turn.tell('giving-room', 1, 2);
    });
    expect(toldOf('a')).toEqual(['archiving 0/9', 'giving-room 1/2', 'done 2/2']);
  });

  it('that is done at once is not told of', async () => {
    await jobs.run({ job: 'b', kind: 'bulk' }, 3, (turn) => inTurns([1, 2, 3], turn, () => undefined));
    expect(toldOf('b')).toEqual([]);
  });

  it('is cancelled by its id, or where what it reads is closed', async () => {
    const closing = new AbortController();
    const endless = async (turn: { rest(): Promise<void>; tell: (...of: ['working', 0, null]) => void }) => {
      turn.tell('working', 0, null);
      for (;;) await turn.rest();
    };
    const one = jobs.run({ job: 'c', kind: 'sheet' }, null, endless);
    const other = jobs.run({ job: 'd', kind: 'verify', until: closing.signal }, null, endless);
    jobs.cancel('c');
    closing.abort();
    await expect(one).rejects.toMatchObject(cancelled);
    await expect(other).rejects.toMatchObject(cancelled);
    expect([toldOf('c').at(-1), toldOf('d').at(-1)]).toEqual(['cancelled 0/null', 'cancelled 0/null']);
  });

  it('does not begin where it was cancelled before', async () => {
    jobs.cancel('early');
    let begun = false;
    const early = () =>
      jobs.run({ job: 'early', kind: 'plan' }, null, async () => {
        begun = true;
      });
    await expect(early()).rejects.toMatchObject(cancelled);
    expect(begun).toBe(false);
    await early();
    expect(begun).toBe(true);
  });

  it('that failed says so, and is refused beside another of its kind only where the kind is one at a time', async () => {
    const gone = jobs.run({ job: 'e', kind: 'export' }, null, async (turn) => {
      turn.tell('working', 1, 4);
      await turn.rest();
      throw new Error('the disk went away');
    });
    const second = jobs.run({ job: 'f', kind: 'export' }, null, async () => undefined);
    await expect(second).rejects.toMatchObject({ problem: { code: 'busy', params: { name: 'export' } } });
    await jobs.run({ job: 'g', kind: 'bulk' }, null, () =>
      jobs.run({ job: 'h', kind: 'bulk' }, null, async () => undefined),
    );
    await expect(gone).rejects.toThrow('the disk went away');
    expect(toldOf('e').at(-1)).toMatch(/^failed/);
  });
});
