import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../shared/model/json';
import { delimiters, encodings, type SheetEncoding } from '../../shared/model/sheet';
import { compared, opened, stored } from '../support/sheets';

const records = stored('simotel', [
  { id: '64f0', raw: { _id: '64f0', number: '101', name: 'سارا احمدی', description: 'یک، دو؛ سه' } },
  { id: '64f1', raw: { _id: '64f1', number: '0102', name: 'Ali', cid_number: '02122222222' } },
  { id: '64f2', raw: { _id: '64f2', number: '103', name: 'Third' } },
]);

const toWindows1256 = (text: string): Buffer => {
  const decoder = new TextDecoder('windows-1256');
  const codes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Buffer.from([byte])), byte]),
  );
  return Buffer.from([...text].map((letter) => codes.get(letter) ?? 0x3f));
};

const written: Record<string, { encoding: SheetEncoding; bytes: (text: string) => Buffer }> = {
  'UTF-8': { encoding: 'utf-8', bytes: (text) => Buffer.from(text) },
  'UTF-8 with a mark': { encoding: 'utf-8', bytes: (text) => Buffer.from(`\ufeff${text}`) },
  'UTF-16 LE': { encoding: 'utf-16le', bytes: (text) => Buffer.from(text, 'utf16le') },
  'UTF-16 LE with a mark': { encoding: 'utf-16le', bytes: (text) => Buffer.from(`\ufeff${text}`, 'utf16le') },
  'UTF-16 BE': { encoding: 'utf-16be', bytes: (text) => Buffer.from(text, 'utf16le').swap16() },
  'UTF-16 BE with a mark': {
    encoding: 'utf-16be',
    bytes: (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  },
  'Windows-1256': { encoding: 'windows-1256', bytes: toWindows1256 },
};

const open = (content: string | Buffer) => opened('simotel', records, Buffer.from(content));
const read = async (content: string | Buffer) => compared('simotel', records, await open(content));
const cellsOf = async (content: string | Buffer) => (await open(content)).table.map(({ cells }) => cells);

describe.each(Object.entries(written))('a file in %s', (_, { encoding, bytes }) => {
  it.each(delimiters.map((one) => [one === '\t' ? 'tabs' : one, one]))(
    'delimited by %s is read as it was meant',
    async (_name, delimiter) => {
      const rows = [
        ['شماره داخلی', 'نام', 'email'],
        ['101', 'سارا', 'sara@example.ir'],
        ['0102', 'علی'.replace(/ی/g, 'ي'), ''],
      ];
      // Windows-1256 has no Persian yeh.
      const lines = rows.map((cells) => cells.map((cell) => cell.replace(/ی/g, 'ي')).join(delimiter));
      const sheet = await open(bytes(lines.join('\r\n')));
      expect(sheet.settings).toMatchObject({ encoding, delimiter, header: true, key: 'number' });
      expect(sheet.columns.map(({ field, by }) => [field, by])).toEqual([
        ['number', 'label'],
        ['name', 'label'],
        ['email', 'name'],
      ]);
      const items = await compared('simotel', records, sheet);
      expect(items.map(({ remoteId, edits }) => [remoteId, edits.map(({ to }) => to)])).toEqual([
        ['64f0', ['سارا', 'sara@example.ir']],
        ['64f1', ['علي']],
      ]);
    },
  );
});

describe('an encoding', () => {
  it('can be chosen otherwise, and the columns are matched anew', async () => {
    const sheet = await open(toWindows1256('number,نام\n101,سارا\n'));
    expect(sheet.settings.encoding).toBe('windows-1256');
    const items = await compared('simotel', records, sheet, { encoding: 'utf-8' });
    expect(items.map(({ status }) => status)).toEqual(['same']);
    expect(encodings).toContain('windows-1256');
  });

  it('that cannot read a text is told at the cell', async () => {
    const sheet = await open(toWindows1256('number,name\n101,سارا\n'));
    const [item] = await compared('simotel', records, sheet, { encoding: 'utf-8' });
    expect(item).toMatchObject({
      status: 'invalid',
      problems: [{ field: 'name', code: 'reason.not-decodable' }],
    });
  });

  it('is Windows-1256 where a single letter at the end of a large file is no UTF-8', async () => {
    const body = `number,name\n${'103,Third\n'.repeat(30_000)}103,`;
    const bytes = Buffer.concat([Buffer.from(body), toWindows1256('مريم')]);
    const sheet = await open(bytes);
    expect(sheet.settings.encoding).toBe('windows-1256');
    expect(sheet.table.at(-1)?.cells).toEqual(['103', 'مريم']);
  });
});

describe('rows', () => {
  it.each([
    ['CRLF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
  ])('end with %s, the last one with nothing', async (_, end) => {
    expect(await cellsOf(['number,name', '101,a', '', '103,last'].join(end))).toEqual([
      ['number', 'name'],
      ['101', 'a'],
      ['103', 'last'],
    ]);
  });

  it('may end in more than one way in one file', async () => {
    expect(await cellsOf('number,name\r\n101,a\n103,b\r\n')).toEqual([
      ['number', 'name'],
      ['101', 'a'],
      ['103', 'b'],
    ]);
  });

  it('have cells of several lines, and quotes in cells', async () => {
    const sheet = await open('number;description\r\n101;"one\r\ntwo ""three"""\r\n103;"a;b"\r\n');
    expect(sheet.table.map(({ line, cells }) => [line, cells[1]])).toEqual([
      [1, 'description'],
      [2, 'one\r\ntwo "three"'],
      [4, 'a;b'],
    ]);
  });

  it('are delimited as the first line says to Excel', async () => {
    const sheet = await open('sep=;\r\nnumber;name,with,commas\r\n101;x\r\n');
    expect(sheet.settings.delimiter).toBe(';');
    expect(sheet.table[0]).toMatchObject({ line: 2, cells: ['number', 'name,with,commas'] });
  });

  it('with quotes that never close are told, and those after them are read', async () => {
    const items = await read('number,name\n101,"never closed\n0102,B\n103,C\n');
    expect(
      items.map(({ line, status, problems }) => [line, status, problems.map(({ code }) => code)]),
    ).toEqual([
      [2, 'invalid', ['reason.quotes']],
      [3, 'differs', []],
      [4, 'differs', []],
    ]);
  });

  it('with quotes that never close do not swallow a large file', async () => {
    const items = await read(`number,name\n101,"never\n${'777,x\n'.repeat(300_000)}103,C\n`);
    expect(items).toHaveLength(300_002);
    expect(items[0]).toMatchObject({ line: 2, status: 'invalid' });
    expect(items.at(-1)).toMatchObject({ line: 300_003, status: 'differs', remoteId: '64f2' });
  });

  it('with more cells than there are headings are told; of empty ones at the end none or any may be there', async () => {
    const items = await read('number,name,email\n101,a\n0102,a,b@c.ir,more\n103,a,b@c.ir,,\n');
    expect(items.map(({ status, problems }) => [status, problems])).toEqual([
      ['differs', []],
      ['invalid', [{ field: null, code: 'reason.cells-count', detail: '4' }]],
      ['differs', []],
    ]);
  });

  it('with a null byte are told', async () => {
    const [item] = await read('number,name\n101,a\u0000b\n');
    expect(item?.problems).toEqual([{ field: 'name', code: 'field.control-characters' }]);
  });
});

describe('the first row', () => {
  it('is a record where it names no columns', async () => {
    const sheet = await open('101,Sara,yes\n0102,Ali,no\n');
    expect(sheet.settings).toMatchObject({ header: false, key: null });
    expect(sheet.columns).toHaveLength(3);
  });

  it('is headings where it has words above numbers, even unknown ones', async () => {
    expect((await open('ext.,who\n101,Sara\n')).settings.header).toBe(true);
  });
});

const freepbx = [
  'extension,password,name,voicemail,ringtimer,outboundcid,id,tech,dial,user,description,canreinvite,context,deny,dtmfmode,host,nat,permit,port,qualify,secret,type,callwaiting_enable,voicemail_enable,voicemail_vmpwd,voicemail_email,voicemail_options,,,',
  '101,,"Sara, front desk",default,0,"""Desk"" <02122222222>",101,sip,SIP/101,101,Front,no,from-internal,0.0.0.0/0.0.0.0,rfc2833,dynamic,no,10.0.0.0/255.0.0.0,5060,yes,sup3rS3cret,friend,ENABLED,yes,4711,sara@example.ir,attach=no,saycid=no,envelope=no,delete=no',
  '0102,,Ali,novm,0,,0102,sip,SIP/0102,0102,,no,from-internal,0.0.0.0/0.0.0.0,rfc2833,dynamic,no,,5060,yes,0therS3cret,peer,,,,,,,,',
].join('\n');

describe('an export of FreePBX’s Bulk Handler', () => {
  it('finds its extensions, and means only what is truly the same', async () => {
    const sheet = await open(freepbx);
    const fields = sheet.columns.flatMap(({ title, field }) => (field === null ? [] : [[title, field]]));
    expect(fields).toEqual([
      ['extension', 'number'],
      ['name', 'name'],
      ['outboundcid', 'cid_number'],
      // Its own id is none of ours: it is left alone.
      ['description', 'description'],
      ['canreinvite', 'canreinvite'],
      ['context', 'context'],
      ['deny', 'deny'],
      ['dtmfmode', 'dtmfmode'],
      ['host', 'host'],
      ['nat', 'nat'],
      ['permit', 'permit'],
      ['port', 'port'],
      ['qualify', 'qualify'],
      ['secret', 'secret'],
      ['type', 'type'],
      ['voicemail_email', 'email'],
    ]);
    expect(sheet.settings.key).toBe('number');
    const [sara, ali] = await compared('simotel', records, sheet);
    expect(sara).toMatchObject({ remoteId: '64f0', status: 'differs', problems: [] });
    const to = Object.fromEntries(sara?.edits.map(({ field, to }) => [field, to]) ?? []);
    expect(to).toMatchObject({
      name: 'Sara, front desk',
      cid_number: '02122222222',
      permit: '10.0.0.0/255.0.0.0',
      secret: 'sup3rS3cret',
      email: 'sara@example.ir',
    });
    // Empty cells keep.
    expect(ali?.edits.map(({ field }) => field)).not.toContain('cid_number');
  });

  it('of the older Bulk Extensions has its headings known too', async () => {
    const heads = ['devinfo_secret', 'devinfo_callgroup', 'devinfo_pickupgroup', 'devinfo_dtmfmode', 'email'];
    const sheet = await open(`action,extension,${heads.join(',')}\nedit,101,x,1,2,inband,a@b.ir\n`);
    expect(sheet.columns.map(({ field }) => field)).toEqual([
      'action',
      'number',
      'secret',
      'callgroup',
      'pickupgroup',
      'dtmfmode',
      'email',
    ]);
  });
});

describe('a cell', () => {
  const raw: JsonObject = {
    number: '0123',
    cid_number: '09121234567',
    call_limit: '2',
    active: 'yes',
    nat: 'no',
    port: '5060',
    name: 'پیش',
    secret: 'old',
  };
  const one = stored('simotel', [{ id: 'a', raw }]);
  const cell = async (field: string, text: string) => {
    const quoted = `"${text.replace(/"/g, '""')}"`;
    const sheet = await opened('simotel', one, Buffer.from(`id,${field}\na,${quoted}\n`));
    const [item] = await compared('simotel', one, sheet);
    const [edit] = item?.edits ?? [];
    const [problem] = item?.problems ?? [];
    return problem ? [problem.code, problem.detail] : edit ? edit.to : item?.status;
  };

  it.each([
    ['keeps where it is empty', 'name', '', 'same'],
    ['keeps where it is blank', 'name', '  ', 'same'],
    ['clears with the marker', 'name', ' {clear} ', ''],
    ['cannot clear what must be there', 'number', '{clear}', ['field.required', undefined]],
    ['may have spaces around it', 'name', ' نو ', 'نو'],
    ['may be in Persian digits', 'call_limit', '۱۲', '12'],
    ['may be in Arabic digits', 'port', '٥٠٦١', '5061'],
    ['keeps Persian digits in a text', 'name', 'طبقه ۳', 'طبقه ۳'],
    ['has lost its zeros', 'cid_number', '9121234567', ['reason.zeros-lost', '09121234567']],
    ['has lost its digits', 'cid_number', '9.12E+09', ['reason.scientific', '9.12E+09']],
    ['has lost its digits in Persian', 'call_limit', '۹٫۱۲E+۰۹', ['reason.scientific', '9٫12E+09']],
    ['may be a label', 'active', 'No', 'no'],
    ['may be a Persian label', 'active', 'خير', 'no'],
    ['may be true or false', 'active', 'FALSE', 'no'],
    ['may be 1 or 0', 'active', '0', 'no'],
    ['is the same by its label', 'active', 'بله', 'same'],
    ['may be a label of a choice', 'nat', 'Force rport + comedia', 'force_rport,comedia'],
    ['is not allowed', 'active', 'perhaps', ['field.not-allowed', 'perhaps']],
    ['loses the apostrophe of an export', 'name', "'=1+1", '=1+1'],
    ['has a secret of asterisks', 'secret', '*****', ['field.masked-secret', undefined]],
    ['has another secret', 'secret', 'n3w', 'n3w'],
    ['is no port', 'port', '70000', ['field.not-port', undefined]],
  ])('%s', async (_, field, text, expected) => {
    expect(await cell(field, text)).toEqual(expected);
  });

  const user = stored('edge', [
    {
      id: '7',
      raw: {
        user_id: '7',
        uname: 'sara',
        expire_time: '2026-11-21',
        tell: '+982122222222',
        is_bought_panel: true,
      },
    },
  ]);
  const panelCell = async (field: string, text: string) => {
    const sheet = await opened('edge', user, Buffer.from(`uname,${field}\nsara,${text}\n`));
    expect(sheet.settings.key).toBe('uname');
    const [item] = await compared('edge', user, sheet);
    const [edit] = item?.edits ?? [];
    const [problem] = item?.problems ?? [];
    return problem ? [problem.code, problem.detail] : edit ? edit.to : item?.status;
  };

  it.each([
    ['is the day in ISO', '2026-12-01', '2026-12-01'],
    ['is the same day in Jalali', '1405/08/30', 'same'],
    ['is another day in Jalali, in Persian digits', '۱۴۰۵/۹/۱', '2026-11-22'],
    ['is a leap day of Jalali', '1403-12-30', '2025-03-20'],
    ['is a day with slashes', '2026/12/01', '2026-12-01'],
    ['is a day that is not', '1404/12/30', ['field.no-such-day', '1404/12/30']],
    ['is a Gregorian day that is not', '2026-02-30', ['field.no-such-day', '2026-02-30']],
    ['could be two days', '3/4/2026', ['field.not-date', '3/4/2026']],
    ['cannot be cleared', '{clear}', ['field.cannot-clear', undefined]],
  ])('of a date %s', async (_, text, expected) => {
    expect(await panelCell('expire_time', text)).toEqual(expected);
  });

  it.each([
    ['is the same number without the country', '02122222222', 'same'],
    ['is the same number without its zero', '2122222222', 'same'],
    ['is another number', '02133333333', '02133333333'],
  ])('of a telephone %s', async (_, text, expected) => {
    expect(await panelCell('tell', text)).toEqual(expected);
  });

  it('of a flag kept as a number may say yes', async () => {
    expect(await panelCell('is_bought_panel', 'yes')).toBe('same');
    expect(await panelCell('is_bought_panel', 'خیر')).toBe('0');
  });

  it('of a password is always another one, and checked', async () => {
    expect(await panelCell('password', 'Str0ng!pass')).toBe('Str0ng!pass');
    expect(await panelCell('password', 'weak')).toEqual(['field.password-rule', undefined]);
  });

  it('of a field that cannot be changed is passed over', async () => {
    expect(await panelCell('mobile', '09120000000')).toBe('same');
  });
});

describe('a row', () => {
  it('stands for its record by a key in Persian digits', async () => {
    expect((await read('number,name\n۰۱۰۲,New\n'))[0]).toMatchObject({ remoteId: '64f1', status: 'differs' });
  });

  it('whose key has lost its zeros names the record that was meant', async () => {
    expect((await read('number,name\n102,New\n'))[0]).toMatchObject({
      remoteId: null,
      status: 'missing',
      problems: [{ field: null, code: 'reason.zeros-lost-in-key', detail: '0102' }],
    });
  });

  it('whose key is damaged, empty, unknown, or there twice is told', async () => {
    const twins = [...records, ...stored('simotel', [{ id: '64f9', raw: { number: '103' } }])];
    const sheet = await opened('simotel', twins, Buffer.from('number,name\n1.01E+02,a\n,b\n999,c\n103,d\n'));
    const items = await compared('simotel', twins, sheet);
    expect(items.map(({ status, problems }) => [status, problems[0]?.code, problems[0]?.detail])).toEqual([
      ['invalid', 'reason.scientific', '1.01E+02'],
      ['invalid', 'reason.empty-key', undefined],
      ['missing', 'reason.not-found', '999'],
      ['invalid', 'reason.ambiguous-key', '103'],
    ]);
  });

  it('that is there twice is flagged both times', async () => {
    const items = await read('number,name\n101,a\n103,x\n۱۰۱,b\n');
    expect(items.map(({ status }) => status)).toEqual(['doubled', 'differs', 'doubled']);
  });

  it('with one wrong cell prepares nothing', async () => {
    const [item] = await read('number,name,port\n101,New,99999\n');
    expect(item?.status).toBe('invalid');
  });
});
