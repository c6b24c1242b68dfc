import { describe, expect, it } from 'vitest';
import { setUp } from '../../electron/sheets/sheet';
import { catalogOf } from '../../shared/catalog';
import { compared, noTurn, opened, stored } from '../support/sheets';

const records = stored('simotel', [
  { id: 'a', raw: { _id: 'a', number: '201', name: 'A', email: 'a@example.ir', secret: 'old-1' } },
  { id: 'b', raw: { _id: 'b', number: '0202', name: 'B' } },
  { id: 'c', raw: { _id: 'c', number: '203', name: 'C' } },
]);
const open = (text: string) => opened('simotel', records, Buffer.from(text));
async function read(text: string) {
  const sheet = await open(text);
  return { sheet, items: await compared('simotel', records, sheet) };
}
const rows = '201,New\r\n0202,Other\r\n';

describe('headings are found', () => {
  it.each<[string, string, number]>([
    ['below a title', `Extension list 2026-11-30\r\nnumber,name\r\n${rows}`, 2],
    ['below a title that has its delimiters', `Extension list,\r\n,\r\nnumber,name\r\n${rows}`, 3],
    ['below a title with a delimiter in it', `List of extensions, Tehran\r\nnumber,name\r\n${rows}`, 2],
    ['below a title in quotes', `"Extension list; November"\r\nnumber,name\r\n${rows}`, 2],
    ['below a Persian title', `فهرست داخلی‌ها\r\nشماره داخلی,نام\r\n${rows}`, 2],
    [
      'below several lines',
      `Company X\r\nExported by,admin\r\nDate,2026-11-30\r\n\r\nnumber,name\r\n${rows}`,
      5,
    ],
    ['below a comment', `# number, and what it is called\r\nnumber,name\r\n${rows}`, 2],
    ['below blank lines', `\r\n\r\nnumber,name\r\n${rows}`, 3],
    ['below a line for Excel', `sep=,\r\nnumber,name\r\n${rows}`, 2],
    ['below a line for Excel in quotes', `"sep=,"\r\nnumber,name\r\n${rows}`, 2],
    [
      'below a line for Excel, a title and a comment',
      `sep=,\r\nA title\r\n# comment\r\nnumber,name\r\n${rows}`,
      4,
    ],
    ['where they are said twice', `number,name\r\nnumber,name\r\n${rows}`, 1],
    ['and said again between the rows', `number,name\r\n201,New\r\nnumber,name\r\n0202,Other\r\n`, 1],
    ['and said again in the other language', `number,name\r\nشماره داخلی,نام\r\n${rows}`, 1],
  ])('%s', async (_, text, line) => {
    const { sheet, items } = await read(text);
    expect(sheet.settings).toMatchObject({ header: true, firstLine: line, delimiter: ',' });
    expect(items.map(({ status, remoteId }) => [status, remoteId])).toEqual([
      ['differs', 'a'],
      ['differs', 'b'],
    ]);
  });

  it.each([
    ['in quotes', '"sep=;"'],
    ['bare', 'sep=;'],
    ['with delimiters behind it', 'sep=;;;'],
    ['with a blank', 'SEP = ;'],
  ])('a line for Excel %s says the delimiter', async (_, line) => {
    const { sheet, items } = await read(`${line}\r\nnumber;name\r\n201;a,b,c\r\n`);
    expect(sheet.settings.delimiter).toBe(';');
    expect(items[0]?.edits).toMatchObject([{ to: 'a,b,c' }]);
  });

  it('a line for Excel that is wrong does not decide', async () => {
    expect((await open('sep=;\r\nnumber,name\r\n201,x\r\n')).settings.delimiter).toBe(',');
  });

  it('can be pointed at, and what stands above them is passed over', async () => {
    const sheet = await open('Number,Name,E-mail\r\n201,Old,\r\nDurchwahl,Name\r\n201,New\r\n');
    expect(sheet.settings).toMatchObject({ firstLine: 1, key: 'number' });
    const columns = ['number', 'name'];
    const around = { catalog: catalogOf('simotel'), records, earlier: new Map([['durchwahl', 'number']]) };
    const pointed = await setUp(sheet, { ...sheet.settings, firstLine: 3 }, around, noTurn);
    expect(pointed.settings).toMatchObject({ firstLine: 3, columns, key: 'number' });
    expect(pointed.body.map(({ cells }) => cells)).toEqual([['201', 'New']]);
    const bare = await setUp(sheet, { ...sheet.settings, header: false, firstLine: 4 }, around, noTurn);
    expect(bare.body.map(({ line }) => line)).toEqual([4]);
  });

  it('do not swallow a record that looks like a comment in a column that is no key', async () => {
    const { items } = await read('name,number\r\n#1 Office,201\r\n# note\r\n');
    expect(items.map(({ status }) => status)).toEqual(['differs']);
  });

  it('leave an error of a spreadsheet in the place of a key to be told', async () => {
    const { items } = await read('number,name\r\n#REF!,x\r\n########,y\r\n201,z\r\n');
    expect(items.map(({ status }) => status)).toEqual(['missing', 'missing', 'differs']);
  });

  it('are none where a file has none, and its first row is a record', async () => {
    expect((await open('201,Sara,yes\n0202,Ali,no\n')).settings).toMatchObject({
      header: false,
      firstLine: 1,
    });
  });
});

describe('a delimiter of Persian Windows', () => {
  it.each(['؛', '،'])('%s is found', async (delimiter) => {
    const cut = (text: string) => text.replaceAll(',', delimiter);
    const { sheet, items } = await read(
      cut('شماره داخلی,نام,email\r\n201,New,x@example.ir\r\n0202,Other,\r\n'),
    );
    expect(sheet.settings.delimiter).toBe(delimiter);
    expect(items.map(({ status }) => status)).toEqual(['differs', 'differs']);
  });

  it.each(['،', '؛'])('%s in names is none', async (sign) => {
    const { sheet } = await read(`number,name\r\n201,رضا${sign} سارا\r\n0202,علی${sign} مریم\r\n`);
    expect(sheet.settings.delimiter).toBe(',');
  });
});

describe('a row that ends early', () => {
  it('keeps what it does not say, as spreadsheets leave empty cells at the end out', async () => {
    const { items } = await read('number,name,email,description\n201,New,,\n0202,Other\n203\n');
    expect(items.map(({ status, edits }) => [status, edits.map(({ field }) => field)])).toEqual([
      ['differs', ['name']],
      ['differs', ['name']],
      ['same', []],
    ]);
  });

  it('is taken where the file has secrets too', async () => {
    const { items } = await read('number,name,secret,email\n201,New\n0202,Other,n3w-secret\n');
    expect(items.map(({ status }) => status)).toEqual(['differs', 'differs']);
  });

  it.each([
    ['a secret stands in the place of a name', '201,Zx9!kk-21a,x@example.ir'],
    ['an address stands in the place of a secret', '201,New,x@example.ir'],
    ['a secret stands in the place of the number', 'Zx9!kk-21a,New'],
  ])('is not where %s: a cell is missing before', async (_, row) => {
    const { items } = await read(`number,name,secret,email\n${row}\n`);
    expect(items[0]?.status).toBe('invalid');
    expect(items[0]?.problems[0]).toMatchObject({ code: 'reason.cells-count' });
    expect(JSON.stringify(items[0]?.problems)).not.toContain('Zx9');
  });

  it('and one that goes on too long is told, unless with empty cells', async () => {
    const { items } = await read('number,name\n201,New,,\n0202,Other,more\n');
    expect(items.map(({ status }) => status)).toEqual(['differs', 'invalid']);
  });
});
