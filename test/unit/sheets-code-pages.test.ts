import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, findEncoding } from '../../electron/sheets/decode';
import { viewOf } from '../../electron/sheets/view';
import { catalogOf } from '../../shared/catalog';
import type { SheetEncoding } from '../../shared/model/sheet';
import { inCodePage } from '../support/code-pages';
import { compared, noTurn, opened, stored } from '../support/sheets';

const records = stored('simotel', [
  { id: 'a', raw: { _id: 'a', number: '201', name: 'علی رضایی' } },
  { id: 'b', raw: { _id: 'b', number: '0202', name: 'Sara' } },
  { id: 'c', raw: { _id: 'c', number: '203', name: 'کامران کریمی' } },
]);
const lines = ['number,name', '201,علی رضایی', '0202,Sara', '203,کامران کریمی', ''];
const file = Buffer.from(lines.join('\r\n'));

async function read(bytes: Buffer) {
  const sheet = await opened('simotel', records, bytes);
  const items = await compared('simotel', records, sheet);
  return { sheet, statuses: items.map(({ status }) => status), items };
}

/** The file with bytes in place of some of its own. */
function spoilt(at: number, gone: number, ...come: number[]): Buffer {
  return Buffer.concat([file.subarray(0, at), Buffer.from(come), file.subarray(at + gone)]);
}

describe('a file in UTF-8 of which bytes were spoilt', () => {
  const sara = file.indexOf('Sara');
  it.each<[string, number[]]>([
    ['a letter of another code page', [0xe9]],
    ['a lone byte of the upper half', [0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a picture as CESU-8 writes it', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
    ['a sequence beyond the last character', [0xf7, 0xbf, 0xbf, 0xbf]],
    ['a sequence that is cut', [0xdb]],
    ['a byte that no text has', [0xff]],
  ])('has one wrong row: %s', async (_, bytes) => {
    const { sheet, statuses, items } = await read(spoilt(sara, 1, ...bytes));
    expect(sheet.settings.encoding).toBe('utf-8');
    expect(statuses).toEqual(['same', 'invalid', 'same']);
    expect(items[1]?.problems[0]?.code).toMatch(/not-decodable|letters-lost/);
  });

  it('tells a key that cannot be read, and not that there is no such record', async () => {
    const at = file.indexOf('0202');
    const { statuses, items } = await read(spoilt(at + 1, 1, 0xe9));
    expect(statuses).toEqual(['same', 'invalid', 'same']);
    expect(items[1]?.problems).toEqual([{ field: null, code: 'reason.not-decodable' }]);
  });

  it('stays UTF-8 wherever one byte falls', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: file.length - 1 }),
        fc.integer({ min: 0x80, max: 0xff }),
        async (at, byte) => {
          expect((await findEncoding(spoilt(at, 1, byte), noTurn)).encoding).toBe('utf-8');
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a file in a code page', () => {
  const people = ['علي رضايي', 'سارا احمدي', 'پژمان گچ‌کار', 'مريم'];
  const latin = ['José Muñoz', 'Recepção', 'Jürgen Groß', 'Zoë – Café “Ü”'];
  const listed = (names: readonly string[]) =>
    ['number,name', ...names.map((name, at) => `20${at},${name}`)].join('\r\n');
  it.each<[SheetEncoding, string]>([
    ['windows-1256', listed(people)],
    ['windows-1256', listed(['Café', ...people])],
    ['windows-1256', listed(['مريم'])],
    ['iso-8859-6', listed(['علي رضايي', 'سارا احمدي', 'هدى'])],
    ['windows-1252', listed(latin)],
    ['windows-1251', listed(['Иванов Пётр', 'КУЗНЕЦОВА'])],
    ['macintosh', listed(['José Muñoz', 'Jürgen Groß'])],
  ])('%s is found by its words', async (page, text) => {
    const bytes = inCodePage(page, text);
    const found = await findEncoding(bytes, noTurn);
    expect(found.encoding).toBe(page);
    expect((await decode(bytes, found.encoding, noTurn)).join('')).toBe(text);
  });

  it.each([
    ['one byte that may be anything', Buffer.from('number,name\n201,A\x80B\n', 'latin1')],
    ['Turkish, which another page reads as Icelandic', inCodePage('windows-1254', listed(['Gülşen Yıldız']))],
  ])('is not guessed from %s: its rows are told, and the page can be chosen', async (_, bytes) => {
    const { sheet, items } = await read(Buffer.concat([bytes]));
    expect(sheet.settings.encoding).toBe('utf-8');
    expect(items.every(({ status }) => status === 'invalid' || status === 'missing')).toBe(true);
  });

  it('that was chosen by a person is kept, and the names of it are read', async () => {
    const sheet = await opened(
      'simotel',
      records,
      inCodePage('windows-1254', 'number,name\n201,Gülşen Yıldız\n'),
    );
    const [item] = await compared('simotel', records, sheet, { encoding: 'windows-1254' });
    expect(item?.edits).toMatchObject([{ field: 'name', to: 'Gülşen Yıldız' }]);
  });

  it('is shown by how one of its names reads in every page, and never by a secret', async () => {
    const bytes = inCodePage('windows-1256', 'number,secret,name\n201,رمزي-بلند-و-پنهان-123,علي\n');
    const { looks } = viewOf(catalogOf('simotel'), await opened('simotel', records, bytes));
    expect(looks.find(({ encoding }) => encoding === 'windows-1256')?.text).toBe('علي');
    expect(looks.find(({ encoding }) => encoding === 'windows-1252')?.text).toBe('Úáí');
    expect(
      viewOf(catalogOf('simotel'), await opened('simotel', records, Buffer.from('number,name\n201,A\n')))
        .looks,
    ).toEqual([]);
  });
});
