import type { Page } from 'playwright-core';
import type { Bridge } from '../../shared/contract/contract';
import type { ConnectionId } from '../../shared/model/connection';
import {
  choose,
  field,
  fill,
  openFromSide,
  openPage,
  openRecord,
  saved,
  shown,
} from '../e2e/harness/screens';
import type { Report } from './report';
import type { ServerState } from './take-back';

declare const window: { readonly patchbay: Bridge };

type Extension = ServerState['pbx'][number];
type User = ServerState['panel'][number];

/**
 * Edits two extensions and a user in their editors, a step each.
 * @returns what was chosen for the first one's call recording: the other of yes and no
 */
export async function editByHand(
  page: Page,
  report: Report,
  { first, second, third }: { first: Extension; second: Extension; third: User },
): Promise<string> {
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
  return record;
}

/** Prepares the same value in one field of many records, as the editor does it: through the contract. */
export async function prepareAll(
  page: Page,
  connectionId: ConnectionId,
  remoteIds: readonly string[],
  name: string,
  next: string,
): Promise<void> {
  const edits = remoteIds.map((remoteId) => ({ connectionId, remoteId, field: name, next }));
  const refused = await page.evaluate(async (all) => {
    for (const edit of all) {
      const answer = await window.patchbay.changes.setField(edit);
      if (!answer.ok) return answer.problem.code;
    }
    return null;
  }, edits);
  if (refused) throw new Error(`changes.setField: ${refused}`);
}
