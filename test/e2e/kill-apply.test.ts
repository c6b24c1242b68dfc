/**
 * The whole program, window and keyring with it, killed in the middle of a run and started again. The many kills are
 * test/crash's, where a life costs a tenth; these show that the program puts the same services together as it does.
 */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Answer, Bridge } from '../../shared/contract/contract';
import { openAgain, openOffice, type Patchbay, prepare } from './harness';

declare const window: { readonly patchbay: Bridge };

it('killed three times while it applies, a run ends with one true outcome for every row', async () => {
  const office = await openOffice({ pbx: { size: 24 }, panel: { size: 16 } });
  const { pbx, panel } = office;
  const jobs = [
    ...pbx.records().map((one) => ({ of: office.pbxConnection.id, server: pbx, id: String(one._id) })),
    ...panel
      .records()
      .map((one) => ({ of: office.panelConnection.id, server: panel, id: String(one.user_id) })),
  ];
  for (const { of, id } of jobs) await prepare(office.page, of, id, { description: `new ${id}` });
  for (const server of [pbx, panel]) {
    server.setMode({ delayMs: 25 });
    server.clearLog();
  }
  // A write of each server that hangs: however long a kill takes to come, the run cannot have ended before it.
  const hang = () =>
    [pbx, panel].map((server) => server.failNext('hangBeforeApply', { path: '/update', nth: 3 }));
  let hanging = hang();
  await value(
    office.page.evaluate(async () => {
      const plan = await window.patchbay.plan.make({ workOrderId: null, connectionId: null, changeId: null });
      if (!plan.ok) return plan;
      const changeIds = plan.value.rows.filter((row) => row.status === 'ready').map((row) => row.changeId);
      return window.patchbay.apply.start({ planId: plan.value.id, changeIds });
    }),
  );
  const written = (): string[] =>
    [pbx, panel].flatMap(({ log }) =>
      log.filter(({ path }) => path.endsWith('/update')).map(({ recordId }) => recordId ?? ''),
    );

  let patchbay: Patchbay = office;
  for (const round of [1, 2, 3]) {
    await expect.poll(() => hanging.map((one) => one.hits())).toEqual([1, 1]);
    await patchbay.kill9();
    if (round < 3) hanging = hang();
    patchbay = await openAgain(patchbay);
    const { page } = patchbay;
    await expect.poll(async () => (await unfinished(page)).length).toBe(1);
    const [run] = await unfinished(page);
    // The keyring may take a moment to open after the start.
    await expect
      .poll(() =>
        page.evaluate((runId) => window.patchbay.apply.resume({ runId, connectionId: null }), run?.id ?? ''),
      )
      .toMatchObject({ ok: true });
  }
  const { page } = patchbay;
  await expect.poll(async () => (await unfinished(page)).length).toBe(0);
  const newest = () =>
    value(
      page.evaluate(async () => {
        const orders = await window.patchbay.workOrders.list();
        if (!orders.ok) return orders;
        const [order] = orders.value;
        return order
          ? window.patchbay.apply.newest({ workOrderId: order.id })
          : { ok: true as const, value: null };
      }),
    );
  const undecided = async () =>
    (await newest())?.rows.filter(({ result }) => !result || result.outcome === 'unknown').length;
  await expect.poll(undecided).toBe(0);
  const rows = (await newest())?.rows ?? [];
  expect(rows).toHaveLength(jobs.length);
  for (const { server, id } of jobs) {
    const outcome = rows.find(({ remoteId }) => remoteId === id)?.result?.outcome;
    // Killed between its intent and its leaving, a row is found not done.
    expect(['applied', 'rejected']).toContain(outcome);
    expect(server.record(id)?.description === `new ${id}`).toBe(outcome === 'applied');
  }
  expect(rows.filter(({ result }) => result?.outcome === 'rejected').length).toBeLessThan(jobs.length / 2);
  expect(written().length).toBe(new Set(written()).size);
});

function unfinished(page: Page) {
  return value(page.evaluate(() => window.patchbay.apply.unfinished()));
}

async function value<T>(asked: Promise<Answer<T>>): Promise<T> {
  const answer = await asked;
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value;
}
