import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { channelOf, contract } from '../../shared/contract/contract';
import { draftFor, ok, openHouse } from '../support/house';

const requests = Object.entries(contract).flatMap(([group, members]) =>
  Object.entries(members).map(([name, { touches }]) => ({ name: `${group}.${name}`, touches })),
);

/** They read, or what they do is none of the topics' (a file, the clipboard, a dialog). */
const reading = [
  'app.info app.workspace app.formDraft app.readyToClose app.stay',
  'lock.settings lock.now lock.unlock',
  'about.licences about.licence about.feed about.check',
  'support.log support.diagnostics support.saveDiagnostics',
  'connections.list connections.reach connections.ownAddress connections.removal connections.test connections.credentials',
  'credentials.moved authorities.list',
  'directory.summaries directory.page directory.record directory.distinct directory.lookup',
  'changes.counts changes.page changes.ids changes.edited changes.editedSince changes.secrets changes.get',
  'workOrders.list workOrders.current workOrders.openFile workOrders.previewFile workOrders.summary',
  'plan.make plan.rows plan.confirm',
  'apply.run apply.rows apply.newest apply.unfinished apply.left apply.leftRows apply.settings',
  'journal.page journal.count journal.sites journal.item journal.revertPreview journal.compare',
  'journal.verify journal.export',
  'keeping.get keeping.backups keeping.check keeping.size keeping.openArchive keeping.closeArchive',
  'keeping.verifyArchive jobs.cancel jobs.list selection.count bulk.draft bulk.fields bulk.preview batches.rows steps.list',
  'sheets.open sheets.paste sheets.view sheets.configure sheets.preview sheets.problems sheets.close',
  'templates.list templates.export compare.records compare.alike compare.numbered',
];

/** They write, and who asked is the only one that shows it: the answer brings all of it. */
const answered = [
  'app.setPreferences app.saveWorkspace app.keepFormDraft lock.set lock.setPassphrase about.setFeed',
  'apply.setSettings keeping.set keeping.backUp keeping.restore authorities.forgetMissing',
];

/** They begin or end what tells of itself while it goes on. */
const tellingItself = [
  'keychain.retry keychain.useSession keychain.acceptKey',
  'apply.start apply.pause apply.resume apply.cancel batches.prepare steps.undo',
];

const names = (lines: readonly string[]): string[] => lines.flatMap((line) => line.split(' '));

describe('a request', () => {
  it('says what it touches, unless it is known to need no telling', () => {
    const untold = requests.filter(({ touches }) => touches.length === 0).map(({ name }) => name);
    expect(untold.sort()).toEqual(names([...reading, ...answered, ...tellingItself]).sort());
  });

  it('that touches something is told when it has ended, whatever became of it, of the connection that it names', async () => {
    const house = await openHouse();
    await expect.poll(() => house.emitted.length).toBeGreaterThan(0);
    const told = () => house.emitted.flatMap((one) => (one.name === 'changed' ? [one.payload] : []));
    const before = told().length;
    const connectionId = '11111111-1111-4111-8111-111111111111';
    await house.send(channelOf('changes', 'setField'), {
      connectionId,
      remoteId: 'a',
      field: 'name',
      next: 'x',
    });
    await expect.poll(told).toHaveLength(before + 1);
    expect(told().at(-1)).toEqual({ topics: ['changes', 'workOrders'], connectionId });
    await house.send(channelOf('templates', 'create'), { kind: 'simotel', name: 'T', from: null });
    await expect.poll(told).toHaveLength(before + 2);
    expect(told().at(-1)).toEqual({ topics: ['templates'], connectionId: null });
  });

  it('that the user cancels in its dialog touches nothing; carried out, it does', async () => {
    const house = await openHouse();
    await expect.poll(() => house.emitted.length).toBeGreaterThan(0);
    const told = () => house.emitted.flatMap((one) => (one.name === 'changed' ? [one.payload.topics] : []));
    const before = told().length;
    const { id: workOrderId } = await ok(house.ask.workOrders.current());
    const connection = await ok(house.ask.connections.create(draftFor('simotel', 'http://127.0.0.1:9')));
    await expect.poll(told).toHaveLength(before + 1);
    const sheet: Parameters<typeof house.ask.sheets.export>[0] = {
      connectionId: connection.id,
      rows: 'all',
      columns: ['name'],
      headings: 'names',
      delimiter: ',',
      secrets: false,
      language: 'en',
      query: { text: '', sort: null, onlyChanged: false },
      job: randomUUID(),
    };
    const exported = () => house.ask.workOrders.export({ workOrderId, secrets: 'omit', passphrase: null });
    expect(await ok(house.ask.authorities.add())).toBeNull();
    expect(await ok(house.ask.templates.import())).toBeNull();
    expect(await ok(exported())).toMatchObject({ saved: null });
    expect(await ok(house.ask.sheets.export(sheet))).toMatchObject({ saved: null });
    house.dialogs.save = join(house.folder, 'order.json');
    expect(await ok(exported())).not.toMatchObject({ saved: null });
    // Announcements come in order: had a cancelled request made one, it would stand before this.
    await expect.poll(told).toEqual([...told().slice(0, before + 1), ['journal']]);
  });

  it('that is refused before it is carried out touches nothing, and one that reads neither', async () => {
    const house = await openHouse();
    const told = () => house.emitted.filter(({ name }) => name === 'changed');
    await expect.poll(told).toHaveLength(1);
    await house.send(channelOf('changes', 'drop'), { changeIds: [] });
    await house.send(channelOf('workOrders', 'create'), { name: 'x' }, true);
    await house.send(channelOf('workOrders', 'list'), undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told()).toHaveLength(1);
  });
});
