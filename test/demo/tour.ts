import type { Page } from 'playwright-core';
import {
  applyTicked,
  atServer,
  openFromSide,
  planAll,
  readAgain,
  runEnded,
  shown,
} from '../e2e/harness/screens';
import type { EdgeSimulator, SimotelSimulator } from '../simulators';
import { demoEdgeAccount, demoSimotelAccount } from '../simulators';
import { connect, demoPanel, demoPbx } from './connect';
import { inPersian } from './in-persian';
import { editByHand, prepareAll } from './prepare';
import type { Report } from './report';
import { type AnswerDialogs, takeInSpreadsheet } from './spreadsheet';
import { differences, stateOf, takeBack } from './take-back';

export interface TourParts {
  readonly page: Page;
  readonly answer: AnswerDialogs;
  readonly report: Report;
  readonly pbx: SimotelSimulator;
  readonly panel: EdgeSimulator;
}

/** How many records the tour needs at each server. */
export const tourSizes = { pbx: 240, panel: 24 } as const;

/** Rows that are prepared through the contract, beside the three that are edited by hand: 40 in all. */
const bulk = { pbx: 23, panel: 14 } as const;

/**
 * The main job from end to end, as a technician does it: sync at the office, prepare a work order of 40 rows with both
 * servers out of reach, join the network, see the plan, settle its conflict, apply while one write times out and another
 * is refused, look at what came of it, and take all of it back. What the servers hold is asked of the servers, and at
 * the end it is what they held at the start. Then a spreadsheet, which is prepared and taken back without any server.
 */
export async function tour({ page, answer, report, pbx, panel }: TourParts): Promise<void> {
  report.step('Connect a PBX and a panel tenant, and read their records');
  const office = await connect(page, demoPbx(pbx.url, demoSimotelAccount));
  const tenant = await connect(page, demoPanel(panel.url, demoEdgeAccount));
  for (const name of ['Tehran PBX', 'Message panel']) {
    await openFromSide(page, name);
    await shown(page).getByRole('button', { name: /^Sync/ }).first().click();
    await page.locator('[data-record]:visible').first().waitFor();
  }
  await openFromSide(page, 'Overview');
  await report.picture('overview');
  await openFromSide(page, 'Tehran PBX');
  await report.picture('directory');

  report.step('Stop both servers: from here on everything is prepared offline');
  await pbx.stop();
  await panel.stop();
  const [first, second, ...more] = pbx.records();
  const users = panel.records();
  // One with a day: a panel takes no edit that empties it, so a day that was none could not be taken back.
  const third = users.find(({ expire_time }) => expire_time !== null);
  if (!first || !second || !third) throw new Error('the simulators are empty');
  const others = users.filter(({ user_id }) => user_id !== third.user_id);
  const start = stateOf(pbx, panel);
  const before = start.pbx;
  const bulkPbx = more.slice(0, bulk.pbx).map((record) => String(record._id));
  const bulkPanel = others.slice(0, bulk.panel).map((record) => String(record.user_id));
  await prepareAll(page, tenant.id, bulkPanel, 'company', 'Behin Co');
  await prepareAll(page, office.id, bulkPbx, 'email', 'reception@behin.example');

  const record = await editByHand(page, report, { first, second, third });

  report.step('Give the work order its name, customer and ticket');
  await openFromSide(page, 'Work orders');
  await shown(page).getByRole('button', { name: 'Actions for WO-1' }).click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill('Recording for reception');
  await form.getByLabel('Customer').fill('Behin Co');
  await form.getByLabel('Ticket').fill('T-2041');
  await report.picture('work-order-form');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await shown(page).getByText('Recording for reception').waitFor();
  const state = await shown(page).locator('[data-order-state]').first().getAttribute('data-order-state');
  report.check('the work order is being prepared', state === 'preparing', state);
  await report.picture('work-order-preparing');

  report.step('Plan while the servers are out of reach: said at once, nothing lost');
  await planAll(page);
  await shown(page).locator('[data-problem]').first().waitFor();
  const unread = await shown(page).locator('[data-problem]').count();
  report.check('both servers are said to be out of reach', unread === 2, unread);
  await report.picture('plan-out-of-reach');

  report.step('Start the servers; somebody changed one record there meanwhile. Plan again');
  await pbx.restart();
  await panel.restart();
  const disputed = bulkPbx[5] ?? '';
  pbx.patch(disputed, { email: 'somebody@else.example' });
  await readAgain(page);
  await shown(page).locator('[data-filter="conflict"]').waitFor();
  const ready = await shown(page).locator('[data-filter="ready"]').textContent();
  report.check('39 changes are ready, one is a conflict', ready?.startsWith('39') === true, ready);
  await report.picture('plan');
  await shown(page).locator('[data-filter="conflict"]').click();
  await shown(page).locator('[data-record][data-status="conflict"]').waitFor();
  await report.picture('plan-conflict');
  await shown(page).getByRole('button', { name: 'Keep mine' }).click();
  await shown(page)
    .getByRole('button', { name: /^Apply 40/ })
    .waitFor();
  await shown(page).locator('[data-filter="conflict"]').click();
  report.check('with the conflict settled, all 40 are ready', true);
  await shown(page).getByRole('button', { name: 'Show requests' }).click();
  await report.picture('dry-run');
  await shown(page).getByRole('button', { name: 'Show requests' }).click();
  const writesBefore = writes(pbx) + writes(panel);
  report.check('nothing has been written yet', writesBefore === 0, writesBefore);

  report.step('Apply: one write times out and cannot be read back, one is refused; pause, and go on');
  const refused = bulkPbx[12] ?? '';
  const lost = bulkPanel[0] ?? '';
  pbx.failNext('okWithFailure', { path: 'update', recordId: refused });
  // Slow enough that it can be looked at, and paused, also on a busy machine.
  const slow = pbx.failOn({ path: 'update' }, { kind: 'delay', beforeMs: 1_500 });
  const hangs = panel.failNext('hangAfterApply', { path: 'update', recordId: lost });
  const deaf = panel.failOn(
    (request) => hangs.hits() > 0 && !request.path.endsWith('update'),
    'resetBeforeBody',
  );
  await applyTicked(page);
  await shown(page).locator('[data-record][data-status="applied"]').nth(3).waitFor();
  await report.picture('running');
  await shown(page).getByRole('button', { name: 'Pause Tehran PBX' }).click();
  await atServer(page, 'Tehran PBX', 'paused').waitFor();
  await report.picture('paused');
  slow.clear();
  await shown(page).getByRole('button', { name: 'Resume Tehran PBX' }).click();
  await atServer(page, 'Message panel', 'paused').waitFor();
  const unknown = shown(page).locator('[data-record][data-status="unknown"]');
  await unknown.first().waitFor();
  report.check('the write that timed out is unknown', (await unknown.count()) === 1, await unknown.count());
  await report.picture('unknown');

  report.step('The panel answers again: its rows go on, and reading decides the unknown one by itself');
  deaf.clear();
  await atServer(page, 'Message panel', 'paused').getByRole('button', { name: 'Try again' }).click();
  await runEnded(page);
  await unknown.waitFor({ state: 'detached' });
  const applied = await shown(page).locator('[data-record][data-status="applied"]').count();
  const rejected = await shown(page).locator('[data-record][data-status="rejected"]').count();
  report.check('39 rows are applied, one is rejected', applied === 39 && rejected === 1, [applied, rejected]);
  await report.picture('done');

  report.step('Ask the servers what they hold now');
  const pbxFirst = pbx.record(String(first._id));
  const pbxSecond = pbx.record(String(second._id));
  const panelUser = panel.record(String(third.user_id));
  report.check('the name is stored', pbxFirst?.name === 'Reception desk', pbxFirst?.name);
  report.check(
    'call recording is stored',
    pbxFirst?.call_record === record.toLowerCase(),
    pbxFirst?.call_record,
  );
  const policy = JSON.stringify(pbxFirst?.forward_policy);
  report.check('the leading zero survived', policy.includes('"09120001122"'), policy);
  report.check('the SIP secret is a new one', pbxSecond?.secret !== second.secret);
  report.check('the company is stored, in Persian', panelUser?.company === 'بهین ارتباط', panelUser?.company);
  report.check('the panel has a new password', panelUser?.password !== third.password);
  const emails = bulkPbx.filter((id) => pbx.record(id)?.email === 'reception@behin.example');
  report.check('22 of 23 addresses are stored; not the refused one', emails.length === 22, emails.length);
  report.check('mine was kept in the conflict', emails.includes(disputed));
  const companies = bulkPanel.filter((id) => panel.record(id)?.company === 'Behin Co');
  report.check('all 14 companies are stored, also what timed out', companies.length === 14, companies.length);
  const untouched = before
    .slice(2 + bulk.pbx)
    .every((one) => JSON.stringify(one) === JSON.stringify(pbx.record(String(one._id))));
  report.check('no other extension changed', untouched);
  const sent = [writes(pbx), writes(panel)];
  report.check('each record was written once', sent[0] === 25 && sent[1] === 15, sent);

  report.step('Put what is left into a new work order');
  await shown(page)
    .getByRole('button', { name: /^Move the remaining 1 change/ })
    .click();
  await shown(page).locator('[data-order="2"][data-current]').waitFor();
  const left = await shown(page).locator('[data-order-state]').allTextContents();
  report.check('the first shows problems, the new one is being prepared', left.length === 2, left);
  await shown(page).locator('[data-order="1"]').getByRole('button').first().click();
  await shown(page)
    .getByRole('button', { name: /^Show 40 rows/ })
    .click();
  await report.picture('work-orders');

  report.step('Look at the history');
  await openFromSide(page, 'History');
  await shown(page).locator('[data-outcome="applied"]').nth(2).waitFor();
  await shown(page).locator('[data-record] [aria-expanded="false"]').first().click();
  await report.picture('history');

  report.step('Take the whole work order back, and ask the servers whether they are as they were');
  await takeBack(page, report, { order: 'WO-1', record: String(first._id), changes: 39 });
  // Nothing but these two may differ, and both must: what cannot be read cannot be put back, and what somebody else
  // wrote before us is theirs. The record whose write was refused has never changed.
  const mayDiffer = [
    { server: 'pbx', id: disputed, field: 'email' },
    { server: 'panel', id: String(third.user_id), field: 'password' },
  ];
  const differing = differences(start, stateOf(pbx, panel));
  report.check(
    'every field of every record is as at the start, but for the password and what somebody else wrote',
    JSON.stringify(differing) === JSON.stringify(mayDiffer),
    differing,
  );
  const theirs = pbx.record(disputed)?.email;
  report.check('somebody else’s address is back', theirs === 'somebody@else.example', theirs);
  const again = [writes(pbx), writes(panel)];
  report.check('each record was written once more', again[0] === 25 + 24 && again[1] === 15 + 15, again);

  await takeInSpreadsheet(answer, page, report, pbx);
  await inPersian(page, report, String(first.number));
}

/** Requests that would change a record, as the server saw them. */
function writes(simulator: SimotelSimulator | EdgeSimulator): number {
  return simulator.log.filter((entry) => /user(s)?\/update$/.test(entry.path)).length;
}
