import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BatchRow } from '../../shared/model/batch';
import type { Connection } from '../../shared/model/connection';
import type { EdgeSimulator, SimotelSimulator } from '../simulators';
import { connect, type House, makePlan, ok, openHouse, planAndApply, refused, type } from '../support/house';
import { job, openDraft, preview, rowsOf, rule } from '../support/many';
import { pageOf } from '../support/office';
import { idOf, panel, pbx } from '../support/servers';

/*
 * What reaches a server, by whichever way it comes in: cells, typing, rules.
 */

let house: House;
let server: SimotelSimulator;
let edge: EdgeSimulator;
let ours: Connection;
let theirs: Connection;
let id: string;
let user: string;

beforeEach(async () => {
  house = await openHouse();
  server = await pbx({ size: 6 });
  edge = await panel({ size: 4 });
  id = idOf(server, 1);
  server.patch(id, {
    number: '0202',
    name: 'Sara',
    secret: 'S3cret-202',
    email: 'sara@example.ir',
    cid_number: '',
  });
  server.patch(idOf(server, 0), { number: '201', name: 'علی رضایی' });
  user = String(edge.records()[1]?.uname);
  ours = await connect(house, 'simotel', server, { timeoutMs: 8_000 });
  theirs = await connect(house, 'edge', edge, { timeoutMs: 8_000 });
});

/** What a file comes to. */
async function taken(connection: Connection, content: string | Uint8Array) {
  house.dialogs.open = join(house.folder, 'values.csv');
  writeFileSync(house.dialogs.open, content);
  const view = await ok(house.ask.sheets.open({ connectionId: connection.id, job: job() }));
  if (!view) throw new Error('no file was chosen');
  const summary = await ok(house.ask.sheets.preview({ sheetId: view.id, job: job() }));
  const asked = { batchId: summary.id, status: null, offset: 0, limit: 500 };
  return { summary, rows: (await ok(house.ask.batches.rows(asked))).rows };
}

/** What one cell of one record comes to. */
async function cell(field: string, text: string): Promise<BatchRow | undefined> {
  return (await taken(ours, `number\t${field}\n0202\t${text}\n`)).rows[0];
}

const codes = (row: BatchRow | undefined) => row?.problems.map(({ code }) => code).join(' ') ?? 'no row';

describe('a cell', () => {
  it.each([
    ['secret', 'NULL', 'field.error-value'],
    ['secret', 'nan', 'field.error-value'],
    ['secret', '#REF!', 'field.error-value'],
    ['secret', '1.23457E+15', 'reason.scientific'],
    ['secret', '۱٫۲۳۴۵۷E+۱۵', 'reason.scientific'],
    ['secret', 'Reg\u200b1st3r', 'field.control-characters'],
    ['secret', 'Reg\u00a01st3r', 'field.control-characters'],
    ['name', '#N/A', 'field.error-value'],
    ['name', '#NOM?', 'field.error-value'],
    ['name', 'None', 'field.error-value'],
    ['name', '=VLOOKUP(A2,B:C,2)', 'reason.formula'],
    ['name', 'علی ?? رضا???', 'field.letters-lost'],
    ['name', '1.23457E+15', 'reason.scientific'],
    ['cid_number', '########', 'field.error-value'],
    ['cid_number', '1,234', 'reason.separators'],
    ['forward_policy.Busy', '########', 'field.error-value'],
    ['description', '\\N', 'field.error-value'],
    ['email', 'a@example.ir; b@example.ir', 'reason.two-addresses'],
    ['port', 'Err:502', 'field.error-value'],
    ['name', 'Loading...', 'field.error-value'],
    ['name', 'Ali #REF!', 'field.error-value'],
    ['name', 'null null', 'field.error-value'],
    ['name', 'Error 2042', 'field.error-value'],
    ['name', '#DIV/0', 'field.error-value'],
    ['name', 'N/A', 'field.error-value'],
    ['secret', '0', 'field.error-value'],
    ['secret', 'xxxxxxxx', 'field.error-value'],
    ['secret', '<hidden>', 'field.error-value'],
    ['secret', '????', 'field.error-value'],
    ['secret', 'Mar-24', 'field.error-value'],
    ['secret', '1234567890123450', 'field.error-value'],
    ['secret', '1.23457E15', 'reason.scientific'],
    ['secret', '="00777', 'reason.formula'],
    ['secret', '\'="00777"', 'reason.formula'],
    ['nat', 'n\u00a0o', 'field.control-characters'],
    ['name', 'ط¹ظ„غŒ ط±ط¶ط§غŒغŒ', 'field.letters-lost'],
    ['name', 'JosÃ© MuÃ±oz', 'field.letters-lost'],
    ['name', 'Úáí ÑÖÇíí', 'field.letters-lost'],
    ['name', 'Jos? Mu?oz', 'field.letters-lost'],
    ['name', 'عل¿ رضا¿¿', 'field.letters-lost'],
    ['name', '&#1593;&#1604;&#1740;', 'field.letters-lost'],
    ['name', '\\u0639\\u0644\\u06cc', 'field.letters-lost'],
    ['email', 'ali@example..ir', 'field.not-email'],
    ['email', 'ali@example.ir!', 'field.not-email'],
    ['email', '*ali@example.ir*', 'field.not-email'],
  ])('of %s that says %j is held back with its reason, %s', async (field, text, code) => {
    const row = await cell(field, text);
    expect([row?.status, codes(row)]).toEqual(['invalid', code]);
    // Nothing is said of what stands in a secret's cell.
    if (field === 'secret') expect(JSON.stringify(row?.problems)).not.toContain(text);
  });

  it.each([
    ['secret', '="00777"', '00777'],
    ['secret', 'Reg1st3r\u200b', 'Reg1st3r'],
    ['secret', "'00777", '00777'],
    ['cid_number', '="02188776655"', '02188776655'],
    ['cid_number', '\u202a02188776655\u202c', '02188776655'],
    ['cid_number', '=T("021")', '021'],
    ['cid_number', '۲۰۱٫۰', '201'],
    ['cid_number', '＊７２＃', '*72#'],
    ['cid_number', '021\u202f8877\u00a06655', '02188776655'],
    ['cid_number', '=“021”', '021'],
    ['email', 'new@\u00a0example.ir', 'new@example.ir'],
    ['email', 'SMTP:ali@example.ir', 'ali@example.ir'],
    ['name', '\u2066Nima\u2069', 'Nima'],
    ['name', 'علی\u200cرضا', 'علی\u200cرضا'],
    ['email', 'new@example.ir\u200b', 'new@example.ir'],
    ['email', 'ali@example.ir;', 'ali@example.ir'],
    ['email', '<ali@example.ir>', 'ali@example.ir'],
    ['email', 'Ali <ali@example.ir>,', 'ali@example.ir'],
    ['email', 'mailto:ali@example.ir', 'ali@example.ir'],
  ])('of %s that says %j is written as %j', async (field, text, value) => {
    const { summary, rows } = await taken(ours, `number\t${field}\n0202\t${text}\n`);
    expect([rows[0]?.status, codes(rows[0])]).toEqual(['differs', '']);
    await ok(house.ask.batches.prepare({ batchId: summary.id, job: job() }));
    await planAndApply(house, ours);
    expect(server.record(id)?.[field]).toBe(value);
  });

  it.each(['\u200f1406/08/30', '۱۴۰۶/۰۸/۳۰\u200e', '2027–11–21'])(
    'that says the day %j says 2027-11-21',
    async (text) => {
      const { rows } = await taken(theirs, `uname\texpire_time\n${user}\t${text}\n`);
      expect(rows[0]?.fields[0]?.to).toBe('2027-11-21');
    },
  );

  it.each([
    '\u200e201',
    '2\u00a001',
    '="201"',
    '=201',
    '201.0000',
    '201.0',
    '201,0',
    "'201",
    '۲۰۱',
    '"""201"""',
  ])('that says which record its row is about is understood where that is sure: %j', async (key) => {
    const { rows } = await taken(ours, `number\tname\n${key}\tNew Name\n`);
    expect([rows[0]?.remoteId, rows[0]?.status]).toEqual([idOf(server, 0), 'differs']);
  });

  it('that differs from what the server has only by what a code page cannot hold is no edit', async () => {
    const row = (name: string) =>
      taken(ours, `number\tname\n201\t${name}\n`).then(({ rows }) => rows[0]?.status);
    expect(await row('علي رضايي')).toBe('same');
    expect(await row('عل? رضا??')).toBe('invalid');
    // In the forms that letters are drawn in.
    expect(await row('ﻋﻠﯽ ﺭﺿﺎﯾﯽ')).toBe('same');
    // Put right where the server has the Arabic letters, it is one.
    server.patch(idOf(server, 0), { name: 'علي رضايي' });
    await ok(house.ask.directory.sync({ connectionId: ours.id }));
    expect(await row('علی رضایی')).toBe('differs');
  });

  it('that says what the server has itself is never an edit, whatever it is', async () => {
    server.patch(id, { name: 'Ali\u200b #REF!\u00a0', description: 'NULL', email: '<n/a>;', secret: '#N/A' });
    await ok(house.ask.directory.sync({ connectionId: ours.id }));
    const { rows } = await taken(
      ours,
      'number\tname\tdescription\temail\tsecret\n0202\tAli\u200b #REF!\u00a0\tNULL\t<n/a>;\t#N/A\n',
    );
    expect([rows[0]?.status, codes(rows[0])]).toEqual(['same', '']);
  });

  it('that a spreadsheet has spoilt never becomes a value, whatever stood in it', async () => {
    const damage = fc.constantFrom(
      '#N/A',
      '#REF!',
      '#VALUE!',
      '#DIV/0!',
      '#BEZUG!',
      'Err:502',
      '########',
      'NULL',
      '\\N',
      '9.12E+09',
    );
    const around = fc.constantFrom('', ' ', '\u200e', '\u00a0', '\ufeff');
    const field = fc.constantFrom(
      'name',
      'secret',
      'email',
      'cid_number',
      'description',
      'host',
      'port',
      'deny',
    );
    const cells = fc.sample(fc.tuple(field, around, damage, around), 60);
    for (const name of new Set(cells.map(([one]) => one))) {
      for (const [, left, text, right] of cells.filter(([one]) => one === name)) {
        const row = await cell(name, left + text + right);
        expect([name, text, row?.status, row?.fields]).toEqual([name, text, 'invalid', []]);
      }
    }
  });
});

describe('a heading', () => {
  it.each([
    ['شماره‌داخلی', 'number'],
    ['ش. داخلی', 'number'],
    ['Extension (required)', 'number'],
    ['Internal No.', 'number'],
    ['SIP Extension', 'number'],
  ])('%s is understood', async (title) => {
    const { rows } = await taken(ours, `${title},name\n201,New\n`);
    expect(rows[0]?.status).toBe('differs');
  });

  it.each([
    ['Delete', 'yes', 'row-removes'],
    ['حذف', 'x', 'row-removes'],
    ['To be deleted', '1', 'row-removes'],
    ['Command', 'del', 'row-removes'],
    ['نوع عملیات', 'حذف', 'row-removes'],
  ])('%s says that a row marked %s is no edit', async (title, mark, code) => {
    const { rows } = await taken(ours, `${title},number,name\n${mark},201,New\n`);
    expect([rows[0]?.status, codes(rows[0])]).toEqual(['invalid', `reason.${code}`]);
  });

  it.each([
    ['Delete', 'no'],
    ['Delete', ''],
    ['Status', 'New'],
    ['Mode', 'x'],
  ])('%s with %j is an edit as any other', async (title, mark) => {
    const { rows } = await taken(ours, `${title},number,name\n${mark},201,New\n`);
    expect(rows[0]?.status).toBe('differs');
  });
});

describe('what somebody types', () => {
  const typed = async (field: string, text: string) => {
    await type(house, ours, id, field, text);
    const change = await ok(house.ask.changes.get({ connectionId: ours.id, remoteId: id }));
    return change?.fields.find((one) => one.field === field);
  };

  it.each([
    ['cid_number', '\u202a021۸۸\u202c', '02188'],
    ['email', 'ali@example.ir؛', 'ali@example.ir'],
    ['name', '\u2066Nima\u2069', 'Nima'],
    ['name', 'علی\u200cرضا', 'علی\u200cرضا'],
    ['name', 'Null', 'Null'],
    ['host', '192.168.1.10\u200b', '192.168.1.10'],
  ])('into %s is stored without what cannot be seen: %j', async (field, text, next) => {
    expect(await typed(field, text)).toMatchObject({ next, problem: null });
  });

  it.each([
    ['name', '#REF!', 'error-value'],
    ['name', 'Ali\ufffd', 'letters-lost'],
    ['name', 'Ø¹Ù„ÛŒ', 'letters-lost'],
    ['name', 'Ali #N/A', 'error-value'],
    ['secret', 'NULL', 'error-value'],
    ['secret', 'ab\u200dcd1234', 'control-characters'],
    ['secret', '••••••', 'masked-secret'],
  ])('into %s is refused where it is no value: %j', async (field, text, code) => {
    expect(await typed(field, text)).toMatchObject({ problem: { code } });
    expect((await makePlan(house, ours)).rows[0]?.status).toBe('invalid');
  });

  it('is what the server has, unseen characters and all, leaves it untouched', async () => {
    server.patch(id, { name: 'Ali\u200b' });
    await ok(house.ask.directory.sync({ connectionId: ours.id }));
    expect(await typed('name', 'Ali\u200b')).toBeUndefined();
    // Taking them out is an edit.
    expect(await typed('name', 'Ali')).toMatchObject({ base: 'Ali\u200b', next: 'Ali' });
  });
});

describe('what a rule makes', () => {
  const made = async (field: string, value: string) => {
    await openDraft(house, ours, [id]);
    await rule(house, ours, field, { rule: 'set', value });
    return (await rowsOf(house, await preview(house, ours)))[0];
  };

  it('is cleaned as what is typed', async () => {
    expect((await made('email', 'Ali <ali@example.ir>;'))?.fields[0]?.to).toBe('ali@example.ir');
  });

  it('is refused where it is no value', async () => {
    expect(codes(await made('description', '#REF!'))).toBe('field.error-value');
  });
});

describe('an expiry that is over or cannot be meant', () => {
  it.each([
    ['1970-01-01', 'day-unlikely'],
    ['2098-01-01', 'day-unlikely'],
    ['2020-05-05', 'day-over'],
  ])('is told in the preview and in the plan: %s', async (day, code) => {
    const { summary, rows } = await taken(theirs, `uname;expire_time\n${user};${day}\n`);
    expect([rows[0]?.status, codes(rows[0])]).toEqual(['differs', `reason.${code}`]);
    await ok(house.ask.batches.prepare({ batchId: summary.id, job: job() }));
    const plan = await makePlan(house, theirs);
    const finding = { code, field: 'expire_time', value: day };
    expect(plan.rows[0]).toMatchObject({ status: 'invalid', findings: [{ ...finding, confirm: 'wanted' }] });
    // A person who has looked at it may mean it.
    const changeId = plan.rows[0]?.changeId;
    const [confirmed] = await ok(
      house.ask.plan.confirm({ planId: plan.id, changeIds: changeId ? [changeId] : [] }),
    );
    expect(confirmed).toMatchObject({ status: 'ready', findings: [{ ...finding, confirm: 'given' }] });
  });

  it('is told when it is typed, and a day to come is not', async () => {
    await type(house, theirs, idOf(edge, 0), 'expire_time', '1399/01/01');
    await type(house, theirs, idOf(edge, 1), 'expire_time', '2040-01-01');
    const plan = await makePlan(house, theirs);
    const found = new Map(plan.rows.map((row) => [row.remoteId, row.findings.map(({ code }) => code)]));
    expect(found.get(idOf(edge, 0))).toEqual(['day-over']);
    expect(found.get(idOf(edge, 1))).toEqual([]);
  });
});

describe('looking for a name', () => {
  it.each([
    ['علی‌رضا مؤمنی', 'مومنی'],
    ['آبان احمدی', 'ابان'],
    ['ﻋﻠﯽ ﺭﺿﺎﯾﯽ', 'رضایی'],
    ['علی رضا نوری', 'علیرضا'],
    ['پور محمد', 'پورمحمد'],
    ['Øyvind Łukasz', 'lukasz'],
    ['O’Neil', "o'neil"],
  ])('finds %s by %s in the directory', async (name, text) => {
    server.patch(id, { name });
    await ok(house.ask.directory.sync({ connectionId: ours.id }));
    const page = await pageOf(house, ours, { text });
    expect(page.rows.map((row) => row.remoteId)).toContain(id);
  });
});

describe('what a connection is called and logs in with', () => {
  it('has nothing in it that cannot be seen', async () => {
    const { id: connectionId, createdAt: _c, updatedAt: _u, ...draft } = ours;
    const next = { ...draft, name: '\u2066PBX\u2069', site: 'خانه\u200cی ما\u200f' };
    const kept = await ok(house.ask.connections.update({ connectionId, draft: next }));
    expect(kept).toMatchObject({ name: 'PBX', site: 'خانه\u200cی ما' });
    const empty = { ...draft, name: '\u200b' };
    expect((await refused(house.ask.connections.update({ connectionId, draft: empty }))).code).toBe(
      'invalid-input',
    );
  });
});
