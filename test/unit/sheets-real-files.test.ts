import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../shared/catalog';
import { compared, opened, stored } from '../support/sheets';

/*
 * Files as other programs publish their headings, with people made up. What is not named here is left alone: it means
 * something else, or nobody can tell.
 */

const folder = path.resolve(import.meta.dirname, '../fixtures/sheets');
const records = stored('simotel', [
  { id: 'a', raw: { _id: 'a', number: '201', name: 'Before', secret: 'S3cret-201' } },
  { id: 'b', raw: { _id: 'b', number: '0202', name: 'Before', secret: 'S3cret-202' } },
  { id: 'c', raw: { _id: 'c', number: '203', name: 'Before', secret: 'S3cret-203' } },
  { id: 'd', raw: { _id: 'd', number: '205', name: 'Before', secret: 'S3cret-205' } },
]);
const users = stored('edge', [{ id: '48211', raw: { user_id: 48211, uname: 'tone', name: 'Before' } }]);

const open = (name: string) =>
  opened('simotel', records, readFileSync(path.join(folder, `real-${name}.csv`)));

describe('a file of another program', () => {
  it.each<[string, Record<string, string>]>([
    [
      '3cx',
      {
        Number: 'number',
        EmailAddress: 'email',
        AuthPassword: 'secret',
        OutboundCallerID: 'cid_number',
      },
    ],
    ['cisco-bat', { 'Primary Extension': 'number' }],
    [
      'freepbx12',
      {
        action: 'action',
        extension: 'number',
        name: 'name',
        outboundcid: 'cid_number',
        devinfo_secret: 'secret',
        devinfo_dtmfmode: 'dtmfmode',
        devinfo_canreinvite: 'canreinvite',
        devinfo_context: 'context',
        devinfo_host: 'host',
        devinfo_type: 'type',
        devinfo_nat: 'nat',
        devinfo_port: 'port',
        devinfo_qualify: 'qualify',
        devinfo_callgroup: 'callgroup',
        devinfo_pickupgroup: 'pickupgroup',
        devinfo_deny: 'deny',
        devinfo_permit: 'permit',
        description: 'description',
        email: 'email',
      },
    ],
    [
      'freepbx17',
      {
        extension: 'number',
        name: 'name',
        outboundcid: 'cid_number',
        description: 'description',
        context: 'context',
        direct_media: 'directmedia',
        dtmfmode: 'dtmfmode',
        secret: 'secret',
        voicemail_email: 'email',
      },
    ],
    [
      'fusionpbx',
      {
        extension: 'number',
        effective_caller_id_name: 'name',
        outbound_caller_id_number: 'cid_number',
        description: 'description',
      },
    ],
    ['issabel', { name: 'name', ext: 'number' }],
    ['mikopbx', { number: 'number', email: 'email', sip_secret: 'secret' }],
    ['piaf-mac', { extension: 'number' }],
    ['ucm-phonebook', { 'Account Number': 'number', 'CallerID Number': 'cid_number', Email: 'email' }],
    ['yeastar-s', { username: 'number', registerpassword: 'secret', fullname: 'name', email: 'email' }],
  ])('%s has the columns taken that mean the same, and no others', async (name, meant) => {
    const sheet = await open(name);
    const taken = sheet.columns.filter(({ field }) => field !== null);
    expect(Object.fromEntries(taken.map(({ title, field }) => [title, field]))).toEqual(meant);
    expect(sheet.settings).toMatchObject({ header: true, key: 'number' });
    const items = await compared('simotel', records, sheet);
    expect(items[0]?.remoteId).toBe('a');
  });

  it('freepbx12 edits what it edits; what it removes or adds over another is no edit', async () => {
    const items = await compared('simotel', records, await open('freepbx12'));
    expect(items.map(({ status, problems }) => [status, problems.map(({ code }) => code)])).toEqual([
      ['differs', []],
      ['invalid', ['reason.row-removes']],
      ['invalid', ['reason.row-adds']],
    ]);
  });

  it('voipnow has no headings: its actions are seen, and the rest is asked for', async () => {
    const sheet = await open('voipnow');
    expect(sheet.settings).toMatchObject({ header: false, key: null });
    expect(sheet.columns[0]).toMatchObject({ field: 'action', by: 'cells' });
    const columns = sheet.settings.columns.map((field, index) => (index === 1 ? 'number' : field));
    const items = await compared('simotel', records, sheet, { columns, key: 'number' });
    expect(items.map(({ status, problems }) => [status, problems[0]?.code])).toEqual([
      ['invalid', 'reason.row-adds'],
      ['invalid', 'reason.row-adds'],
      ['invalid', 'reason.row-removes'],
    ]);
  });

  it('yeastar calls SIP a type, which is no type of peer', async () => {
    const items = await compared('simotel', records, await open('yeastar-s'));
    expect(items.map(({ status }) => status)).toEqual(['differs', 'differs']);
    expect(items[0]?.edits.map(({ field, to }) => [field, to])).toEqual([
      ['secret', 'Test1only'],
      ['name', 'Test One'],
      ['email', 'one@example.ir'],
    ]);
  });

  it('cisco has a row of delimiters between its records', async () => {
    const items = await compared('simotel', records, await open('cisco-bat'));
    expect(items.map(({ status, line }) => [status, line])).toEqual([
      ['same', 2],
      ['same', 4],
    ]);
  });
});

const columnsOf = async (kind: Kind, titles: string, cells: string) => {
  const held = kind === 'simotel' ? records : users;
  const { columns } = await opened(kind, held, Buffer.from(`${titles}\n${cells}\n`));
  return columns.map(({ field }) => field);
};

describe('a heading', () => {
  it.each([
    'Ext',
    'EXT',
    'Ext.',
    'ext_no',
    'ExtNo',
    'Ext #',
    'Extension',
    'Extension Number',
    'Extension No.',
    'extension_number',
    'ExtensionNumber',
    'User Extension',
    'Primary Extension',
    'داخلی',
    'داخلي',
    'شماره داخلی',
    'شماره‌ی داخلی',
    'شمارهٔ داخلی',
  ])('%s is the number', async (title) => {
    expect(await columnsOf('simotel', `${title},active`, '201,yes')).toEqual(['number', 'active']);
  });

  it.each([
    ['ایمیل', 'email'],
    ['پست الکترونیک', 'email'],
    ['پست‌الکترونیک', 'email'],
    ['Email Address', 'email'],
    ['E-Mail', 'email'],
    ['نام و نام خانوادگی', 'name'],
    ['Full Name', 'name'],
    ['fullname', 'name'],
    ['Display Name', 'name'],
    ['DisplayName', 'name'],
    ['sip_secret', 'secret'],
    ['SIP Password', 'secret'],
    ['AuthPassword', 'secret'],
    ['Register Password', 'secret'],
  ])('%s is the %s', async (title, field) => {
    expect(await columnsOf('simotel', `number,${title}`, '201,x')).toEqual(['number', field]);
  });

  it.each([
    'Password',
    'PIN',
    'First Name',
    'Last Name',
    'callerid',
    'Mobile',
    'Mobile Number',
    'Telephone Number',
    'mac',
    'cid_masquerade',
    'AuthID',
    'SIPID',
    'loginpassword',
    'voicemail_vmpwd',
    'fwd_forwarding',
    'devicetype',
    'Disabled',
    'emergency_cid',
    'WebMeetingFriendlyName',
  ])('%s means something else and is left alone', async (title) => {
    expect(await columnsOf('simotel', `number,${title}`, '201,5')).toEqual(['number', null]);
  });

  it.each([
    ['Name,Last Name', ['number', null, null]],
    ['نام,نام خانوادگی', ['number', null, null]],
    ['Full Name,Last Name', ['number', 'name', null]],
    ['Name,Department', ['number', 'name', null]],
  ])('beside others: %s', async (titles, fields) => {
    expect(await columnsOf('simotel', `number,${titles}`, '201,x,y')).toEqual(fields);
  });

  it('is believed only where the cells can be of the field', async () => {
    expect(await columnsOf('simotel', 'number,username', '201,Sara')).toEqual(['number', null]);
    expect(await columnsOf('simotel', 'username,name', '201,Sara')).toEqual(['number', 'name']);
    expect(await columnsOf('simotel', 'number,type', '201,SIP')).toEqual(['number', null]);
    expect(await columnsOf('simotel', 'number,type', '201,friend')).toEqual(['number', 'type']);
    expect(await columnsOf('simotel', 'number,type', '201,frend')).toEqual(['number', 'type']);
    expect(await columnsOf('simotel', 'number,call_group', '201,sales')).toEqual(['number', null]);
    expect(await columnsOf('simotel', 'number,call_group', '201,3')).toEqual(['number', 'callgroup']);
  });

  it.each([
    ['نام کاربری', 'uname'],
    ['login', 'uname'],
    ['Full Name', 'name'],
    ['ایمیل', 'email'],
    ['Mobile Number', 'mobile'],
    ['تلفن همراه', 'mobile'],
    ['نام شرکت', 'company'],
    ['Expiry Date', 'expire_time'],
  ])('%s of a panel is the %s', async (title, field) => {
    expect(await columnsOf('edge', `${title},what`, 'x,y')).toEqual([field, null]);
  });
});

describe('a column of actions', () => {
  const read = async (title: string, ...actions: string[]) => {
    const rows = actions.map(
      (action, index) => `${['201', '0202', '203', '205', '999'][index]},${action},New`,
    );
    const sheet = await opened('simotel', records, Buffer.from(`number,${title},name\n${rows.join('\n')}\n`));
    const items = await compared('simotel', records, sheet);
    return items.map(({ status, problems }) => problems[0]?.code ?? status);
  };

  it.each([
    ['action', 'edit', 'update', 'Modify', ''],
    ['Action', 'EDIT', 'mod', 'change', 'upd'],
    ['عملیات', 'ویرایش', 'ويرايش', 'اصلاح', 'تغییر'],
  ])('%s: rows that edit are edits', async (title, ...actions) => {
    expect(await read(title, ...actions)).toEqual(actions.map(() => 'differs'));
  });

  it.each(['del', 'DELETE', 'remove', 'rm', 'حذف', 'drop'])('rows that say %s are none', async (word) => {
    expect(await read('action', word)).toEqual(['reason.row-removes']);
  });

  it('rows that add are told: there is such a record already, or there is none', async () => {
    expect(await read('operation', 'add', 'create', 'افزودن', 'new', 'insert')).toEqual([
      ...Array.from({ length: 4 }, () => 'reason.row-adds'),
      'reason.not-found',
    ]);
  });

  it('with words that nobody knows prepares nothing', async () => {
    expect(await read('action', 'move', 'x', 'editt')).toEqual([
      'reason.unknown-action',
      'reason.unknown-action',
      'reason.unknown-action',
    ]);
  });
});
