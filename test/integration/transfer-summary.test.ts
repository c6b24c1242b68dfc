/** A work order's summary, from what is prepared and from what the journal says happened. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../support/endings';
import { connect, ok, openHouse, planAndApply, refused, type } from '../support/house';
import { idOf, panel, pbx } from '../support/servers';

const canary = 'CANARY-55aa-Secret!';

it('a summary says before applying what will change, and afterwards what happened, without a secret', async () => {
  const house = await openHouse();
  const server = await pbx();
  const tenant = await panel();
  const first = await connect(house, 'simotel', server, { name: 'Tehran PBX', site: 'Behin Co' });
  const second = await connect(house, 'edge', tenant, { name: 'Message <b>panel</b>' });
  await type(house, first, idOf(server, 0), 'name', 'سارا <script>alert(1)</script>');
  await type(house, first, idOf(server, 1), 'secret', canary);
  await type(house, second, idOf(tenant, 0), 'password', canary);
  const order = await ok(house.ask.workOrders.current());
  house.dialogs.save = join(tempFolder(), 'x.html');
  const page = async (language: 'en' | 'fa', what: 'html' | 'pdf' = 'html') => {
    const asked = house.ask.workOrders.summary({ workOrderId: order.id, what, language });
    expect(await ok(asked)).toEqual({ saved: house.dialogs.save });
    return readFileSync(house.dialogs.save ?? '', 'utf8');
  };

  const before = await page('en');
  expect(before).toContain('What will change (3)');
  expect(before).toContain('Nothing has been written yet.');
  expect(before).toContain('سارا &lt;script&gt;alert(1)&lt;/script&gt;');
  expect(before).toContain('Message &lt;b&gt;panel&lt;/b&gt;');

  await planAndApply(house);
  const after = await page('en');
  expect(after).toContain('What happened');
  expect(after).toContain('Tehran PBX');
  expect(after).toContain('applied: 3');
  expect(after).toContain('tester@bench');
  expect(after).not.toContain('What will change');
  const persian = await page('fa');
  expect(persian).toContain('اعمال شد: ۳');
  expect(await page('fa', 'pdf')).toMatch(/^%PDF/);
  for (const text of [before, after, persian]) expect(text).not.toContain(canary);
  expect(house.dialogs.suggested).toContain('WO-1.html');
});

it('a summary that cannot be written says so, and a cancelled one is nowhere', async () => {
  const house = await openHouse();
  const order = await ok(house.ask.workOrders.current());
  const asked = { workOrderId: order.id, what: 'html', language: 'en' } as const;
  expect(await ok(house.ask.workOrders.summary(asked))).toEqual({ saved: null });
  house.dialogs.save = join(tempFolder(), 'gone', 'x.html');
  expect(await refused(house.ask.workOrders.summary(asked))).toMatchObject({
    code: 'file-not-saved',
    params: { reason: 'folder-gone' },
  });
});
