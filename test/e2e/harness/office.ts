import type { Page } from 'playwright-core';
import type { Bridge } from '../../../shared/contract/contract';
import type { Change } from '../../../shared/model/change';
import type { Connection, ConnectionId } from '../../../shared/model/connection';
import type { JournalItem } from '../../../shared/model/journal';
import { connect, demoPanel, demoPbx } from '../../demo/connect';
import {
  demoEdgeAccount,
  demoSimotelAccount,
  type EdgeOptions,
  type EdgeSimulator,
  type SimotelOptions,
  type SimotelSimulator,
  startEdge,
  startSimotel,
} from '../../simulators';
import { whenTestEnds } from './finish';
import { type LaunchOptions, launchPatchbay, type Patchbay } from './launch';

declare const window: { readonly patchbay: Bridge };

/** A running program that is connected to simulators, whose directories are read. */
export interface Office extends Patchbay {
  readonly pbx: SimotelSimulator;
  readonly panel: EdgeSimulator;
  /** The saved connections: "Tehran PBX" and "Message panel". */
  readonly pbxConnection: Connection;
  readonly panelConnection: Connection;
}

export interface OfficeOptions {
  readonly pbx?: SimotelOptions;
  readonly panel?: EdgeOptions;
  readonly launch?: LaunchOptions;
  /** Whether the directories are read at once; they are unless told otherwise. */
  readonly synced?: boolean;
}

/** Long: a simulator on a busy machine is not a server that does not answer. */
const answersMs = 30_000;

/** Starts both simulators and the program, connected and synced; ends all of it with the test. */
export async function openOffice({
  pbx: pbxOptions = { size: 12 },
  panel: panelOptions = { size: 8 },
  launch = {},
  synced = true,
}: OfficeOptions = {}): Promise<Office> {
  const pbx = await startSimotel(pbxOptions);
  const panel = await startEdge(panelOptions);
  const stop = () => Promise.all([pbx.stop(), panel.stop()]);
  whenTestEnds(() => stop().then(() => undefined));
  const patchbay = await launchPatchbay({ locale: 'en', ...launch });
  await patchbay.page.getByRole('navigation').waitFor();
  const pbxConnection = await connect(patchbay.page, demoPbx(pbx.url, demoSimotelAccount, answersMs));
  const panelConnection = await connect(patchbay.page, demoPanel(panel.url, demoEdgeAccount, answersMs));
  if (synced) {
    await sync(patchbay.page, pbxConnection.id);
    await sync(patchbay.page, panelConnection.id);
  }
  const dispose = async () => {
    await patchbay.dispose();
    await stop();
  };
  return { ...patchbay, dispose, pbx, panel, pbxConnection, panelConnection };
}

/** Starts the program again on the profile and keyring of an earlier launch, and waits for its window. */
export async function openAgain(before: Patchbay): Promise<Patchbay> {
  const again = await launchPatchbay({
    locale: 'en',
    profileDir: before.profileDir,
    keyring: before.keyring,
  });
  await again.page.getByRole('navigation').waitFor();
  return again;
}

/** Reads a directory anew, through the contract. A keyring that answers too late on a busy machine is asked again. */
async function sync(page: Page, connectionId: ConnectionId): Promise<void> {
  const once = async () => {
    const answer = await page.evaluate(
      (id) => window.patchbay.directory.sync({ connectionId: id }),
      connectionId,
    );
    return answer.ok ? 'synced' : answer.problem.code;
  };
  let said = await once();
  for (let more = 5; said.startsWith('keychain-') && more > 0; more -= 1) {
    await page.evaluate(() => window.patchbay.keychain.retry());
    said = await once();
  }
  if (said !== 'synced') throw new Error(`directory.sync: ${said}`);
}

/** The prepared change of a record as the main process has stored it, null where there is none. */
export async function storedChange(
  page: Page,
  connectionId: ConnectionId,
  remoteId: string,
): Promise<Change | null> {
  const answer = await page.evaluate((of) => window.patchbay.changes.get(of), { connectionId, remoteId });
  if (!answer.ok) throw new Error(`changes.get: ${answer.problem.code}`);
  return answer.value;
}

/** The prepared value of a field as stored, undefined where it has no edit. */
export async function storedNext(
  page: Page,
  connectionId: ConnectionId,
  remoteId: string,
  field: string,
): Promise<unknown> {
  const change = await storedChange(page, connectionId, remoteId);
  return change?.fields.find((one) => one.field === field)?.next;
}

/** Prepares an edit through the contract, for tests that begin where the editor has done its work. */
export async function prepare(
  page: Page,
  connectionId: ConnectionId,
  remoteId: string,
  edits: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [field, next] of Object.entries(edits)) {
    const input = { connectionId, remoteId, field, next };
    const answer = await page.evaluate((one) => window.patchbay.changes.setField(one), input);
    if (!answer.ok) throw new Error(`changes.setField: ${answer.problem.code}`);
  }
}

/** The newest entries of the history. */
export async function history(page: Page): Promise<readonly JournalItem[]> {
  const answer = await page.evaluate(() =>
    window.patchbay.journal.page({
      archive: null,
      site: null,
      connectionId: null,
      remoteId: null,
      field: null,
      outcome: null,
      workOrderId: null,
      from: null,
      to: null,
      text: '',
      before: null,
      limit: 50,
    }),
  );
  if (!answer.ok) throw new Error(`journal.page: ${answer.problem.code}`);
  return answer.value.items;
}
