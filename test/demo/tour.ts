import type { Page } from 'playwright-core';
import {
  applyTicked,
  choose,
  field,
  fill,
  openFromSide,
  openPage,
  openRecord,
  planAll,
  readAgain,
  saved,
  shown,
} from '../e2e/harness/screens';
import type { EdgeSimulator, SimotelSimulator } from '../simulators';
import { demoEdgeAccount, demoSimotelAccount } from '../simulators';
import { connect, demoPanel, demoPbx } from './connect';
import type { Report } from './report';

export interface TourParts {
  readonly page: Page;
  readonly report: Report;
  readonly pbx: SimotelSimulator;
  readonly panel: EdgeSimulator;
}

/**
 * The main job from end to end, as a technician does it: sync at the office, prepare three edits with both servers out
 * of reach, join the network, see the plan, apply, and look at the history. What the servers hold afterwards is asked
 * of the servers.
 */
export async function tour({ page, report, pbx, panel }: TourParts): Promise<void> {
  report.step('Connect a PBX and a panel tenant, and read their records');
  await connect(page, demoPbx(pbx.url, demoSimotelAccount));
  await connect(page, demoPanel(panel.url, demoEdgeAccount));
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
  const [first, second] = pbx.records();
  const third = panel.records()[0];
  if (!first || !second || !third) throw new Error('the simulators are empty');
  const before = pbx.records();

  report.step(`Edit extension ${first.number}: name, call recording, where unanswered calls go`);
  await openRecord(page, String(first._id), String(first.number));
  await fill(page, 'name', 'Reception desk');
  await openPage(page, 'Calls');
  const record = first.call_record === 'yes' ? 'No' : 'Yes';
  await choose(page, 'call_record', record);
  await openPage(page, 'Forwarding');
  await fill(page, 'forward_policy.No Answer', '09120001122');
  await saved(page);
  await report.picture('editor-extension');

  report.step(`Edit extension ${second.number}: a new SIP secret, never shown`);
  await openFromSide(page, 'Tehran PBX');
  await openRecord(page, String(second._id), String(second.number));
  await shown(page)
    .getByRole('button', { name: /^Generate SIP secret/ })
    .click();
  await fill(page, 'email', 'second@behin.example');
  await saved(page);
  await report.picture('editor-secret');

  report.step(`Edit panel user ${third.user_id}: company, expiry, a new password`);
  await openFromSide(page, 'Message panel');
  await openRecord(page, String(third.user_id), String(third.uname ?? third.user_id));
  await fill(page, 'company', 'بهین ارتباط');
  await openPage(page, 'Access');
  await fill(page, 'expire_time', '2027-03-20');
  await shown(page)
    .getByRole('button', { name: /^Generate New password/ })
    .click();
  await field(page, 'expire_time').click();
  await saved(page);
  await report.picture('editor-user');

  report.step('Plan while the servers are out of reach: said at once, nothing lost');
  await planAll(page);
  await shown(page).locator('[data-problem]').first().waitFor();
  const unread = await shown(page).locator('[data-problem]').count();
  report.check('both servers are said to be out of reach', unread === 2, unread);
  await report.picture('plan-out-of-reach');

  report.step('Start the servers and plan again');
  await pbx.restart();
  await panel.restart();
  await readAgain(page);
  await shown(page)
    .getByRole('button', { name: /^Apply 3/ })
    .waitFor();
  report.check('three changes are ready', true);
  await report.picture('plan');
  await shown(page).getByRole('button', { name: 'Dry run' }).click();
  await report.picture('dry-run');
  await shown(page).getByRole('button', { name: 'Dry run' }).click();
  const writesBefore = writes(pbx) + writes(panel);
  report.check('nothing has been written yet', writesBefore === 0, writesBefore);

  report.step('Apply');
  await applyTicked(page);
  await shown(page).getByText('Done', { exact: true }).waitFor();
  const applied = await shown(page).locator('[data-record][data-status="applied"]').count();
  report.check('the window says applied for all three', applied === 3, applied);
  await report.picture('applied');

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
  const others = before
    .slice(2)
    .every((one) => JSON.stringify(one) === JSON.stringify(pbx.record(String(one._id))));
  report.check('no other extension changed', others);
  report.check('each record was written once', writes(pbx) === 2 && writes(panel) === 1, [
    writes(pbx),
    writes(panel),
  ]);

  report.step('Look at the history');
  await openFromSide(page, 'History');
  await shown(page).locator('[data-outcome="applied"]').nth(2).waitFor();
  await shown(page).locator('[aria-expanded="false"]').first().click();
  await report.picture('history');

  report.step('The same in Persian, and in the dark');
  await page.getByRole('contentinfo').getByRole('button').last().click();
  await page.locator('html[dir="rtl"]').waitFor();
  await report.picture('history-persian');
  await openFromSide(page, 'Tehran PBX');
  await report.picture('directory-persian');
  await page
    .getByRole('tab', { name: /Reception desk/ })
    .first()
    .click();
  await report.picture('editor-persian');
  await page.getByRole('banner').getByRole('button').last().click();
  await page.locator('label[for$="-dark"]').click();
  await report.picture('settings-persian-dark');
  await page
    .getByRole('tab', { name: /Reception desk/ })
    .first()
    .click();
  await report.picture('editor-persian-dark');
}

/** Requests that would change a record, as the server saw them. */
function writes(simulator: SimotelSimulator | EdgeSimulator): number {
  return simulator.log.filter((entry) => /user(s)?\/update$/.test(entry.path)).length;
}
