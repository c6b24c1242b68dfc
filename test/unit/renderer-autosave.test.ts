import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Autosave, type AutosaveParts, type Draft } from '../../renderer/drafts/autosave';
import { ProblemError, problem } from '../../shared/model/problem';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A store whose saves end when the test says so. */
function make(parts: Partial<AutosaveParts<string>> = {}) {
  const stored: string[] = [];
  const ends: { done(): void; fail(error: unknown): void }[] = [];
  const shown: (Draft<string> | null)[] = [];
  const autosave = new Autosave<string>({
    store: (key, value) => {
      stored.push(`${key}=${value}`);
      return new Promise((done, fail) => ends.push({ done, fail }));
    },
    changed: (_, draft) => shown.push(draft),
    ...parts,
  });
  const finish = async (): Promise<void> => {
    ends.shift()?.done();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { autosave, stored, ends, shown, finish };
}

describe('what is typed', () => {
  it('is stored while somebody types on without a pause', async () => {
    const { autosave, stored, finish } = make();
    let text = '';
    for (let key = 0; key < 100; key += 1) {
      text += 'x';
      autosave.type('a', text);
      await vi.advanceTimersByTimeAsync(50);
      await finish();
    }
    expect(stored.length).toBeGreaterThan(25);
  });

  it('is stored in turn, and of what was typed meanwhile the last', async () => {
    const { autosave, stored, finish } = make();
    autosave.type('a', '1');
    await vi.advanceTimersByTimeAsync(150);
    autosave.type('a', '2');
    autosave.type('a', '3');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(stored).toEqual(['a=1']);
    await finish();
    expect(stored).toEqual(['a=1', 'a=3']);
    await finish();
    expect(autosave.get('a')).toMatchObject({ value: '3', state: 'saved' });
  });

  it('stands until it is left and stored, and not longer', async () => {
    const { autosave, stored, shown, finish } = make();
    autosave.type('a', '1');
    autosave.leave('a');
    await vi.advanceTimersByTimeAsync(0);
    expect(stored).toEqual(['a=1']);
    expect(autosave.get('a')?.state).toBe('saving');
    await finish();
    expect(shown.at(-1)).toBeNull();
  });

  it('stands on where its store shows it late', async () => {
    const { autosave, finish } = make({ keeps: () => true });
    void autosave.choose('a', '1');
    await vi.advanceTimersByTimeAsync(0);
    await finish();
    expect(autosave.get('a')).toMatchObject({ value: '1', state: 'saved' });
    autosave.leave('a');
    expect(autosave.get('a')).toBeNull();
  });

  it('waits while it cannot be stored as it is', async () => {
    const { autosave, stored, finish } = make({ ready: (value) => value !== '' });
    autosave.type('a', '');
    expect(await autosave.flush()).toBe(false);
    autosave.sendAll();
    expect(stored).toEqual([]);
    autosave.type('a', 'name');
    await vi.advanceTimersByTimeAsync(150);
    await finish();
    expect(stored).toEqual(['a=name']);
  });
});

describe('a save that fails', () => {
  it('says why, keeps the text, and is tried again when all is stored', async () => {
    const { autosave, stored, ends, finish } = make();
    autosave.type('a', '1');
    await vi.advanceTimersByTimeAsync(150);
    ends.shift()?.fail(new ProblemError(problem('disk-full')));
    await vi.advanceTimersByTimeAsync(0);
    expect(autosave.get('a')).toMatchObject({ value: '1', state: 'failed', problem: { code: 'disk-full' } });
    const all = autosave.flush();
    await vi.advanceTimersByTimeAsync(0);
    await finish();
    expect(await all).toBe(true);
    expect(stored).toEqual(['a=1', 'a=1']);
  });

  it('does not hold up the next in its queue, nor another queue', async () => {
    const { autosave, stored, ends } = make({ queueOf: (key) => key });
    autosave.type('a', '1');
    autosave.type('b', '1');
    await vi.advanceTimersByTimeAsync(150);
    expect(stored).toEqual(['a=1', 'b=1']);
    ends.shift()?.fail(new Error('x'));
    autosave.type('a', '2');
    await vi.advanceTimersByTimeAsync(150);
    expect(stored).toEqual(['a=1', 'b=1', 'a=2']);
  });
});

describe('when the window goes', () => {
  it('what is typed leaves in the same turn, past a save under way', async () => {
    const { autosave, stored } = make();
    autosave.type('a', '1');
    await vi.advanceTimersByTimeAsync(150);
    autosave.type('a', '2');
    autosave.type('b', '3');
    autosave.sendAll();
    expect(stored).toEqual(['a=1', 'a=2', 'b=3']);
  });

  it('what was dropped is not stored any more', async () => {
    const { autosave, stored } = make();
    autosave.type('a', '1');
    autosave.forget('a');
    await vi.advanceTimersByTimeAsync(1_000);
    autosave.sendAll();
    expect(stored).toEqual([]);
  });
});
