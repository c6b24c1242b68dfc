// A profile of the version before sealed values were bound to their places, and the program killed with SIGKILL at random
// moments of its first starts after. Whatever moment it was, the next start goes on; at the end every value opens to what
// it was, nothing of the former form is left, nothing that no catalog knows lies in clear, and the history is whole.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { openIntent } from '../../electron/apply/resolver';
import { DirectoryStore } from '../../electron/directory/store';
import { Sealer } from '../../electron/storage/sealing';
import { recordsOf } from '../../shared/model/connection';
import { createRng } from '../simulators/rng';
import { tempFolder } from '../support/endings';
import { keyIn, makeFormer } from '../support/former';
import { connect, type House, journalRows, ok, openHouse, planAndApply, type } from '../support/house';
import { idOf, pbx } from '../support/servers';
import { bundle } from './bundle';
import { FileKeychain } from './file-keychain';

const size = 600;
const kills = 30;
const unknown = 'UNKNOWN-CANARY-31';

it('is bound to its places whole, however often it is killed on the way', async () => {
  const seed = Number(process.env.PATCHBAY_SEED ?? Date.now() % 1_000_000);
  const rng = createRng(seed);
  const folder = tempFolder();
  const keychain = new FileKeychain(join(folder, 'keychain.json'));
  const before = await filled(folder, keychain);
  makeFormer(join(folder, 'patchbay.db'), keychain);
  // Written with what was taken out of it.
  await keychain.set('sealing-key', keychain.entries.get('sealing-key') ?? '');
  expect(clearInTables(folder)).not.toEqual([]);

  const worker = await bundle('binding-worker.ts', 'binding-worker.cjs');
  let landed = 0;
  let whole = 0;
  // The pace is found on the way, since how long a life takes differs between machines: short first, or a quick one is
  // whole before anything was killed.
  let longest = 20;
  for (let life = 0; life < kills && whole < 2; life += 1) {
    const child = spawn(process.execPath, [worker, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    await Promise.race([once(child.stdout, 'data'), ended]);
    const killing = setTimeout(() => child.kill('SIGKILL'), rng.int(0, Math.round(longest)));
    const [code, signal] = await ended;
    clearTimeout(killing);
    if (signal === 'SIGKILL') {
      landed += 1;
      longest *= 1.25;
    } else {
      expect(code).toBe(0);
      whole += 1;
      longest = Math.max(20, longest / 2);
    }
  }
  expect({ seed, landed }).toMatchObject({ landed: expect.any(Number) });
  expect(landed).toBeGreaterThan(0);

  const house = await openHouse({ folder, keychain: new FileKeychain(join(folder, 'keychain.json')) });
  house.services.recover();
  await house.services.binding.finished();
  expect({ seed, ...(await contents(house)) }).toEqual({ seed, ...before });
  await house.services.head.save();
  const report = await house.services.verifier.verify();
  expect({ seed, ...report }).toMatchObject({ brokenAt: null, tail: 'whole', index: { ok: true } });
  expect(keyIn(house.keychain)).toEqual(keyIn(keychain));
  house.close();
  // What lay in pages that were free goes with the next start.
  (await openHouse({ folder, keychain: house.keychain })).close();
  const bytes = readFileSync(join(folder, 'patchbay.db'));
  expect(bytes.includes('sealed1:')).toBe(false);
  expect(clearInTables(folder)).toEqual([]);
}, 600_000);

/** A profile with everything that is sealed: records, edits, a step's, a template, a run, the history. */
async function filled(folder: string, keychain: FileKeychain) {
  const server = await pbx({ size });
  for (let n = 0; n < size; n += 1)
    server.patch(idOf(server, n), { secret: `Had-Secret-${n}`, sip_pass: `${unknown}-${n}` });
  const house = await openHouse({ folder, keychain });
  const connection = await connect(house, 'simotel', server, { timeoutMs: 20_000 });
  for (let n = 0; n < 20; n += 1) await type(house, connection, idOf(server, n), 'secret', `Written-${n}-x`);
  await planAndApply(house);
  for (let n = 10; n < 60; n += 1)
    await type(house, connection, idOf(server, n), 'secret', `Prepared-${n}-x`);
  const { id } = await ok(house.ask.templates.create({ kind: 'simotel', name: 'T', from: null }));
  const value = { envelope: await house.envelope('Of-A-Template-1') };
  await ok(house.ask.templates.setRule({ templateId: id, field: 'secret', rule: { rule: 'set', value } }));
  const found = await contents(house);
  house.close();
  return found;
}

/** Every sealed value of a profile, open. */
async function contents(house: House) {
  const { services } = house;
  const [connection] = services.connections.list();
  if (!connection) throw new Error('there is no connection');
  const sealer = new Sealer();
  sealer.useKey(keyIn(house.keychain));
  const records = [...new DirectoryStore(house.database, sealer).opened(recordsOf(connection))].flat();
  const order = services.workOrders.current();
  const changes = await services.changes.openAll(order.id, null);
  const seqs = journalRows(house.database).flatMap((row) => (row.type === 'intent' ? [row.seq] : []));
  return {
    records,
    changes: changes.map(({ remoteId, edits, unreadable }) => ({ remoteId, edits, unreadable })),
    templates: services.templates.list().map(({ id }) => services.templates.open(id).rules),
    entries: seqs.map((seq) => openIntent(sealer, services.journal.find(seq))),
  };
}

function clearInTables(folder: string): string[] {
  const database = new DatabaseSync(join(folder, 'patchbay.db'));
  try {
    return ['record_bodies WHERE raw', 'history_text WHERE text', 'run_rows WHERE result'].filter(
      (of) => database.prepare(`SELECT 1 FROM ${of} LIKE '%${unknown}%' LIMIT 1`).get() !== undefined,
    );
  } finally {
    database.close();
  }
}
