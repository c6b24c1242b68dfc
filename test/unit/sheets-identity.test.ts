import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../shared/catalog';
import { compared, opened, stored } from '../support/sheets';

const extensions = stored('simotel', [
  { id: 'aa01', raw: { _id: 'aa01', number: '201', name: 'Ali', email: 'ali@example.ir' } },
  { id: 'aa02', raw: { _id: 'aa02', number: '0202', name: 'Sara', email: 'sara@example.ir' } },
  { id: 'aa03', raw: { _id: 'aa03', number: '203', name: 'Reza', email: 'info@example.ir' } },
  { id: 'aa04', raw: { _id: 'aa04', number: '204', name: 'Mina', email: 'info@example.ir' } },
]);
const people = [
  {
    user_id: 48211,
    uname: 'n_ghasemi1',
    name: 'N',
    mobile: '09121111111',
    email: 'n@example.ir',
    company: 'X',
  },
  {
    user_id: 48215,
    uname: 'a_sadeghi4',
    name: 'A',
    mobile: '+989122222222',
    email: 'a@example.ir',
    company: 'X',
  },
  { user_id: 48223, uname: 'f_ebrahimi7', name: 'F', national_id: '0012345678', email: '', company: 'X' },
];
const users = stored(
  'edge',
  people.map((raw) => ({ id: String(raw.user_id), raw })),
);

async function read(kind: Kind, ...lines: string[]) {
  const records = kind === 'simotel' ? extensions : users;
  const sheet = await opened(kind, records, Buffer.from(lines.join('\n')));
  const items = await compared(kind, records, sheet);
  return items.map(({ status, problems }) => problems.find(({ code }) => code.includes('other')) ?? status);
}
const other = (field: string, detail?: string, found?: string) =>
  expect.objectContaining({
    field,
    code: 'reason.other-record',
    ...(detail ? { detail } : {}),
    ...(found ? { other: found } : {}),
  });

describe('what cannot be edited says whose a row is', () => {
  it('names both where the id is of one and the user name of another', async () => {
    expect(await read('edge', 'id,uname,company', '48211,a_sadeghi4,New')).toEqual([
      other('uname', 'a_sadeghi4', '48211 (n_ghasemi1)'),
    ]);
  });

  it.each<[string, string, string, string | object]>([
    ['a user name that nobody has', 'id,uname,company', '48211,n_ghasemi9,New', other('uname')],
    ['a mobile number of another', 'uname,mobile,company', 'n_ghasemi1,09122222222,New', other('mobile')],
    ['a mobile number that nobody has', 'id,mobile,company', '48211,09129999999,New', other('mobile')],
    [
      'a national id of another',
      'uname,national_id,company',
      'n_ghasemi1,0012345678,New',
      other('national_id'),
    ],
    ['an id of another', 'uname,id,company', 'n_ghasemi1,48215,New', 'either'],
    ['its own mobile number, written otherwise', 'id,mobile,company', '48215,0912 222 2222,New', 'differs'],
    ['its own, without the zero', 'id,mobile,company', '48211,9121111111,New', 'differs'],
    ['its own, in Persian digits', 'id,mobile,company', '48211,۰۹۱۲۱۱۱۱۱۱۱,New', 'differs'],
    ['its own, that lost its zeros', 'id,national_id,company', '48223,12345678,New', 'differs'],
    ['its own, in capitals', 'id,uname,company', '48211,N_GHASEMI1,New', 'differs'],
    ['nothing', 'id,uname,mobile,company', '48211,,,New', 'differs'],
    ['a mobile number where the record has none', 'id,mobile,company', '48223,09125555555,New', 'differs'],
  ])('%s', async (_, titles, cells, expected) => {
    const [found] = await read('edge', titles, cells);
    if (expected === 'either') expect(found).toMatchObject({ code: 'reason.other-record' });
    else expect(found).toEqual(expected);
  });

  it('holds every wrong row of a file whose ids were not sorted along, and no right one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), async (order) => {
        const lines = order.map((from, to) => `${people[to]?.user_id},${people[from]?.uname},Co ${from}`);
        const found = await read('edge', 'id,uname,company', ...lines);
        expect(found.map((one) => one === 'differs')).toEqual(order.map((from, to) => from === to));
      }),
    );
  });
});

describe('what can be edited', () => {
  it('is an edit where nobody has it', async () => {
    expect(await read('simotel', 'id,number,name', 'aa01,250,Ali B')).toEqual(['differs']);
    expect(await read('simotel', 'number,email', '201,new@example.ir')).toEqual(['differs']);
  });

  it('is a renumbering where the file does nothing else, and gives the other a number too', async () => {
    expect(await read('simotel', 'id,number', 'aa01,203', 'aa03,201')).toEqual(['differs', 'differs']);
    expect(await read('simotel', 'id,number', 'aa01,203', 'aa03,250')).toEqual(['differs', 'differs']);
    expect(await read('simotel', 'id,number', 'aa01,203')).toEqual([other('number', '203', 'aa01 (201)')]);
  });

  it('is of another record where a file of ids and numbers was sorted apart', async () => {
    expect(
      await read('simotel', 'id,number,description', 'aa01,203,Desk of 203', 'aa03,201,Desk of 201'),
    ).toEqual([other('number'), other('number')]);
    expect(await read('simotel', 'id,number,name', 'aa01,203,Reza', 'aa03,201,Ali')).toEqual([
      other('number'),
      other('number'),
    ]);
  });

  it('is an edit where another cell is the record’s own', async () => {
    expect(await read('simotel', 'id,number,name', 'aa01,203,Ali', 'aa03,201,Reza')).toEqual([
      'differs',
      'differs',
    ]);
    expect(await read('simotel', 'id,number,email', 'aa01,201,sara@example.ir')).toEqual(['differs']);
    expect(await read('simotel', 'number,name,email', '201,Ali,sara@example.ir')).toEqual(['differs']);
  });

  it('is of another record where an e-mail address is one other’s, and nothing speaks for the row', async () => {
    expect(await read('simotel', 'number,email', '201,Sara@example.ir')).toEqual([
      other('email', 'Sara@example.ir', '201 (ali@example.ir)'),
    ]);
    expect(await read('simotel', 'number,name,email', '201,Sara,sara@example.ir')).toEqual([other('email')]);
    // Shared by several, it says nobody.
    expect(await read('simotel', 'number,email', '201,info@example.ir')).toEqual(['differs']);
  });

  it('may be a name: people change desks', async () => {
    expect(await read('simotel', 'number,name', '201,Sara', '0202,Ali')).toEqual(['differs', 'differs']);
  });
});

it('an id of another program says nothing', async () => {
  expect(await read('simotel', 'extension,id,name', '201,201,New', '203,203,Other')).toEqual([
    'differs',
    'differs',
  ]);
});

it('an id of a record that is gone, beside ids that are there, is told', async () => {
  expect(await read('simotel', 'number,id,name', '201,aa01,New', '0202,aa02,x', '203,bb99,Other')).toEqual([
    'differs',
    'differs',
    other('id', 'bb99'),
  ]);
});
