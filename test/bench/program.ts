import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type Page } from 'playwright-core';
import { ensureElectron } from '../../scripts/lib/electron.mjs';

export const root = path.resolve(__dirname, '../..');
export const bare = path.join(__dirname, 'bare');

export interface Started {
  readonly page: Page;
  /** Milliseconds from spawning it to a navigation that can be seen and used. */
  readonly ms: number;
  /** Megabytes of all of its processes; what they share is counted once. */
  pss(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a program with the Electron of the tests, and waits until its navigation is painted. */
export async function startProgram(app: string, profile: string): Promise<Started> {
  const electron = await ensureElectron();
  const began = performance.now();
  const running = await _electron.launch({
    executablePath: electron.executable,
    args: [...electron.args, '--disable-gpu', '--lang=en', `--user-data-dir=${profile}`, app],
  });
  const page = await running.firstWindow();
  page.setDefaultTimeout(300_000);
  await page.locator('nav button').first().waitFor();
  await page.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
  );
  const ms = performance.now() - began;
  const pid = running.process().pid ?? 0;
  return { page, ms, pss: () => pssBelow(pid), stop: () => running.close().catch(() => undefined) };
}

/** A folder for a profile, and its removal. */
export async function freshProfile(): Promise<{ readonly dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(path.join(tmpdir(), 'pb-bench-profile-'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) };
}

/** The proportional memory of a process and all that it started; Linux only. */
async function pssBelow(pid: number): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? textOf(`/proc/${name}/stat`) : '';
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1];
    if (parent) parents.set(Number(name), Number(parent));
  }
  const isBelow = (one: number): boolean => one === pid || isBelowParent(parents.get(one));
  const isBelowParent = (one: number | undefined): boolean => one !== undefined && one > 1 && isBelow(one);
  let kilobytes = 0;
  for (const one of parents.keys()) {
    if (isBelow(one))
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(textOf(`/proc/${one}/smaps_rollup`))?.[1] ?? 0);
  }
  return kilobytes / 1024;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
