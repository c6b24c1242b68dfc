import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import { applyTicked, openFromSide, runEnded, shown } from '../e2e/harness/screens';
import type { EdgeSimulator, SimotelSimulator } from '../simulators';
import type { Report } from './report';

/** Every record of both servers, secrets and passwords included, as the servers themselves hold them. */
export interface ServerState {
  readonly pbx: ReturnType<SimotelSimulator['records']>;
  readonly panel: ReturnType<EdgeSimulator['records']>;
}

/** What the servers hold now. A deep copy. */
export function stateOf(pbx: SimotelSimulator, panel: EdgeSimulator): ServerState {
  return { pbx: pbx.records(), panel: panel.records() };
}

/** One field of one record that is not as it was. */
export interface Differing {
  readonly server: keyof ServerState;
  readonly id: string;
  readonly field: string;
}

/** Every field of every record in which two states differ, records that only one of them has included. */
export function differences(before: ServerState, after: ServerState): readonly Differing[] {
  return [...ofServer('pbx', '_id'), ...ofServer('panel', 'user_id')];

  function ofServer(server: keyof ServerState, idField: string): Differing[] {
    const byId = (records: ServerState[typeof server]) =>
      new Map(records.map((record) => [String(record[idField]), record]));
    const [was, is] = [byId(before[server]), byId(after[server])];
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((id) => {
      const [one, other] = [was.get(id) ?? {}, is.get(id) ?? {}];
      return [...new Set([...Object.keys(one), ...Object.keys(other)])]
        .filter((field) => !isDeepStrictEqual(one[field], other[field]))
        .map((field) => ({ server, id, field }));
    });
  }
}

/**
 * Takes a whole work order back as a person does: one of its entries in the history, what would be taken back and what
 * the program says cannot come back, the work order of its own that holds it, the plan, and the apply. Ends when the run has ended.
 */
export async function takeBack(
  page: Page,
  report: Report,
  { order, record, changes }: { order: string; record: string; changes: number },
): Promise<void> {
  await openFromSide(page, 'History');
  const entry = shown(page).locator(`[data-record="${record}"][data-outcome="applied"]`).last();
  const toggle = entry.locator('[data-toggle]');
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  await entry.getByRole('button', { name: 'Revert the whole work order…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Prepare' }).waitFor();
  await dialog.locator('[data-preview] [data-line]').first().waitFor();
  await report.picture('take-back');
  await dialog.getByRole('button', { name: 'Prepare' }).click();
  const said = dialog.locator('[data-report]');
  await said.waitFor();
  const prepared = await said.getAttribute('data-report');
  report.check(
    `taking ${order} back is prepared as ${changes} changes`,
    prepared === String(changes),
    prepared,
  );
  const left = await said
    .locator('[data-left]')
    .evaluateAll((all) =>
      all.map((one) => `${one.getAttribute('data-left')} ${one.getAttribute('data-why')}`),
    );
  report.check(
    'only the panel password is said to be lost: nobody can read what it was',
    left.join() === 'password never-readable',
    left,
  );
  await report.picture('take-back-prepared');
  await dialog.getByRole('button', { name: /^Review/ }).click();
  const apply = shown(page).getByRole('button', { name: /^Apply \d/ });
  await apply.waitFor();
  const button = await apply.textContent();
  report.check(
    'all of it is ready, without a conflict',
    button?.startsWith(`Apply ${changes} `) === true,
    button,
  );
  await report.picture('take-back-plan');
  await applyTicked(page);
  await runEnded(page);
  const applied = await shown(page).locator('[data-record][data-status="applied"]').count();
  report.check(`all ${changes} rows are applied`, applied === changes, applied);
  await report.picture('take-back-done');
}
