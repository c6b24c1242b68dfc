import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Bridge } from '../../../shared/contract/contract';
import type { ConnectionId } from '../../../shared/model/connection';
import { history, prepare } from './office';

declare const window: { readonly patchbay: Bridge };

/** Plans and applies all that is ready in the current work order, through the contract, and waits for its end. */
export async function applyPrepared(page: Page): Promise<void> {
  const said = await page.evaluate(async () => {
    const plan = await window.patchbay.plan.make({ workOrderId: null, connectionId: null, changeId: null });
    if (!plan.ok) return plan.problem.code;
    const changeIds = plan.value.rows.filter((row) => row.status === 'ready').map((row) => row.changeId);
    const run = await window.patchbay.apply.start({ planId: plan.value.id, changeIds });
    return run.ok ? null : run.problem.code;
  });
  if (said) throw new Error(`applying: ${said}`);
  // Not polled by vitest, which does so inside a test only: what a suite begins with is applied before its first.
  const unfinished = async () => {
    const answer = await page.evaluate(() => window.patchbay.apply.unfinished());
    return !answer.ok || answer.value.length > 0;
  };
  for (let left = 600; left > 0 && (await unfinished()); left -= 1) await page.waitForTimeout(100);
}

/** Writes an edit to its server, for tests that begin where something was applied. @returns its entry in the history */
export async function write(
  page: Page,
  connectionId: ConnectionId,
  remoteId: string,
  edits: Readonly<Record<string, string>>,
): Promise<number> {
  await prepare(page, connectionId, remoteId, edits);
  await applyPrepared(page);
  const [newest] = await history(page);
  expect(newest).toMatchObject({ remoteId, outcome: 'applied' });
  return newest?.seq ?? 0;
}
