/** Small decisions of the screens: time left, filters of a batch, a history's span, fields to copy, a comparison's lines. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { countOf, filterKey } from '../../renderer/features/batches/filter';
import { gridKey } from '../../renderer/features/directory/gridKeys';
import { dayAfter, presets, spanOf } from '../../renderer/features/journal/span';
import { copiableFields, keepableFields, usualFields } from '../../renderer/features/templates/fields';
import { rounded } from '../../renderer/features/workorders/time-left';
import { catalogOf } from '../../shared/catalog';
import type { BatchSummary } from '../../shared/model/batch';
import type { OpenTab } from '../../shared/model/workspace';

describe('the time that is left', () => {
  it.each([
    [0, 'soon', 0],
    [5_000, 'soon', 0],
    [5_001, 'seconds', 10],
    [40_001, 'seconds', 50],
    [59_000, 'seconds', 60],
    [59_001, 'minutes', 1],
    [61_000, 'minutes', 2],
  ])('of %i ms is said as %s %i', (ms, unit, count) => expect(rounded(ms)).toEqual({ unit, count }));
});

describe('a filter of a batch', () => {
  const counts = { differs: 5, same: 3, invalid: 2, missing: 1, doubled: 0 };
  const problems = [{ field: 'email', code: 'email', rows: 2 }];
  const summary = { total: 11, counts, problems } as unknown as BatchSummary;

  it('knows how many rows it leaves', () => {
    expect(countOf(summary, { by: 'all' })).toBe(11);
    expect(countOf(summary, { by: 'status', status: 'invalid' })).toBe(2);
    expect(countOf(summary, { by: 'problem', problem: { field: 'email', code: 'email' } })).toBe(2);
    expect(countOf(summary, { by: 'problem', problem: { field: 'name', code: 'email' } })).toBe(0);
  });

  it('is another one where its field or its code is', () => {
    const ofProblem = (field: string | null) =>
      filterKey({ by: 'problem', problem: { field, code: 'email' } });
    expect(ofProblem('email')).not.toBe(ofProblem('name'));
    expect(ofProblem(null)).not.toBe(filterKey({ by: 'all' }));
  });
});

describe('a span of the history', () => {
  const now = new Date(2026, 2, 25, 15, 30).getTime();
  const day = (month: number, date: number) => new Date(2026, month, date).getTime();

  it('begins at a midnight and is open at its end', () => {
    expect(spanOf('today', now)).toEqual({ from: day(2, 25), to: null });
    expect(spanOf('week', now).from).toBe(day(2, 19));
    expect(spanOf('thirtyDays', now).from).toBe(day(1, 24));
    expect(spanOf('gregorianMonth', now).from).toBe(day(2, 1));
    // 1 Farvardin 1405.
    expect(spanOf('jalaliMonth', now).from).toBe(day(2, 21));
    expect(presets.every((preset) => (spanOf(preset, now).from ?? now) < now)).toBe(true);
  });

  it('ends at the midnight after its last day, whatever the clocks do meanwhile', () => {
    expect(dayAfter(day(2, 28))).toBe(day(2, 29));
    expect(dayAfter(day(2, 28), 3)).toBe(day(2, 31));
  });
});

describe('the fields that are taken over', () => {
  const catalog = catalogOf('simotel');

  it('are never a secret, and never what says which record it is', () => {
    const usual = usualFields(catalog, copiableFields(catalog), () => undefined);
    expect(usual).toContain('call_record');
    expect(usual).not.toContain('number');
    expect(usual).not.toContain('secret');
    expect(keepableFields(catalog).some(({ secret }) => secret)).toBe(false);
  });
});

describe('a key on the grid', () => {
  const at = { active: 5, total: 100, onScreen: 20, selected: 0 };
  const plain = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  const press = (key: string, more: Partial<typeof plain> = {}, where = at) =>
    gridKey({ key, ...plain, ...more }, where);

  it('moves, and with Shift extends the range', () => {
    expect(press('ArrowDown')).toEqual({ type: 'move', to: 6, extend: false });
    expect(press('PageUp', { shiftKey: true })).toEqual({ type: 'move', to: -15, extend: true });
    expect(press('End')).toEqual({ type: 'move', to: 99, extend: false });
  });

  it('selects all by the place of A, whatever the keyboard writes there', () => {
    expect(press('ش', { ctrlKey: true, code: 'KeyA' })).toEqual({ type: 'selectAll' });
  });

  it('leaves to the window what is its own', () => {
    expect(press('PageDown', { ctrlKey: true })).toBeNull();
    expect(press('Escape')).toBeNull();
    expect(press('Escape', {}, { ...at, selected: 1 })).toEqual({ type: 'clear' });
    expect(press('F5')).toBeNull();
    expect(press('x', { ctrlKey: true })).toBeNull();
  });

  it('begins a search by a letter of any script', () => {
    expect(press('س')).toEqual({ type: 'type', letter: 'س' });
    expect(press('𝟗')).toEqual({ type: 'type', letter: '𝟗' });
  });
});

describe('the open tabs', () => {
  type Workspace = typeof import('../../renderer/program/workspace');
  let workspace: Workspace;
  const office = '11111111-1111-4111-8111-111111111111';
  const overview: OpenTab = { type: 'overview' };
  const history: OpenTab = { type: 'history' };
  const directory = { type: 'directory', connectionId: office } as OpenTab;
  beforeAll(async () => {
    vi.stubGlobal('window', { patchbay: {}, addEventListener: () => undefined });
    workspace = await import('../../renderer/program/workspace');
  });
  const state = () => workspace.useWorkspace.getState();
  afterEach(() => state().restore({ tabs: [overview], active: 0, columns: {} }));

  it('open once each, and come to the front', () => {
    state().open(history);
    state().open(directory);
    state().open(history);
    expect(state()).toMatchObject({ tabs: [overview, history, directory], active: 1 });
  });

  it('leave the one in front in front while others close, and its neighbour when it closes', () => {
    state().restore({ tabs: [overview, history, directory], active: 1, columns: {} });
    state().close(0);
    expect(state()).toMatchObject({ tabs: [history, directory], active: 0 });
    state().restore({ tabs: [overview, history, directory], active: 1, columns: {} });
    state().close(1);
    expect(state()).toMatchObject({ tabs: [overview, directory], active: 1 });
    state().close(1);
    expect(state()).toMatchObject({ tabs: [overview], active: 0 });
    state().close(0);
    expect(state()).toMatchObject({ tabs: [overview], active: 0 });
  });

  it('of a connection that is gone close, and no other', () => {
    state().restore({ tabs: [directory, history], active: 1, columns: {} });
    state().closeConnection(office);
    expect(state()).toMatchObject({ tabs: [history], active: 0 });
    state().open(directory);
    state().closeConnection(office);
    expect(state()).toMatchObject({ tabs: [history], active: 0 });
  });
});
