import type { Page } from 'playwright-core';
import { fullProfile, size } from './full-profile';
import { type Figure, percentile } from './measure';
import { bare, freshProfile, root, startProgram } from './program';

const rounds = Number(process.env.PATCHBAY_BENCH_ROUNDS ?? 7);
const atOnce = 6;
// Each finds fewer than the one before: that is how the page shows that it has the answer.
const typed = ['10', '103', '1037'];

interface Times {
  readonly bare: number[];
  readonly open: number[];
  readonly change: number[];
  readonly filter: number[];
}

/*
 * What a hand waits for, measured in the page from the event to the picture after it: opening an editor, going to another
 * tab, a letter in the filter. In turn with a click that changes a text in a bare window. Needs the built program, a
 * display and a keyring.
 */
export async function benchEditor(): Promise<Figure[]> {
  const full = await fullProfile();
  const empty = await freshProfile();
  const ours = await startProgram(root, full.dir);
  const other = await startProgram(bare, empty.dir);
  const found: Times[] = [];
  try {
    await ours.page.locator('[data-record]:visible').first().waitFor();
    // What compiles this file calls it in every function that has a name.
    for (const { page } of [ours, other]) await page.evaluate('globalThis.__name = (one) => one');
    for (let round = -1; round < rounds; round += 1) {
      const times = {
        bare: await clicks(other.page),
        ...(await editors(ours.page)),
        filter: await letters(ours.page),
      };
      // The first does not count: what is loaded on demand is not there yet.
      if (round >= 0) found.push(times);
    }
  } finally {
    await ours.stop();
    await other.stop();
    await full.remove();
    await empty.remove();
  }
  return figuresOf(found);
}

function figuresOf(found: readonly Times[]): Figure[] {
  const p95 = (key: keyof Times) =>
    percentile(
      found.flatMap((times) => times[key]),
      95,
    );
  const figure = (what: string, key: keyof Times): Figure => {
    const each = found.map((times) => percentile(times[key], 95));
    const more = `${Math.min(...each).toFixed(0)}–${Math.max(...each).toFixed(0)} ms over ${each.length} rounds`;
    const baseline = 'a click that changes a text in a bare window, p95';
    return { what, baseline, ms: p95(key), baselineMs: p95('bare'), more };
  };
  return [
    figure('opening an editor, p95', 'open'),
    figure('going to another tab, p95', 'change'),
    figure(`a letter in the filter to its rows, ${size} records, p95`, 'filter'),
  ];
}

function clicks(page: Page): Promise<number[]> {
  return page.evaluate(async (times) => {
    const measured: number[] = [];
    const button = document.querySelector('button');
    for (let turn = 0; turn < times; turn += 1) {
      const began = performance.now();
      if (button) button.textContent = `clicked ${turn} ${began}`;
      await new Promise<void>((painted) => requestAnimationFrame(() => setTimeout(painted)));
      measured.push(performance.now() - began);
    }
    return measured;
  }, atOnce * 2);
}

/** Opens editors from the grid, goes through them, and closes them. */
function editors(page: Page): Promise<{ open: number[]; change: number[] }> {
  return page.evaluate(async (times) => {
    const painted = () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
    const until = async (there: () => unknown) => {
      for (let turn = 0; turn < 600 && !there(); turn += 1) await new Promise(requestAnimationFrame);
      await painted();
    };
    const measure = async (act: () => void, there: () => unknown) => {
      const began = performance.now();
      act();
      await until(there);
      return performance.now() - began;
    };
    const tabs = () => [...document.querySelectorAll<HTMLElement>('[role=tablist] [id^="tab-"]')];
    const shown = (what: string) => document.querySelector(`[role=tabpanel][data-shown] ${what}`);
    const grid = tabs().find((tab) => tab.id.startsWith('tab-directory'));
    const [open, change]: [number[], number[]] = [[], []];
    const ids: string[] = [];
    for (let turn = 0; turn < times; turn += 1) {
      grid?.click();
      await until(() => shown('[data-record]'));
      const row = document.querySelectorAll<HTMLElement>('[data-shown] [data-record]')[turn];
      const id = row?.dataset.record ?? '';
      ids.push(id);
      const ready = () => shown(`[data-editor="${id}"] input`);
      open.push(
        await measure(() => row?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true })), ready),
      );
    }
    for (const id of ids) {
      const tab = tabs().find((one) => one.id.startsWith('tab-editor') && one.id.includes(id));
      change.push(
        await measure(
          () => tab?.click(),
          () => shown(`[data-editor="${id}"]`),
        ),
      );
    }
    for (const tab of tabs().filter((one) => one.id.startsWith('tab-editor')))
      tab.parentElement?.querySelector<HTMLElement>('button:not([role])')?.click();
    grid?.click();
    await until(() => shown('[data-record]'));
    return { open, change };
  }, atOnce);
}

/** Types into the filter, letter by letter, and empties it. */
function letters(page: Page): Promise<number[]> {
  return page.evaluate(async (texts) => {
    const painted = () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
    const grid = document.querySelector('[data-shown] [role=grid]');
    const input = document.querySelector<HTMLInputElement>('[data-shown] input');
    const count = () => grid?.getAttribute('aria-rowcount');
    const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const measured: number[] = [];
    const measure = async (text: string) => {
      const before = count();
      const began = performance.now();
      setter?.call(input, text);
      input?.dispatchEvent(new Event('input', { bubbles: true }));
      for (let turn = 0; turn < 600 && count() === before; turn += 1)
        await new Promise(requestAnimationFrame);
      await painted();
      return performance.now() - began;
    };
    for (const text of texts) measured.push(await measure(text));
    await measure('');
    return measured;
  }, typed);
}
