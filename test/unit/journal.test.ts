import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Subject } from '../../electron/journal/journal';
import { connectionIdSchema } from '../../shared/model/connection';
import { everything, type JournalFilter } from '../../shared/model/journal';
import { problem } from '../../shared/model/problem';
import { type House, journalRows, ok, openHouse, refused, thrown } from '../support/house';
import { about, connectionId, ending, intent, subject } from '../support/journal';

const second = connectionIdSchema.parse(randomUUID());

let house: House;

beforeEach(async () => {
  house = await openHouse();
});

const pageOf = (filter: Partial<JournalFilter> = {}, before: number | null = null, limit = 50) =>
  ok(
    house.ask.journal.page({
      ...everything,
      ...filter,
      before,
      limit,
    }),
  );
const countOf = (filter: Partial<JournalFilter> = {}) =>
  ok(house.ask.journal.count({ ...everything, ...filter }));
const idsOf = async (filter: Partial<JournalFilter> = {}) =>
  (await pageOf(filter)).items.map((item) => item.remoteId);

describe('the journal', () => {
  it('is there after the program has gone', async () => {
    house.services.journal.intent(subject('a'), intent());
    // No close: as when the program is killed.
    house = await openHouse({ folder: house.folder, keychain: house.keychain });
    expect(await idsOf()).toEqual(['a']);
  });

  it('knows the intents that have no outcome yet, oldest first', () => {
    const { journal } = house.services;
    const open = journal.intent(subject('a'), intent());
    const done = journal.intent(subject('b'), intent());
    const late = journal.intent(subject('c'), intent());
    journal.outcome(done, subject('b'), 'applied', ending());
    expect(journal.open().map(({ seq }) => seq)).toEqual([open, late]);
    expect(journal.open()[0]).toMatchObject({
      remoteId: 'a',
      connectionId,
      intent: { before: { name: 'A' } },
    });
  });

  it('lets the newest outcome of an intent count, and keeps the earlier ones', async () => {
    const { journal } = house.services;
    const seq = journal.intent(subject('a'), intent());
    expect(journal.find(seq).outcome).toBeNull();
    journal.outcome(seq, subject('a'), 'unknown', ending());
    journal.outcome(seq, subject('a'), 'applied', ending({ by: 'resolve' }));
    expect(journal.find(seq).outcome).toBe('applied');
    expect((await pageOf()).items).toMatchObject([{ seq, outcome: 'applied' }]);
    expect(journalRows(house.database).map((row) => row.outcome)).toEqual([null, 'unknown', 'applied']);
  });

  it('finds intents only', () => {
    const { journal } = house.services;
    const note = journal.note(subject('a'), { ...about, note: 'reveal', field: 'secret' });
    for (const seq of [note, 999]) expect(thrown(() => journal.find(seq)).code).toBe('not-found');
  });

  it('takes nothing that does not have the form of an entry', () => {
    const { journal } = house.services;
    const broken = { ...intent(), runId: 'no uuid' };
    expect(() => journal.intent(subject('a'), broken)).toThrow();
    const more = { ...ending(), secret: 'CANARY' };
    const seq = journal.intent(subject('a'), intent());
    expect(() => journal.outcome(seq, subject('a'), 'applied', more)).toThrow();
    expect(journalRows(house.database)).toHaveLength(1);
  });

  it('takes no outcome of an intent that it does not have', () => {
    expect(() => house.services.journal.outcome(77, subject('a'), 'applied', ending())).toThrow();
    expect(journalRows(house.database)).toEqual([]);
  });
});

describe('the history', () => {
  it('shows what happened in full: who, where, field by field, what the server said, newest first', async () => {
    const { journal } = house.services;
    const seq = journal.intent(subject('a'), intent());
    const difference = { field: 'email', before: 'x@y.ir', after: '' };
    journal.outcome(seq, subject('a'), 'rejected', {
      ...ending(),
      result: {
        problem: problem('rejected', {}, 'درخواست رد شد'),
        notStored: [difference],
        sideEffects: [],
        unverifiable: ['password'],
      },
    });
    journal.note(subject('b'), { ...about, note: 'copy', field: 'secret' });
    const { items } = await pageOf();
    expect(await countOf()).toBe(2);
    expect(items).toMatchObject([
      { type: 'copy', remoteId: 'b', outcome: null, result: null, fields: [{ field: 'secret' }] },
      {
        seq,
        type: 'write',
        ...about,
        fields: [{ field: 'name', before: 'A', after: 'B' }],
        outcome: 'rejected',
        result: {
          problem: { serverMessage: 'درخواست رد شد' },
          notStored: [difference],
          unverifiable: ['password'],
        },
      },
    ]);
    expect(items[1]?.endedAt).toBeGreaterThanOrEqual(items[1]?.at ?? Number.NaN);
  });

  it('shows an intent that is in flight without an outcome', async () => {
    house.services.journal.intent(subject('a'), intent());
    expect((await pageOf()).items).toMatchObject([{ outcome: null, result: null, endedAt: null }]);
  });

  it('shows of a secret that it changed, and never a value', async () => {
    const sealed = house.services.journal;
    const kept = { sealed: 'sealed1:k:i:CANARY' };
    const seq = sealed.intent(
      subject('a'),
      intent({ fields: [{ field: 'secret', before: kept, after: kept }] }),
    );
    sealed.outcome(seq, subject('a'), 'side-effect', {
      ...ending(),
      result: {
        problem: null,
        notStored: [],
        sideEffects: [{ field: 'sip_password', before: kept, after: null }],
        unverifiable: [],
      },
    });
    expect((await pageOf()).items).toMatchObject([
      {
        fields: [{ before: { secret: 'set' }, after: { secret: 'set' } }],
        result: { sideEffects: [{ before: { secret: 'set' }, after: { secret: 'empty' } }] },
      },
    ]);
    expect(house.seen()).not.toContain('CANARY');
  });

  it('is filtered by connection, record, outcome and text, and all of them together', async () => {
    const { journal } = house.services;
    const put = (at: Subject, outcome: 'applied' | 'rejected') =>
      journal.outcome(journal.intent(at, intent()), at, outcome, ending());
    put(subject('a', { title: '101 علی' }), 'applied');
    put(subject('b', { title: '102 Sara_1' }), 'rejected');
    put(subject('a', { connectionId: second, title: '103 Mina 100%' }), 'applied');
    journal.note(
      subject('d', { title: '104 Skipped' }),
      { ...about, note: 'not-written', fields: [], problem: problem('changed-since-plan') },
      'skipped',
    );
    expect(await idsOf()).toEqual(['d', 'a', 'b', 'a']);
    expect(await idsOf({ connectionId })).toEqual(['d', 'b', 'a']);
    expect(await idsOf({ remoteId: 'a' })).toEqual(['a', 'a']);
    expect(await idsOf({ outcome: 'applied' })).toEqual(['a', 'a']);
    expect(await idsOf({ outcome: 'skipped' })).toEqual(['d']);
    expect(await idsOf({ text: 'علی' })).toEqual(['a']);
    expect(await idsOf({ text: 'sara' })).toEqual(['b']);
    // What means something to the database means itself here.
    expect(await idsOf({ text: '%' })).toEqual(['a']);
    expect(await idsOf({ text: '_' })).toEqual(['b']);
    expect(await idsOf({ text: "' OR 1 = 1 --" })).toEqual([]);
    const both = { connectionId, remoteId: 'a', outcome: 'applied', text: '101' } as const;
    expect(await pageOf(both)).toMatchObject({ items: [{ remoteId: 'a' }] });
    expect(await countOf(both)).toBe(1);
  });

  it('comes page by page without a gap or a double, also while entries are added', async () => {
    const { journal } = house.services;
    for (let n = 0; n < 7; n += 1) journal.intent(subject(`r${n}`), intent());
    const one = await pageOf({}, null, 3);
    journal.intent(subject('new'), intent());
    const two = await pageOf({}, one.items.at(-1)?.seq, 3);
    const three = await pageOf({}, two.items.at(-1)?.seq, 3);
    expect([one, two, three].flatMap(({ items }) => items.map((item) => item.remoteId))).toEqual([
      'r6',
      'r5',
      'r4',
      'r3',
      'r2',
      'r1',
      'r0',
    ]);
    expect(await countOf()).toBe(8);
  });

  it('has no entry under the number of an outcome, and says so', async () => {
    const { journal, history } = house.services;
    const seq = journal.intent(subject('a'), intent());
    journal.outcome(seq, subject('a'), 'applied', ending());
    expect(history.item(seq)).toMatchObject({ seq, outcome: 'applied' });
    expect(thrown(() => history.item(seq + 1)).code).toBe('not-found');
    expect((await refused(house.ask.apply.resolve({ seq: seq + 1 }))).code).toBe('not-found');
  });
});
