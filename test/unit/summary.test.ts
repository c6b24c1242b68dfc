/** The page of a summary: that nothing in it is taken for HTML, no secret is in it, and both languages are whole. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Summary } from '../../electron/documents/summary/book';
import { summaryDocument } from '../../electron/documents/summary/document';
import { firstCollection } from '../../shared/catalog';
import { workOrderIdSchema } from '../../shared/model/change';
import { connectionIdSchema } from '../../shared/model/connection';
import type { JournalItem } from '../../shared/model/journal';
import { say } from '../../shared/words';

const evil = `<script>alert('x')</script>"><img src=x onerror=alert(1)>&amp;`;

const connectionId = connectionIdSchema.parse(randomUUID());

function item(more: Partial<JournalItem> = {}): JournalItem {
  return {
    seq: 1,
    type: 'write',
    at: Date.UTC(2025, 10, 12, 8, 30),
    endedAt: Date.UTC(2025, 10, 12, 8, 31),
    connectionId,
    connectionName: 'Tehran PBX',
    site: 'Behin Co',
    kind: 'simotel',
    collection: firstCollection('simotel'),
    remoteId: 'a1',
    title: '1203 Sara',
    workOrder: 'WO-12',
    workOrderId: null,
    actor: 'ali@laptop',
    fields: [{ field: 'nat', before: 'no', after: 'yes' }],
    outcome: 'applied',
    result: null,
    ...more,
  };
}

function summary(more: Partial<Summary> = {}): Summary {
  return {
    order: {
      id: workOrderIdSchema.parse(randomUUID()),
      number: 12,
      name: 'Reception',
      customer: '',
      ticket: '',
      note: '',
      changes: 1,
      current: true,
      state: 'preparing',
      createdAt: Date.UTC(2025, 10, 12, 8, 30),
    },
    madeAt: Date.UTC(2025, 10, 12, 9, 0),
    before: [
      {
        name: 'Tehran PBX',
        site: 'Behin Co',
        kind: 'simotel',
        baseUrl: 'http://192.168.1.20/api/v4',
        rows: [
          {
            collection: firstCollection('simotel'),
            remoteId: 'a1',
            title: '1203 Sara',
            fields: [
              { field: 'name', from: 'Sara', to: 'سارا' },
              { field: 'call_record', from: 'no', to: 'yes' },
              { field: 'secret', from: { secret: 'set' }, to: { secret: 'set' } },
              { field: 'email', from: null, to: 'a@b.c' },
            ],
          },
        ],
      },
    ],
    after: [],
    ...more,
  };
}

const happened = (rows: readonly JournalItem[]): Pick<Summary, 'after'> => ({
  after: [{ name: 'Tehran PBX', site: '', kind: 'simotel', baseUrl: null, rows }],
});

describe('a summary', () => {
  it('takes no value for HTML, wherever it stands', () => {
    const result = {
      outcome: 'rejected' as const,
      problem: { code: 'rejected' as const, params: {}, serverMessage: evil },
      notStored: [{ field: evil, before: evil, after: evil }],
      sideEffects: [{ field: evil, before: null, after: evil }],
      unverifiable: [evil],
    };
    const fields = [{ field: evil, before: evil, after: evil }];
    const rows = [item({ title: evil, actor: evil, fields, outcome: 'rejected', result })];
    const { order } = summary();
    const page = summaryDocument(
      summary({
        order: { ...order, name: evil, customer: evil, ticket: evil, note: evil },
        before: [
          {
            name: evil,
            site: evil,
            kind: 'simotel',
            baseUrl: evil,
            rows: [
              {
                collection: firstCollection('simotel'),
                remoteId: evil,
                title: evil,
                fields: [{ field: evil, from: evil, to: evil }],
              },
            ],
          },
        ],
        after: [{ name: evil, site: evil, kind: 'edge', baseUrl: evil, rows }],
      }),
      'en',
    );
    expect(page).not.toMatch(/<script|<img|onerror=alert\(1\)>(?!&)/i);
    expect(page).toContain('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&gt;&lt;img src=x');
    // The elements of the page are those that it has with harmless values.
    const tags = (text: string) => new Set(text.match(/<\/?[a-z][a-z\d]*/gi));
    expect([...tags(page)].filter((tag) => /script|img|iframe|link|object|svg|a$/i.test(tag))).toEqual([
      '<meta',
    ]);
  });

  it('stands alone: no script, nothing from elsewhere, and a policy that forbids both', () => {
    for (const language of ['en', 'fa'] as const) {
      const page = summaryDocument(summary(happened([item()])), language);
      expect(page).not.toMatch(/<script|<link|\bsrc=|@import|url\(|<a\b/i);
      expect(page).toContain(`default-src 'none'; style-src 'unsafe-inline'`);
    }
  });

  it('says what will change by the catalog’s labels, and of a secret only that it changes', () => {
    const page = summaryDocument(summary(), 'en');
    expect(page).toContain('What will change (1)');
    expect(page).toContain('Behin Co');
    expect(page).toContain('http://192.168.1.20/api/v4');
    expect(page).toContain('SIP secret</span> <em>changed (not shown)</em>');
    expect(page).toMatch(
      /E-mail<\/span> <em>empty<\/em> <span class="arrow">→<\/span> <bdi class="value" dir="ltr">a@b\.c/,
    );
    expect(page).toContain('Nothing has been written yet.');
  });

  it('shows no text in a field that is, or sounds like, a secret', () => {
    const canary = 'CANARY-77';
    const leak = ['secret', 'more_options', 'api_token', 'sip.password'].map((field) => ({
      field,
      before: canary,
      after: canary,
    }));
    const result = {
      outcome: 'applied' as const,
      problem: null,
      notStored: leak,
      sideEffects: leak,
      unverifiable: [],
    };
    expect(summaryDocument(summary(happened([item({ fields: leak, result })])), 'en')).not.toContain(canary);
  });

  it('is in Persian right to left, with Jalali dates and Persian words', () => {
    const page = summaryDocument(summary(happened([item()])), 'fa');
    expect(page).toContain('<html lang="fa" dir="rtl">');
    expect(page).toContain('آنچه تغییر خواهد کرد (۱)');
    expect(page).toContain('آنچه انجام شد');
    expect(page).toContain('اعمال شد: ۱');
    expect(page).toContain('۱۴۰۴');
    expect(page).toContain('<span class="arrow">←</span>');
    expect(page).not.toContain('What');
    // The number that people say is the same in both.
    expect(page).toContain('<bdi dir="ltr">WO-12</bdi>');
  });

  it('is in English left to right, with Gregorian dates', () => {
    const page = summaryDocument(summary(), 'en');
    expect(page).toContain('<html lang="en" dir="ltr">');
    expect(page).toContain('12 Nov 2025');
    expect(page).not.toMatch(/[\u06f0-\u06f9]/);
  });

  it('tells what happened: outcome, reason, the server’s words in their own direction, when and who', () => {
    const problem = { code: 'not-stored' as const, params: {}, serverMessage: 'شماره تکراری است' };
    const result = {
      outcome: 'rejected' as const,
      problem,
      notStored: [{ field: 'nat', before: 'yes', after: 'no' }],
      sideEffects: [{ field: 'port', before: '5060', after: '5061' }],
      unverifiable: ['password'],
    };
    const page = summaryDocument(summary(happened([item({ outcome: 'rejected', result })])), 'en');
    expect(page).toContain('<strong>rejected</strong>');
    expect(page).toContain(say('en', 'documents:reason.not-stored'));
    expect(page).toContain('<bdi>شماره تکراری است</bdi>');
    expect(page).toContain(say('en', 'documents:notStored'));
    expect(page).toContain(say('en', 'documents:sideEffects'));
    expect(page).toContain(say('en', 'workorders:reason.unverifiable'));
    expect(page).toContain('<bdi dir="ltr">ali@laptop</bdi>');
  });

  it('counts a record that was tried again by its last try', () => {
    const rows = [
      item({ outcome: 'unknown' }),
      item({ seq: 2 }),
      item({ seq: 3, remoteId: 'a2', outcome: null }),
    ];
    const page = summaryDocument(summary(happened(rows)), 'en');
    expect(page).toMatch(/class="tally"><span class="applied">applied: 1<\/span> <\/p>/);
    expect(page).toContain('in flight');
  });
});
