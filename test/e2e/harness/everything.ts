import type { Bridge } from '../../../shared/contract/contract';
import type { OpenTab } from '../../../shared/model/workspace';
import { write } from './applying';
import { type Office, prepare } from './office';

declare const window: { readonly patchbay: Bridge };

/** Everything that the views show: changes of every kind, a history, templates, tabs of all sorts. */
export async function everythingPrepared({
  page,
  pbx,
  pbxConnection,
  panel,
  panelConnection,
}: Office): Promise<void> {
  const ids = pbx.records().map((record) => String(record._id));
  const user = String(panel.records()[0]?.user_id);
  const [first = '', second = '', third = '', fourth = ''] = ids;
  await write(page, pbxConnection.id, first, { name: 'Reception' });
  await prepare(page, pbxConnection.id, first, {
    name: 'Reception, evening',
    email: 'evening@behin.example',
  });
  await prepare(page, pbxConnection.id, second, { email: 'prepared@behin.example' });
  await prepare(page, pbxConnection.id, third, { email: 'not an address' });
  await prepare(page, pbxConnection.id, fourth, { name: 'Gone' });
  await prepare(page, panelConnection.id, user, { company: 'شرکت بهین' });
  pbx.patch(second, { email: 'somebody@else.example' });
  const order = await ok(page.evaluate(() => window.patchbay.workOrders.current()));
  const made = await ok(
    page.evaluate(() => window.patchbay.templates.create({ kind: 'simotel', name: 'Recorded', from: null })),
  );
  await ok(
    page.evaluate(
      (templateId) =>
        window.patchbay.templates.setRule({
          templateId,
          field: 'call_limit',
          rule: { rule: 'set', value: '3' },
        }),
      made.id,
    ),
  );
  const { id: connectionId } = pbxConnection;
  const tabs: OpenTab[] = [
    { type: 'overview' },
    { type: 'work-orders' },
    { type: 'history' },
    { type: 'settings' },
    { type: 'directory', connectionId },
    { type: 'editor', connectionId, remoteId: first, title: 'Reception', page: null },
    { type: 'editor', connectionId: panelConnection.id, remoteId: user, title: 'User', page: null },
    { type: 'plan', workOrderId: order.id, connectionId: null, changeId: null, title: '' },
    { type: 'bulk', connectionId },
    { type: 'sheet', connectionId },
    { type: 'templates' },
    {
      type: 'compare',
      items: [
        { connectionId, remoteId: first },
        { connectionId, remoteId: second },
      ],
    },
  ];
  await ok(
    page.evaluate((open) => window.patchbay.app.saveWorkspace({ tabs: open, active: 0, columns: {} }), tabs),
  );
  await page.reload();
  await page.locator('[id^="tab-compare"]').waitFor();
}

async function ok<T>(answer: Promise<{ ok: true; value: T } | { ok: false; problem: { code: string } }>) {
  const came = await answer;
  if (!came.ok) throw new Error(came.problem.code);
  return came.value;
}
