/** Keeping as the window asks for it: the settings, backups, going back, who stands on an entry. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { everything } from '../../shared/model/journal';
import { tempFolder } from '../support/endings';
import { connect, ok, openHouse, planAndApply, refused, type } from '../support/house';
import { office, reopened } from '../support/office';
import { idOf, pbx } from '../support/servers';

const canary = 'CANARY-66bb-Secret!';

it('a backup made in the window is restored by a restart, and what came later is kept aside', async () => {
  const house = await openHouse();
  const order = await ok(house.ask.workOrders.create({ name: 'Then', customer: '', ticket: '', note: '' }));
  const made = await ok(house.ask.keeping.backUp());
  await ok(house.ask.workOrders.create({ name: 'Later', customer: '', ticket: '', note: '' }));
  expect(await ok(house.ask.keeping.backups())).toEqual([made]);
  expect(await ok(house.ask.keeping.check())).toEqual({ ok: true, detail: 'ok' });
  expect((await refused(house.ask.keeping.restore({ name: '../../etc/passwd' }))).code).toBe('not-found');
  expect(house.restarts).toEqual([]);
  await ok(house.ask.keeping.restore({ name: made.name }));
  expect(house.restarts).toEqual([house.folder]);
  const next = await reopened(house);
  const names = (await ok(next.ask.workOrders.list())).map(({ name }) => name);
  expect(names).toContain(order.name);
  expect(names).not.toContain('Later');
});

it('the settings are kept, and the display name stands on what is written from then on', async () => {
  const house = await openHouse();
  const keeping = {
    backups: 3,
    forgetSecretsAfterDays: null,
    displayName: 'رضا کریمی',
    warnAboveMegabytes: 50,
  };
  expect(await ok(house.ask.keeping.set(keeping))).toEqual(keeping);
  expect(await ok(house.ask.keeping.get())).toEqual(keeping);
  const server = await pbx();
  const connection = await connect(house, 'simotel', server);
  await type(house, connection, idOf(server, 0), 'name', 'Sara');
  await planAndApply(house);
  const { items } = await ok(house.ask.journal.page({ ...everything, before: null, limit: 10 }));
  expect(items[0]?.actor).toContain('رضا کریمی');
});

it('an export of what was really written has its hashes and no secret, in every format', async () => {
  const { house, server, connection } = await office({}, { site: 'بهین' });
  await type(house, connection, idOf(server, 0), 'secret', canary);
  await type(house, connection, idOf(server, 1), 'name', '=سارا');
  await planAndApply(house);
  for (const format of ['csv', 'jsonl', 'html'] as const) {
    house.dialogs.save = join(tempFolder(), `x.${format}`);
    const asked = { filter: everything, format, language: 'fa' } as const;
    expect(await ok(house.ask.journal.export(asked))).toEqual({ saved: house.dialogs.save, entries: 2 });
    const text = readFileSync(house.dialogs.save, 'utf8');
    expect(text).not.toContain(canary);
    expect(text).not.toMatch(/sealed\d/);
    expect(text).toContain('سارا');
    const hash = house.services.history.links([1]).get(1)?.[0]?.hash ?? 'none';
    expect(text).toContain(format === 'html' ? hash.slice(0, 12) : hash);
  }
  house.dialogs.save = null;
  const none = house.ask.journal.export({ filter: everything, format: 'csv', language: 'en' });
  expect(await ok(none)).toEqual({ saved: null, entries: 0 });
});
