import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Intent } from '../../electron/journal/entries';
import type { Journal } from '../../electron/journal/journal';
import { openDatabase } from '../../electron/storage/database';
import { everything as all } from '../../shared/model/journal';
import { tempFolder } from '../support/endings';
import { type House, journalRows, ok, openHouse, refused } from '../support/house';
import { addWrites, connectionId, intent, subject } from '../support/journal';
import { buildVersion } from '../support/schema';

const result = { problem: null, notStored: [], sideEffects: [], unverifiable: [] };

/** Adds writes, each with its outcome. */
const add = (journal: Journal, count: number, more: Partial<Intent> = {}): void =>
  addWrites(journal, count, { of: () => more });

/** Does to the file what only somebody with the file open can do. */
function tamper(house: House, sql: string): void {
  house.database.exec(`DROP TRIGGER journal_is_not_rewritten; DROP TRIGGER journal_is_not_shortened;
    PRAGMA foreign_keys = OFF; ${sql}`);
}

let house: House;

beforeEach(async () => {
  house = await openHouse();
});

describe('the chain', () => {
  it('holds from the first entry to the last, and says how far it looked', async () => {
    add(house.services.journal, 4);
    const report = await ok(house.ask.journal.verify({}));
    expect(report).toMatchObject({ ok: true, checked: 8, brokenAt: null });
    const told = house.emitted.filter(({ name }) => name === 'jobProgress');
    expect(told.at(-2)?.payload).toMatchObject({ kind: 'verify', phase: 'working', done: 8, total: 8 });
    expect(told.at(-1)?.payload).toMatchObject({ kind: 'verify', phase: 'done', done: 8, total: 8 });
  });

  it('holds where there is no entry at all', async () => {
    expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: true, checked: 0, brokenAt: null });
  });

  const attacks: [string, string, number][] = [
    ['a changed body', `UPDATE journal SET body = replace(body, '"B"', '"C"') WHERE seq = 3`, 3],
    ['a changed time', 'UPDATE journal SET at = at - 1 WHERE seq = 5', 5],
    ['another record', `UPDATE journal SET remote_id = 'r9' WHERE seq = 1`, 1],
    ['another outcome', `UPDATE journal SET outcome = 'rejected' WHERE seq = 4`, 4],
    ['an entry taken out', 'DELETE FROM journal WHERE seq = 4', 5],
    ['the first entries taken out', 'DELETE FROM journal WHERE seq <= 2', 3],
    ['a hash made to fit its own entry only', `UPDATE journal SET prev = '', hash = '' WHERE seq = 6`, 6],
  ];
  for (const [what, sql, at] of attacks) {
    it(`is found broken at the first entry that does not hold: ${what}`, async () => {
      add(house.services.journal, 4);
      tamper(house, sql);
      expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: false, brokenAt: at });
    });
  }

  it('is stopped when the person has enough of it', async () => {
    add(house.services.journal, 400);
    const job = randomUUID();
    const verifying = refused(house.ask.journal.verify({ job }));
    await house.when(({ name }) => name === 'jobProgress');
    expect((await refused(house.ask.journal.verify({}))).code).toBe('busy');
    await ok(house.ask.jobs.cancel({ job }));
    expect((await verifying).code).toBe('cancelled');
    expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: true });
  });
});

describe('the end of the chain', () => {
  it('is whole where the keychain knows the newest entry', async () => {
    add(house.services.journal, 2);
    await house.services.head.save();
    expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: true, tail: 'whole' });
    add(house.services.journal, 1);
    expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: true, tail: 'whole' });
  });

  it('is seen to be cut where the last entries were taken away, also after others were added', async () => {
    add(house.services.journal, 3);
    await house.services.head.save();
    tamper(house, 'DELETE FROM journal WHERE seq >= 5; UPDATE sqlite_sequence SET seq = 4');
    expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: false, brokenAt: null, tail: 'cut' });
    add(house.services.journal, 3);
    await house.services.head.save();
    expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: false, brokenAt: null, tail: 'cut' });
  });

  it('is not known where the keychain remembers none, or is closed, and is not called sound then', async () => {
    const unopened = await openHouse({ unlocked: false });
    expect(await ok(unopened.ask.journal.verify({}))).toMatchObject({ ok: false, tail: 'unknown' });
    add(house.services.journal, 1);
    await house.services.head.save();
    house.keychain.fails = 'locked';
    expect(await ok(house.ask.journal.verify({}))).toMatchObject({
      ok: false,
      brokenAt: null,
      tail: 'unknown',
    });
  });

  it('is remembered by itself a moment after an entry, and no entry waits for a closed keychain', async () => {
    house.keychain.fails = 'timed-out';
    add(house.services.journal, 1);
    await house.services.head.save();
    house.keychain.fails = undefined;
    await house.vault.open();
    add(house.services.journal, 1);
    await expect
      .poll(() => [...house.keychain.entries].find(([name]) => name.startsWith('journal-head/'))?.[1], {
        timeout: 60_000,
      })
      .toContain('"seq":4');
  });
});

describe('sealed values', () => {
  const kept = (text: string) => ({ sealed: `sealed1:k:i:${text}` });

  it('stand beside the journal, and can be forgotten without breaking the chain', async () => {
    const { journal } = house.services;
    add(journal, 1, {
      fields: [{ field: 'secret', before: kept('before'), after: kept('after') }],
      before: { _id: 'x', secret: { $sealed: 'sealed1:k:i:before' } },
    });
    expect(
      journalRows(house.database)
        .map((row) => row.body)
        .join(),
    ).not.toContain('sealed1');
    expect(journal.find(1).intent.fields[0]).toMatchObject({ before: kept('before'), after: kept('after') });
    expect(house.services.forgetSecrets(1)).toBe(0);
    expect(house.services.forgetSecrets(-1)).toBe(2);
    expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: true, checked: 2 });
    expect((await ok(house.ask.journal.item({ seq: 1 }))).fields).toMatchObject([
      { before: { secret: 'set' }, after: { secret: 'set' } },
    ]);
  });

  it('of a write whose fate is not known yet are kept, however old', () => {
    const { journal } = house.services;
    journal.intent(subject('a'), intent({ fields: [{ field: 'secret', before: null, after: kept('x') }] }));
    expect(house.services.forgetSecrets(-1)).toBe(0);
  });

  it('that were exchanged for others are found', async () => {
    add(house.services.journal, 2, { fields: [{ field: 'secret', before: null, after: kept('x') }] });
    house.database.exec(`UPDATE journal_secrets SET sealed = 'sealed1:k:i:other' WHERE seq = 3`);
    expect(await ok(house.ask.journal.verify({}))).toMatchObject({ ok: false, brokenAt: 3 });
  });
});

describe('a journal of an older version', () => {
  const body = JSON.stringify(
    intent({ fields: [{ field: 'secret', before: { sealed: 'sealed1:k:i:OLD' }, after: null }] }),
  ).replaceAll("'", "''");
  const ended = JSON.stringify({ result, after: { name: 'B' }, by: 'run' });
  const fill = `
    INSERT INTO journal (at, type, connection_id, remote_id, title, body)
      VALUES (1000, 'intent', '${connectionId}', 'a', '1203 رضا', '${body}');
    INSERT INTO journal (at, type, intent_seq, connection_id, remote_id, title, outcome, body)
      VALUES (2000, 'outcome', 1, '${connectionId}', 'a', '1203 رضا', 'applied', '${ended}');
    INSERT INTO journal (at, type, connection_id, remote_id, title, body)
      VALUES (3000, 'note', '${connectionId}', 'b', 'unreadable', 'no JSON');`;

  it('is chained, searched and forgets as if it had been written by this one', async () => {
    const folder = tempFolder();
    buildVersion(`${folder}/patchbay.db`, 2, fill);
    openDatabase(`${folder}/patchbay.db`).database.close();
    const next = await openHouse({ folder });
    expect(await ok(next.ask.journal.verify({}))).toMatchObject({ ok: true, checked: 3 });
    add(next.services.journal, 1);
    expect(await ok(next.ask.journal.verify({}))).toMatchObject({ ok: true, checked: 5 });
    const found = await next.services.history.page(
      { ...all, text: 'رضا', outcome: 'applied', field: 'secret' },
      null,
      9,
    );
    expect(found.items.map(({ seq }) => seq)).toEqual([1]);
    expect(next.services.journal.find(1).intent.fields[0]?.before).toEqual({ sealed: 'sealed1:k:i:OLD' });
    expect(
      journalRows(next.database)
        .map((row) => row.body)
        .join(),
    ).not.toContain('OLD');
    expect(next.services.forgetSecrets(1)).toBe(1);
    expect(await ok(next.ask.journal.verify({}))).toMatchObject({ ok: true, checked: 5 });
  });

  it('gets the same side tables as a new one, and no value of a field that nobody knows stands in them', async () => {
    const folder = tempFolder();
    const effects = [
      { field: 'description', before: 'رضا ي', after: 'Reza' },
      { field: 'of_a_plugin', before: '', after: 'plugin-value' },
    ];
    const notStored = [{ field: 'name', before: 'A', after: 'Kept-name' }];
    const effect = JSON.stringify({
      result: { ...result, notStored, sideEffects: effects },
      after: {},
      by: 'run',
    });
    const { connectionName, site, kind, workOrder, actor } = intent();
    const note = JSON.stringify({
      ...{ connectionName, site, kind, workOrder, actor, note: 'not-written', fields: notStored },
      problem: { code: 'cancelled', serverMessage: 'Said Of It' },
    });
    buildVersion(
      `${folder}/patchbay.db`,
      2,
      `${fill}
      INSERT INTO journal (at, type, intent_seq, connection_id, remote_id, title, outcome, body)
        VALUES (4000, 'outcome', 1, '${connectionId}', 'a', '1203 رضا', 'side-effect', '${effect}');
      INSERT INTO journal (at, type, connection_id, remote_id, title, outcome, body)
        VALUES (5000, 'note', '${connectionId}', 'b', '1204', 'cancelled', '${note}');`,
    );
    const { database } = openDatabase(`${folder}/patchbay.db`);
    const texts: unknown[] = database.prepare('SELECT text FROM history_text ORDER BY seq').all();
    database.close();
    expect(texts).toHaveLength(2);
    expect(JSON.stringify(texts)).toContain('kept-name');
    expect(JSON.stringify(texts)).not.toContain('plugin-value');
    const next = await openHouse({ folder });
    expect(await ok(next.ask.journal.verify({}))).toMatchObject({ ok: true, checked: 5 });
    for (const [text, seqs] of [
      ['reza', [1]],
      ['said of it', [5]],
    ] as const) {
      const { items } = await next.services.history.page({ ...all, text }, null, 9);
      expect(items.map(({ seq }) => seq)).toEqual(seqs);
    }
  });
});
