/** Exports of the history: tables for spreadsheets, lines for programs, a report for the customer. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Jobs } from '../../electron/jobs/jobs';
import { HistoryExport } from '../../electron/journal/export/export';
import type { EntrySource } from '../../electron/journal/export/source';
import { cell } from '../../electron/journal/export/table';
import { firstCollection } from '../../shared/catalog';
import { connectionIdSchema } from '../../shared/model/connection';
import { everything, type JournalFilter, type JournalItem } from '../../shared/model/journal';
import { problem } from '../../shared/model/problem';
import { tempFolder } from '../support/endings';

const connectionId = connectionIdSchema.parse(randomUUID());
const canary = 'CANARY-77-Secret!';

function item(seq: number, more: Partial<JournalItem> = {}): JournalItem {
  return {
    seq,
    type: 'write',
    at: Date.UTC(2024, 10, 12, 8, 30) + seq,
    endedAt: Date.UTC(2024, 10, 12, 8, 31) + seq,
    connectionId,
    connectionName: 'Tehran PBX',
    site: 'بهین',
    kind: 'simotel',
    collection: firstCollection('simotel'),
    remoteId: '65f0',
    title: '1203 سارا احمدی',
    workOrder: 'WO-12 Recording',
    workOrderId: null,
    actor: 'reza@office',
    fields: [{ field: 'name', before: 'Sara', after: 'سارا' }],
    outcome: 'applied',
    result: { outcome: 'applied', problem: null, notStored: [], sideEffects: [], unverifiable: [] },
    ...more,
  };
}

/** A history of made-up entries, newest first, that answers as the real one does. */
function sourceOf(items: readonly JournalItem[], slice?: () => void): EntrySource {
  const sorted = [...items].sort((a, b) => b.seq - a.seq);
  return {
    page: (_filter, before, limit) => {
      slice?.();
      return sorted.filter(({ seq }) => before === null || seq < before).slice(0, limit);
    },
    count: () => sorted.length,
    links: (seqs) =>
      new Map(
        seqs.map((seq) => [
          seq,
          [{ seq, hash: `hash-${seq}`, previous: `hash-${seq - 1}`, hashed: `[${seq}]` }],
        ]),
      ),
  };
}

const untold = () => new Jobs(() => undefined);

async function exported(
  items: readonly JournalItem[],
  format: 'csv' | 'jsonl' | 'html',
  language: 'en' | 'fa' = 'en',
  filter: JournalFilter = everything,
): Promise<string> {
  const path = join(tempFolder(), `x.${format}`);
  await new HistoryExport(sourceOf(items), untold()).write(path, { filter, format, language });
  return readFileSync(path, 'utf8');
}

/** Reads a table as spreadsheets do (RFC 4180). */
function tableOf(text: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, plain = '', end] of text
    .replace(/^\uFEFF(?=Time|زمان)/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (cells.length > 1 || cells[0] !== '') lines.push(cells);
    cells = [];
  }
  return lines;
}

describe('who did it', () => {
  it.each(['csv', 'jsonl', 'html'] as const)(
    'is told with the account where somebody chose a name: %s says nothing for it alone',
    async (format) => {
      const text = await exported([item(1, { actor: 'Somebody @ office', account: 'reza@office' })], format);
      expect(text).toContain('Somebody @ office');
      expect(text).toContain('reza@office');
    },
  );
});

describe('a cell', () => {
  it('that a spreadsheet could take for a formula begins with an apostrophe', () => {
    for (const value of [
      '=1+1',
      '+98 21 2222',
      '-1',
      '@SUM(A1)',
      ' =1',
      '\u200f=1',
      '＝1',
      '\uFEFF=1',
      '\u200b=1',
      '\u0001=1',
    ])
      expect(tableOf(cell(value))[0]?.[0]).toBe(`'${value}`);
    for (const value of ['\t=1', '\r=1', '\n=1', '\tx'])
      expect(tableOf(`${cell(value)},x`)[0]?.[0]).toBe(`'${value}`);
  });

  it('of anything else stays as it is, in quotes, so that no country parts it otherwise', () => {
    expect(cell('0912')).toBe('"0912"');
    expect(cell('a=b')).toBe('"a=b"');
    expect(cell('a;b')).toBe('"a;b"');
    expect(cell('a "b", c')).toBe('"a ""b"", c"');
    expect(tableOf(cell('one\r\ntwo\nthree'))).toEqual([['one\r\ntwo\nthree']]);
  });
});

describe('a table', () => {
  it('begins with the mark that Excel knows UTF-8 by, ends every line alike, and keeps Persian', async () => {
    const text = await exported([item(2), item(1)], 'csv', 'fa');
    expect(text.charCodeAt(0)).toBe(0xfeff);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const [head = [], first = []] = tableOf(text);
    expect(head).toHaveLength(20);
    expect(head).toContain('نام فنی');
    expect(first).toEqual([
      '2024-11-12T08:30:00.002Z',
      expect.stringContaining('۱۴۰۳'),
      'بهین',
      'Tehran PBX',
      'simotel',
      '65f0',
      '1203 سارا احمدی',
      'تغییر',
      expect.not.stringMatching(/^name$/),
      'name',
      'Sara',
      'سارا',
      'اعمال شد',
      '',
      '',
      'WO-12 Recording',
      'reza@office',
      '2',
      'hash-2',
      'hash-1',
    ]);
  });

  it('has one line a field, with what was not stored and what nobody asked for, and one for an entry without any', async () => {
    const busy = item(3, {
      fields: [
        { field: 'name', before: 'a', after: '=cmd()' },
        { field: 'email', before: null, after: 'two\nlines' },
      ],
      outcome: 'side-effect',
      result: {
        outcome: 'side-effect',
        problem: problem('side-effect', {}, '+server, "said"\nmore'),
        notStored: [{ field: 'email', before: 'two\nlines', after: '' }],
        sideEffects: [{ field: 'x.unknown', before: '1', after: '-2' }],
        unverifiable: ['password'],
      },
    });
    const rows = tableOf(await exported([busy, item(1, { fields: [] })], 'csv')).slice(1);
    expect(rows.map((row) => [row[7], row[9], row[10], row[11]])).toEqual([
      ['change', 'name', 'a', "'=cmd()"],
      ['change', 'email', '', 'two\nlines'],
      ['not stored', 'email', 'two\nlines', ''],
      ['changed although not requested', 'x.unknown', 'changed (not shown)', 'changed (not shown)'],
      ['cannot be read back', 'password', expect.any(String), expect.any(String)],
      ['change', '', '', ''],
    ]);
    expect(rows[0]?.[14]).toBe('\'+server, "said"\nmore');
    for (const row of rows) expect(row).toHaveLength(20);
  });
});

describe('lines of JSON', () => {
  it('are one entry each, with its links, and say of a secret only that it changed', async () => {
    const text = await exported(
      [
        item(2, {
          fields: [
            { field: 'secret', before: { secret: 'set' }, after: { secret: 'set' } },
            { field: 'name', before: null, after: 'x\u2028y' },
          ],
        }),
        item(1, {
          type: 'reveal',
          outcome: null,
          result: null,
          fields: [{ field: 'secret', before: null, after: null }],
        }),
      ],
      'jsonl',
    );
    expect(text.endsWith('\n')).toBe(true);
    const [one, two]: unknown[] = text
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(one).toMatchObject({
      form: 1,
      seq: 2,
      fields: [
        { field: 'secret', secret: 'changed' },
        { field: 'name', before: null, after: 'x\u2028y' },
      ],
      links: [{ seq: 2, hash: 'hash-2', previous: 'hash-1' }],
    });
    expect(two).toMatchObject({ type: 'reveal', fields: [{ field: 'secret' }] });
  });
});

describe('a report', () => {
  it('stands alone, runs right to left in Persian, and takes no value for HTML', async () => {
    const hostile = item(1, {
      title: '<img src=x onerror=alert(1)>',
      fields: [{ field: 'name', before: '<script>', after: '</td><script>alert(1)</script>' }],
    });
    const text = await exported([hostile], 'html', 'fa', { ...everything, text: '"><b>', site: 'بهین' });
    expect(text).toContain('<html lang="fa" dir="rtl">');
    expect(text).toContain('@media print');
    expect(text).not.toMatch(/<script|<img|<b>|https?:|<link/);
    expect(text).toContain('تاریخچهٔ تغییرات');
    expect(text).toContain('hash-1');
    expect(text.trimEnd().endsWith('</html>')).toBe(true);
    expect(await exported([], 'html')).toContain('Nothing was found.');
  });
});

describe('a secret', () => {
  it('is in no format, even where it reached the export in clear under a secret name', async () => {
    const leaky = item(1, {
      fields: [
        { field: 'secret', before: canary, after: canary },
        { field: 'sip.auth_password', before: canary, after: null },
      ],
      result: {
        outcome: 'applied',
        problem: null,
        notStored: [{ field: 'secret', before: canary, after: null }],
        sideEffects: [{ field: 'more_options', before: null, after: canary }],
        unverifiable: [],
      },
    });
    for (const format of ['csv', 'jsonl', 'html'] as const) {
      const text = await exported([leaky], format);
      expect(text).not.toContain(canary);
      expect(text).toContain('changed');
    }
  });
});

describe('an export', () => {
  const many = Array.from({ length: 3_000 }, (_, index) => item(index + 1));
  const request = { filter: everything, format: 'csv', language: 'en' } as const;

  it('goes through all entries in slices, and tells how far it is', async () => {
    const told: (number | null)[][] = [];
    const path = join(tempFolder(), 'all.csv');
    const jobs = new Jobs(({ phase, done, total }) => {
      if (phase === 'working') told.push([done, total]);
    });
    const one = new HistoryExport(sourceOf(many), jobs);
    expect(await one.write(path, request)).toBe(3_000);
    expect(tableOf(readFileSync(path, 'utf8'))).toHaveLength(3_001);
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)).toEqual([3_000, 3_000]);
  });

  it('that is stopped leaves no file, and the one that stood there as it was', async () => {
    const folder = tempFolder();
    const path = join(folder, 'all.csv');
    writeFileSync(path, 'before');
    let seen = 0;
    const jobs = untold();
    const one = new HistoryExport(
      sourceOf(many, () => {
        seen += 1;
        if (seen === 3) jobs.cancel('export');
      }),
      jobs,
    );
    await expect(one.write(path, request, 'export')).rejects.toMatchObject({
      problem: { code: 'cancelled' },
    });
    expect(readdirSync(folder)).toEqual(['all.csv']);
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(await one.write(path, request)).toBe(3_000);
  });

  it('that fails half way leaves no file', async () => {
    const folder = tempFolder();
    let seen = 0;
    const one = new HistoryExport(
      sourceOf(many, () => {
        seen += 1;
        if (seen === 3) throw new Error('the disk went away');
      }),
      untold(),
    );
    await expect(one.write(join(folder, 'x.csv'), request)).rejects.toMatchObject({
      problem: { code: 'file-not-saved' },
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  // Root may write everywhere; a folder that is gone fails for everybody.
  it('into a folder that is gone, or that cannot be written, says so', async () => {
    const one = new HistoryExport(sourceOf(many), untold());
    const gone = one.write(join(tempFolder(), 'gone', 'x.csv'), request);
    await expect(gone).rejects.toMatchObject({ problem: { params: { reason: 'folder-gone' } } });
    if (process.getuid?.() === 0) return;
    const folder = tempFolder();
    chmodSync(folder, 0o500);
    const closed = one.write(join(folder, 'x.csv'), request);
    await expect(closed).rejects.toMatchObject({ problem: { params: { reason: 'not-allowed' } } });
  });

  it.runIf(process.platform === 'linux')('onto a disk that fills up says so and leaves nothing', () => {
    // A limit on the size of files acts as a full disk does, and needs no rights.
    const folder = tempFolder();
    const worker = join(import.meta.dirname, '../support/export-worker.ts');
    const command = `ulimit -f 64; exec npx tsx "$0" "$1"`;
    const { stdout } = spawnSync('bash', ['-c', command, worker, join(folder, 'x.csv')], {
      encoding: 'utf8',
    });
    expect(stdout.trim()).toBe('file-not-saved disk-full');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is one at a time', async () => {
    const one = new HistoryExport(sourceOf(many), untold());
    const folder = tempFolder();
    const first = one.write(join(folder, 'a.csv'), request);
    await expect(one.write(join(folder, 'b.csv'), request)).rejects.toMatchObject({
      problem: { code: 'busy' },
    });
    await first;
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });
});
