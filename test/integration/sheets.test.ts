import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { catalogOf, editableFields } from '../../shared/catalog';
import { type Connection, recordsOf } from '../../shared/model/connection';
import type { GridQueryInput } from '../../shared/model/many';
import type { SheetSettings, SheetView } from '../../shared/model/sheet';
import type { SimotelSimulator } from '../simulators';
import { connect, type House, ok, openHouse, refused, type } from '../support/house';
import { idOf, pbx } from '../support/servers';

const canary = 'CANARY-7e21-s3cret';
const job = () => crypto.randomUUID();
const everything: GridQueryInput = { text: '', sort: null, onlyChanged: false };
const columns = catalogOf('simotel').fields.map(({ name }) => name);

let house: House;
let server: SimotelSimulator;
let connection: Connection;
let onConnection: { connectionId: Connection['id'] };

beforeEach(async () => {
  house = await openHouse();
  server = await pbx();
  server.patch(idOf(server, 0), { secret: canary });
  connection = await connect(house, 'simotel', server);
  onConnection = { connectionId: connection.id };
});

const numberOf = (index: number) => String(server.records()[index]?.number);

async function open(content: string | Uint8Array, name = 'in.csv'): Promise<SheetView> {
  house.dialogs.open = join(house.folder, name);
  writeFileSync(house.dialogs.open, content);
  const view = await ok(house.ask.sheets.open({ ...onConnection, job: job() }));
  if (!view) throw new Error('no file was chosen');
  return view;
}

const configure = (view: SheetView, settings: Partial<SheetSettings>) =>
  ok(
    house.ask.sheets.configure({ sheetId: view.id, settings: { ...view.settings, ...settings }, job: job() }),
  );

async function preview(view: SheetView, settings: Partial<SheetSettings> = {}) {
  await configure(view, settings);
  const summary = await ok(house.ask.sheets.preview({ sheetId: view.id, job: job() }));
  const { rows } = await ok(
    house.ask.batches.rows({ batchId: summary.id, status: null, offset: 0, limit: 500 }),
  );
  return { summary, rows };
}

async function exported(more: object = {}): Promise<string> {
  house.dialogs.save = join(house.folder, 'out.csv');
  const wanted = { rows: 'all', columns, headings: 'names', delimiter: ',', secrets: false, language: 'en' };
  const asked = { ...onConnection, ...wanted, query: everything, job: job(), ...more };
  await ok(house.ask.sheets.export(asked as Parameters<House['ask']['sheets']['export']>[0]));
  return readFileSync(house.dialogs.save, 'utf8');
}

describe('a directory as a spreadsheet', () => {
  it('comes back untouched as no change, secrets too', async () => {
    const view = await open(await exported({ secrets: true }));
    const { summary } = await preview(view);
    expect(summary.counts).toMatchObject({ same: server.records().length, differs: 0, invalid: 0 });
  });

  it('comes back untouched as no change where edits are prepared, which stay', async () => {
    await type(house, connection, idOf(server, 1), 'name', 'Prepared');
    const { summary } = await preview(await open(await exported()));
    expect(summary.counts).toMatchObject({ same: server.records().length, differs: 0 });
    const change = await ok(house.ask.changes.get({ ...onConnection, remoteId: idOf(server, 1) }));
    expect(change?.fields).toMatchObject([{ field: 'name', next: 'Prepared' }]);
  });

  it('has the id first, the columns asked for, a mark and line ends for Excel, and no secret unasked', async () => {
    const text = await exported({ columns: ['name', 'number', 'secret'], delimiter: ';' });
    const [head] = text.split('\r\n');
    expect(head).toBe('\ufeff"id";"name";"number"');
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text).not.toContain(canary);
  });

  it('has headings in Persian where asked', async () => {
    const text = await exported({ columns: ['name', 'number'], headings: 'labels', language: 'fa' });
    expect(text.split('\r\n')[0]).toBe('\ufeff"id","نام","شماره داخلی"');
  });

  it('has the rows that the grid shows, in its order, or those selected', async () => {
    const query = { ...everything, text: numberOf(2) };
    const shown = (await exported({ rows: 'shown', query, columns: ['number'] })).trim().split('\r\n');
    expect(shown.length).toBeLessThan(server.records().length);
    expect(shown.some((line) => line.endsWith(`,"${numberOf(2)}"`))).toBe(true);

    const action = { do: 'toggle', remoteId: idOf(server, 3) } as const;
    await ok(house.ask.selection.change({ ...onConnection, query: everything, action }));
    const selected = (await exported({ rows: 'selected', columns: ['number'] })).trimEnd().split('\r\n');
    expect(selected).toEqual(['\ufeff"id","number"', `"${idOf(server, 3)}","${numberOf(3)}"`]);

    const sort = { field: 'number', descending: true };
    const sorted = (await exported({ query: { ...everything, sort }, columns: ['number'] }))
      .trim()
      .split('\r\n');
    const numbers = sorted.slice(1).map((line) => Number(JSON.parse(line.split(',')[1] ?? '')));
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  });

  it('with secrets in it stands in the history, without their values', async () => {
    await exported({ secrets: true, columns: ['name', 'secret'] });
    const { items } = await ok(
      house.ask.journal.page({
        archive: null,
        site: null,
        connectionId: null,
        remoteId: null,
        field: 'secret',
        outcome: null,
        workOrderId: null,
        from: null,
        to: null,
        text: '',
        before: null,
        limit: 10,
      }),
    );
    expect(items).toMatchObject([
      { type: 'secrets-to-sheet', connectionName: 'PBX', fields: [{ field: 'secret' }] },
    ]);
    expect(readFileSync(join(house.folder, 'out.csv'), 'utf8')).toContain(canary);
    expect(house.seen()).not.toContain(canary);
  });

  it('with secrets is not written while they are closed', async () => {
    const folder = house.folder;
    house.close();
    house = await openHouse({ folder, unlocked: false });
    house.dialogs.save = join(folder, 'closed.csv');
    const asked = { ...onConnection, columns: ['secret'] };
    const more = {
      rows: 'all',
      headings: 'names',
      delimiter: ',',
      secrets: true,
      language: 'en',
      query: everything,
      job: job(),
    } as const;
    await refused(house.ask.sheets.export({ ...asked, ...more }));
    expect(existsSync(house.dialogs.save)).toBe(false);
  });

  it('leaves no file where it is cancelled', async () => {
    const id = job();
    house.dialogs.save = join(house.folder, 'cancelled.csv');
    const asked = house.ask.sheets.export({
      ...onConnection,
      rows: 'all',
      columns,
      headings: 'names',
      delimiter: ',',
      secrets: false,
      language: 'en',
      query: everything,
      job: id,
    });
    // As soon as it is under way, whenever that is: a file is not opened within one turn.
    let over = false;
    const ended = asked.finally(() => {
      over = true;
    });
    while (!over) {
      house.services.jobs.cancel(id);
      await nextTurn();
    }
    expect(await refused(ended)).toMatchObject({ code: 'cancelled' });
    expect(readdirSync(house.folder).filter((name) => name.includes('cancelled'))).toEqual([]);
  });
});

describe('a file', () => {
  it('is told as it was read, and by what its columns were matched', async () => {
    const view = await open(`شماره داخلی;extension;Name;what\r\n${numberOf(0)};1;Sara;?\r\n`, 'people.csv');
    expect(view).toMatchObject({
      name: 'people.csv',
      rows: 1,
      bom: false,
      found: { encoding: 'utf-8', delimiter: ';', header: true },
      settings: { key: 'number', policy: 'update', marker: '{clear}' },
      columns: [
        { title: 'شماره داخلی', by: 'label', samples: [numberOf(0)] },
        { title: 'extension', by: null },
        { title: 'Name', by: 'name', samples: ['Sara'] },
        { title: 'what', by: null, samples: ['?'] },
      ],
      keys: ['number'],
    });
    expect(await ok(house.ask.sheets.view({ sheetId: view.id }))).toEqual(view);
    await ok(house.ask.sheets.close({ sheetId: view.id }));
    expect(await ok(house.ask.sheets.view({ sheetId: view.id }))).toBeNull();
  });

  it('has its columns matched by a person, which is remembered for the next file', async () => {
    const content = `number,what,other\n${numberOf(0)},Sara,x\n`;
    const view = await open(content);
    const set = await configure(view, { columns: ['number', 'name', null] });
    expect(set.columns.map(({ by }) => by)).toEqual(['name', 'person', null]);
    const again = await open(content);
    expect(again.settings.columns).toEqual(['number', 'name', null]);
    expect(again.columns[1]?.by).toBe('earlier');
  });

  it('has no field matched twice: the column that was given it last has it', async () => {
    const view = await open(`number,name,what\n${numberOf(0)},a,b\n`);
    const set = await configure(view, { columns: ['number', 'name', 'name'] });
    expect(set.settings.columns).toEqual(['number', null, 'name']);
  });

  it('can be read otherwise than it was found', async () => {
    const view = await open(`number,name\n${numberOf(0)},a\n`);
    const bare = await configure(view, { header: false });
    expect(bare).toMatchObject({ rows: 2, settings: { header: false, key: null, columns: [null, null] } });
    expect(await refused(house.ask.sheets.preview({ sheetId: view.id, job: job() }))).toMatchObject({
      code: 'sheet-no-key',
    });
    const cut = await configure(bare, { header: true, delimiter: ';' });
    expect(cut.columns).toHaveLength(1);
  });

  it('that is a workbook, empty, or too large is refused with what to do', async () => {
    const problemOf = async (content: Uint8Array | string, size?: number) => {
      house.dialogs.open = join(house.folder, 'bad.csv');
      writeFileSync(house.dialogs.open, content);
      if (size) truncateSync(house.dialogs.open, size);
      return (await refused(house.ask.sheets.open({ ...onConnection, job: job() }))).code;
    };
    expect(await problemOf(Buffer.from('PK\u0003\u0004rest'))).toBe('sheet-not-text');
    expect(await problemOf('\r\n\r\n;;\r\n')).toBe('sheet-empty');
    expect(await problemOf('', 65 * 1024 * 1024)).toBe('sheet-too-large');
    // Small as files go, and more in memory than there may be.
    expect(await problemOf('1\n'.repeat(600_000))).toBe('sheet-too-large');
    expect(await problemOf(`a${','.repeat(11_000_000)}\n`)).toBe('sheet-too-large');
  });

  it('that nobody chose opens nothing', async () => {
    house.dialogs.open = null;
    expect(await ok(house.ask.sheets.open({ ...onConnection, job: job() }))).toBeNull();
  });
});

describe('cells on the clipboard', () => {
  it('are taken as Excel puts them there, cells of several lines too', async () => {
    house.clipboard.text = `number\tdescription\r\n${numberOf(0)}\t"one\ntwo ""x"""\r\n${numberOf(1)}\tplain\r\n`;
    const view = await ok(house.ask.sheets.paste({ ...onConnection, job: job() }));
    expect(view).toMatchObject({ name: '', rows: 2, settings: { delimiter: '\t', key: 'number' } });
    expect(view.columns[1]?.samples).toEqual(['one\ntwo "x"', 'plain']);
  });

  it('are asked for where there are none', async () => {
    house.clipboard.text = ' \n';
    expect(await refused(house.ask.sheets.paste({ ...onConnection, job: job() }))).toMatchObject({
      code: 'clipboard-empty',
    });
  });
});

describe('rows of records with prepared edits', () => {
  const file = () => `number,name\n${numberOf(0)},From the file\n${numberOf(1)},Another\n`;

  beforeEach(async () => {
    await type(house, connection, idOf(server, 0), 'email', 'prepared@example.ir');
  });

  it('are left alone where they are to be skipped', async () => {
    const { rows } = await preview(await open(file()), { policy: 'skip' });
    expect(rows.map(({ status }) => status)).toEqual(['kept', 'differs']);
  });

  it('are prepared beside them', async () => {
    const { summary, rows } = await preview(await open(file()), { policy: 'update' });
    expect(rows.map(({ status, fields }) => [status, fields.map(({ field }) => field)])).toEqual([
      ['differs', ['name']],
      ['differs', ['name']],
    ]);
    const { step } = await ok(house.ask.batches.prepare({ batchId: summary.id, job: job() }));
    expect(step).toMatchObject({ what: 'sheet', name: 'in.csv', records: 2 });
    const change = await ok(house.ask.changes.get({ ...onConnection, remoteId: idOf(server, 0) }));
    expect(change?.fields.map(({ field }) => field)).toEqual(['name', 'email']);
  });

  it('are all that stays where the row decides', async () => {
    const { summary, rows } = await preview(await open(file()), { policy: 'overwrite' });
    expect(rows[0]?.fields.map(({ field, from }) => [field, from])).toEqual([
      ['name', server.records()[0]?.name],
      ['email', 'prepared@example.ir'],
    ]);
    await ok(house.ask.batches.prepare({ batchId: summary.id, job: job() }));
    const change = await ok(house.ask.changes.get({ ...onConnection, remoteId: idOf(server, 0) }));
    expect(change?.fields.map(({ field }) => field)).toEqual(['name']);
  });

  it('are only compared where a report is wanted', async () => {
    const { summary } = await preview(await open(file()), { policy: 'report' });
    expect(summary.counts.differs).toBe(2);
    await refused(house.ask.batches.prepare({ batchId: summary.id, job: job() }));
    expect(await ok(house.ask.changes.get({ ...onConnection, remoteId: idOf(server, 1) }))).toBeNull();
  });
});

describe('rows that have problems', () => {
  const wrong = () =>
    [
      'number,name,active,secret,note',
      `${numberOf(0)},Good,yes,,`,
      `${numberOf(1)},Sara,perhaps,${canary},"as it, was"`,
      '99999999,Nobody,yes,,=HYPERLINK("x")',
      '',
    ].join('\r\n');

  async function problems(secrets: boolean, language: 'en' | 'fa' = 'en') {
    const { summary } = await preview(await open(wrong(), 'people.csv'));
    house.dialogs.save = join(house.folder, 'problems.csv');
    const written = await ok(
      house.ask.sheets.problems({ batchId: summary.id, secrets, language, job: job() }),
    );
    expect(written).toEqual({ saved: house.dialogs.save, rows: 2 });
    return readFileSync(house.dialogs.save, 'utf8');
  }

  it('are written as they were, with a column of reasons, without secrets unless asked', async () => {
    const text = await problems(false);
    expect(house.dialogs.suggested.at(-1)).toBe('people-problems.csv');
    expect(text.split('\r\n')).toEqual([
      '\ufeff"number","name","active","note","What is wrong (Patchbay)"',
      `"${numberOf(1)}","Sara","perhaps","as it, was","Active: Not an allowed value: perhaps"`,
      `"99999999","Nobody","yes","'=HYPERLINK(""x"")","There is no record 99999999."`,
      '',
    ]);
    expect(await problems(true)).toContain(canary);
  });

  it('are taken in again after they were corrected, the reasons passed over', async () => {
    const text = (await problems(false, 'fa')).replace('perhaps', 'no').replace('99999999', numberOf(2));
    const view = await open(text);
    expect(view.columns.map(({ by }) => by)).toEqual(['name', 'name', 'name', null, null]);
    const { rows } = await preview(view);
    expect(rows.map(({ status }) => status)).toEqual(['differs', 'differs']);
  });

  it('are not to be had of what is no spreadsheet', async () => {
    const batchId = '00000000-0000-4000-8000-000000000000' as never;
    const asked = { batchId, secrets: false, language: 'en', job: job() } as const;
    expect(await refused(house.ask.sheets.problems(asked))).toMatchObject({ code: 'not-found' });
  });
});

describe('a file that decides', () => {
  it('takes away nothing that was typed while it was compared', async () => {
    const { batches, changes, directory } = house.services;
    const remoteId = idOf(server, 0);
    const add = batches.add.bind(batches);
    vi.spyOn(batches, 'add').mockImplementationOnce((content) => {
      // In the last turn of the comparison, when the record's row has been looked at.
      const begun = content.since ?? 0;
      while (Date.now() <= begun);
      const record = directory.stored(recordsOf(connection), remoteId)?.stored ?? null;
      changes.setField(recordsOf(connection), remoteId, record, 'description', 'Typed meanwhile');
      return add(content);
    });
    const view = await open(`number,name\n${numberOf(0)},From the file\n`);
    const { summary } = await preview(view, { policy: 'overwrite' });
    while (Date.now() <= batches.get(summary.id).madeAt) await nextTurn();
    const asked = { batchId: summary.id, job: job() };
    expect(await ok(house.ask.batches.prepare(asked))).toMatchObject({ step: null, left: 1 });
    const change = await ok(house.ask.changes.get({ ...onConnection, remoteId }));
    expect(change?.fields).toMatchObject([{ field: 'description', next: 'Typed meanwhile' }]);
  });
});

describe('secrets in a file', () => {
  it('never reach the window: not as samples, differences, or details of problems', async () => {
    const content = [
      'number,secret,رمز پیامگیر,vm_password,name',
      `${numberOf(0)},${canary}-1,${canary}-2,${canary}-3,Sara`,
      `${numberOf(1)},${canary}\u0001x,,,Ali`,
      '',
    ].join('\n');
    const view = await open(content);
    expect(view.columns.map(({ samples }) => typeof samples[0])).toEqual([
      'string',
      'object',
      'object',
      'object',
      'string',
    ]);
    const { rows } = await preview(view);
    expect(rows[0]?.fields).toContainEqual({
      field: 'secret',
      from: { secret: 'set' },
      to: { secret: 'set' },
      look: expect.objectContaining({ looksLikeError: false }),
    });
    expect(rows[1]?.problems).toEqual([{ field: 'secret', code: 'field.control-characters' }]);
    // Without headings, and with the first row taken for them.
    const bare = await open(`${numberOf(0)},${canary}\n${numberOf(1)},${canary}\n`);
    expect(bare.columns[1]?.samples[0]).toEqual({ secret: 'set' });
    await configure(bare, { header: true });
    // And as the key by mistake.
    const mixed = await open(`number,secret\n${numberOf(0)},${canary}\n`);
    await preview(mixed, { columns: [null, 'number'] });
    expect(house.seen()).not.toContain(canary);
    expect(house.noted.join('\n')).not.toContain(canary);
  });

  it('never reach the window where a cell is missing, a heading says nothing, or the file is read wrongly', async () => {
    const moved = await open(
      `number,name,secret,email\n${numberOf(0)},${canary},x@y.ir\n${canary},Ali,x@y.ir\n`,
    );
    const { summary, rows } = await preview(moved);
    expect(rows.map(({ problems }) => problems[0]?.code)).toEqual([
      'reason.cells-count',
      'reason.cells-count',
    ]);
    house.dialogs.save = join(house.folder, 'wrong.csv');
    await ok(house.ask.sheets.problems({ batchId: summary.id, secrets: false, language: 'en', job: job() }));
    expect(readFileSync(house.dialogs.save, 'utf8')).not.toContain(canary);

    const other = await open(`number,Kode,secret\n${numberOf(0)},${canary},quiet-words\n`);
    // Cut in the wrong places, and without headings: then the first row is one of cells.
    await configure(await configure(other, { delimiter: ';' }), { delimiter: ',', header: false });
    const wrong = await open(Buffer.from(`number,رمز داخلی\n${numberOf(0)},${canary}\n`));
    await configure(wrong, { encoding: 'windows-1256' });
    expect(house.seen()).not.toContain(canary);
    expect(house.seen()).not.toContain('quiet-words');
  });

  it('are not kept as a heading that was matched', async () => {
    const bare = await open(`Sara,${canary}\n${numberOf(0)},${canary}\n`);
    const named = await configure(bare, { header: true });
    await configure(named, { columns: ['number', 'secret'] });
    const rows = house.database.prepare('SELECT title FROM sheet_columns').all();
    expect(rows).toEqual([{ title: 'sara' }]);
  });

  it('are not kept on the disk by taking a file in', async () => {
    await preview(await open(`number,secret\n${numberOf(1)},FILE-${canary}\n`, 'elsewhere.csv'));
    const bytes = readdirSync(house.folder)
      .filter((name) => name.startsWith('patchbay'))
      .map((name) => readFileSync(join(house.folder, name)).toString('latin1'));
    expect(bytes.join('\n')).not.toContain(`FILE-${canary}`);
  });
});

describe('50,000 rows', () => {
  it('go out and come in with progress, and one edited row is the one that differs', async () => {
    const large = await pbx({ size: 50_000 });
    const many = await connect(house, 'simotel', large, { name: 'Large', timeoutMs: 120_000 });
    onConnection = { connectionId: many.id };
    const fields = editableFields(catalogOf('simotel')).filter((spec) => !spec.secret);
    const text = await exported({ columns: fields.map(({ name }) => name) });
    const lines = text.split('\r\n');
    lines[40_000] = (lines[40_000] ?? '').replace(/^([^,]*),[^,]*,/, '$1,Edited,');
    const view = await open(lines.join('\r\n'));
    expect(view.rows).toBe(50_000);
    const { summary } = await preview(view);
    expect(summary.counts).toMatchObject({ same: 49_999, differs: 1 });
    expect(summary.fields).toEqual([{ field: 'name', rows: 1 }]);
    expect(house.emitted.some(({ name }) => name === 'jobProgress')).toBe(true);
  });
});
