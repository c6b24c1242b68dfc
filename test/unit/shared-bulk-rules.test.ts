import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RuledRecord, type RuleTools, ruleWorker } from '../../shared/bulk/apply-rule';
import { addEntries, removeEntries } from '../../shared/bulk/ip-entries';
import { type BulkRule, rulesFor } from '../../shared/bulk/rule';
import { type Catalog, catalogOf, fieldsByName } from '../../shared/catalog';
import { type FieldValue, sameValue } from '../../shared/catalog/compare';
import type { FieldSpec } from '../../shared/catalog/field';
import { brokenPasswordRules } from '../../shared/catalog/password';
import { validateField } from '../../shared/catalog/validate';
import { connectionIdSchema } from '../../shared/model/connection';
import { dayOf } from '../../shared/values/server-day';

const [simotel, edge] = [catalogOf('simotel'), catalogOf('edge')];
const specOf = (catalog: Catalog, name: string): FieldSpec => {
  const spec = fieldsByName(catalog).get(name);
  if (!spec) throw new Error(`no field ${name}`);
  return spec;
};
const tools: RuleTools = {
  today: '2026-03-20',
  random: (bytes) => crypto.getRandomValues(bytes),
  pattern:
    ({ find, with: to }) =>
    (value) => ({ value: value.replace(new RegExp(find, 'gu'), to) }),
  same: () => ({ gone: 'source-gone' }),
};

interface Situation {
  readonly catalog?: Catalog;
  readonly values?: Readonly<Record<string, string | null>>;
  readonly place?: number;
  readonly tools?: Partial<RuleTools>;
}

/** What a rule makes of a field of a record with these values: the value, or the code of what is wrong. */
function made(field: string, rule: BulkRule, situation: Situation = {}): FieldValue | undefined {
  const { value, problem } = ruled(field, rule, situation);
  return problem ? [problem.code, problem.detail].filter((part) => part !== undefined).join(' ') : value;
}

function ruled(
  field: string,
  rule: BulkRule,
  { catalog = simotel, values = {}, place = 0, ...more }: Situation,
) {
  const record: RuledRecord = {
    current: values[field] ?? null,
    stored: values[field] ?? null,
    place,
    other: (spec) => values[spec.name] ?? null,
  };
  return ruleWorker(catalog, specOf(catalog, field), rule, { ...tools, ...more.tools })(record);
}

describe('a series', () => {
  const at = (place: number, start: string, step = 1, field = 'number') =>
    made(field, { rule: 'series', start, step }, { place });

  it('keeps the width that was typed, zeros in front, and outgrows it', () => {
    expect(at(0, '007')).toBe('007');
    expect(at(3, '007')).toBe('010');
    expect(at(993, '007')).toBe('1000');
    expect(at(2, '100', 5)).toBe('110');
  });

  it('keeps the text around the digits', () => {
    expect(at(4, 'R-007', 1, 'description')).toBe('R-011');
    expect(at(1, 'Room 12 b', 1, 'description')).toBe('Room 13 b');
    expect(at(1, 'طبقه ۲ اتاق ۰۹', 1, 'description')).toBe('طبقه ۲ اتاق 10');
  });

  it('reads digits of every script', () => {
    expect(at(1, '۰۹')).toBe('10');
    expect(at(1, '٠٩')).toBe('10');
  });

  it('counts down, and says where it would run below zero', () => {
    expect(at(2, '005', -2)).toBe('001');
    expect(at(3, '005', -2)).toBe('reason.below-zero');
  });

  it('cannot begin without a digit', () => {
    expect(at(0, 'Room', 1, 'description')).toBe('reason.not-a-number-to-count');
    expect(at(0, '')).toBe('reason.not-a-number-to-count');
  });

  it('counts in any length without losing a digit', () => {
    const digits = fc.stringMatching(/^\d{1,30}$/);
    fc.assert(
      fc.property(digits, fc.nat(60_000), fc.integer({ min: 0, max: 1_000_000 }), (start, place, step) => {
        const value = at(place, start, step);
        expect(BigInt(String(value))).toBe(BigInt(start) + BigInt(place) * BigInt(step));
        expect(String(value).length).toBeGreaterThanOrEqual(start.length);
      }),
    );
  });
});

describe('a text with placeholders', () => {
  const text = (template: string, situation: Situation = {}) =>
    made('description', { rule: 'text', template }, situation);
  const values = { number: '0101', name: 'سارا', 'forward_policy.No Answer': '9' };

  it('takes fields of the record, a count, and braces', () => {
    expect(text('{name} ({number})', { values })).toBe('سارا (0101)');
    expect(text('{forward_policy.No Answer}/{ n }', { values, place: 4 })).toBe('9/5');
    expect(text('{{number}} {{{number}}}', { values })).toBe('{number} {0101}');
    expect(text('a } b', { values })).toBe('a } b');
  });

  it('takes what is not there as nothing', () => {
    expect(text('<{email}>', { values })).toBe('<>');
  });

  it('names a placeholder that is no field, that is a secret, or that does not end', () => {
    expect(text('{nunber}', { values })).toBe('reason.no-such-placeholder nunber');
    expect(text('{secret}', { values: { secret: 'hidden' } })).toBe('reason.no-such-placeholder secret');
    expect(text('{more_options}')).toBe('reason.no-such-placeholder more_options');
    expect(text('a {number', { values })).toBe('reason.no-such-placeholder number');
  });

  it('is itself where its braces are doubled, whatever else is in it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        const printable = value.replace(/\p{Cc}/gu, ' ');
        // Not alone: `# !` would be taken for what a spreadsheet writes in place of a value.
        const named = `Desk ${printable}.`;
        expect(text(named.replace(/[{}]/g, '$&$&'))).toBe(named);
      }),
    );
  });
});

describe('find and replace', () => {
  const replace = (current: string, rule: Partial<Extract<BulkRule, { rule: 'replace' }>>) =>
    made(
      'description',
      { rule: 'replace', find: '', with: '', pattern: false, matchCase: false, ...rule },
      { values: { description: current } },
    );

  it('takes what is typed as it stands, every time it occurs', () => {
    expect(replace('a.b.c', { find: '.', with: '$&' })).toBe('a$&b$&c');
    expect(replace('(x) [y]', { find: '(x)', with: '' })).toBe(' [y]');
    expect(replace('a-b/c', { find: '-b/', with: '+' })).toBe('a+c');
  });

  it('passes over case unless told not to', () => {
    expect(replace('Floor FLOOR', { find: 'floor', with: 'f' })).toBe('f f');
    expect(replace('Floor floor', { find: 'floor', with: 'f', matchCase: true })).toBe('Floor f');
  });

  it('does not take letters of two scripts for each other', () => {
    expect(replace('علي', { find: 'ی', with: 'x' })).toBe('علي');
    expect(replace('علي', { find: 'ي', with: 'ی' })).toBe('علی');
    expect(replace('۵5', { find: '5', with: '' })).toBe('۵');
  });

  it('changes nothing where it finds nothing, or looks for nothing', () => {
    expect(replace('as it is', { find: 'zzz', with: 'x' })).toBe('as it is');
    expect(replace('as it is', { find: '', with: 'x' })).toBe('as it is');
  });

  it('hands a pattern to where it cannot run for ever, and says what comes of it', () => {
    expect(replace('ab12', { find: '(\\d)(\\d)', with: '$2$1', pattern: true })).toBe('ab21');
    const slow = (code: 'bad-pattern' | 'pattern-slow') =>
      made(
        'description',
        { rule: 'replace', find: '(', with: '', pattern: true, matchCase: true },
        { values: { description: 'x' }, tools: { pattern: () => () => code } },
      );
    expect(slow('bad-pattern')).toBe('reason.bad-pattern');
    expect(slow('pattern-slow')).toBe('reason.pattern-slow');
  });

  it('finds every plain text in itself', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.boolean(), (find, matchCase) => {
        const clean = find.replace(/\p{Cc}/gu, '_');
        expect(replace(clean, { find: clean, with: 'there', matchCase })).toBe('there');
      }),
    );
  });
});

describe('an entry of IP rules', () => {
  it('is put at the end with the separator that is there', () => {
    expect(addEntries('10.0.0.0/8, 10.1.0.0/16', '192.168.1.0/24')).toBe(
      '10.0.0.0/8, 10.1.0.0/16, 192.168.1.0/24',
    );
    expect(addEntries('1.1.1.1/32;2.2.2.2/32', '3.3.3.3/32')).toBe('1.1.1.1/32;2.2.2.2/32;3.3.3.3/32');
    expect(addEntries('', '3.3.3.3/32')).toBe('3.3.3.3/32');
  });

  it('is not put in twice, however it is written', () => {
    expect(addEntries('10.0.0.0/24', '10.0.0.0/255.255.255.0')).toBe('10.0.0.0/24');
    expect(addEntries('0.0.0.0/0.0.0.0', '0.0.0.0/0')).toBe('0.0.0.0/0.0.0.0');
  });

  it('is taken out with its separator, the rest byte for byte', () => {
    expect(removeEntries('10.0.0.0/8, 10.1.0.0/16;1.1.1.1/32', '10.1.0.0/255.255.0.0')).toBe(
      '10.0.0.0/8;1.1.1.1/32',
    );
    expect(removeEntries('10.0.0.0/8&1.1.1.1/32', '10.0.0.0/8')).toBe('1.1.1.1/32');
    expect(removeEntries('10.0.0.0/24', '10.0.0.0/255.255.255.0')).toBe('');
    expect(removeEntries(' 10.0.0.0/8,  1.1.1.1/32 ', '2.2.2.2/32')).toBe(' 10.0.0.0/8,  1.1.1.1/32 ');
  });

  it('that is none is refused, by name', () => {
    expect(made('permit', { rule: 'add', value: '10.0.0.0/40' })).toBe('field.not-ip-mask 10.0.0.0/40');
    expect(made('permit', { rule: 'add', value: '۱۰.0.0.0/8' })).toBe('10.0.0.0/8');
  });

  it('put in and taken out again leaves what was there', () => {
    const octet = fc.nat(255);
    const entry = fc
      .tuple(octet, octet, octet, octet, fc.nat(32))
      .map(([a, b, c, d, prefix]) => `${a}.${b}.${c}.${d}/${prefix}`);
    const separator = fc.constantFrom(',', ', ', '&', ';', ' ');
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), separator, entry, (entries, by, added) => {
        const list = entries.join(by);
        const known = removeEntries(list, added) !== list;
        const more = addEntries(list, added);
        if (known) expect(more).toBe(list);
        else expect(removeEntries(more, added)).toBe(list);
        expect(addEntries(more, added)).toBe(more);
      }),
    );
  });
});

describe('days', () => {
  const days = (current: string, n: number, from: 'itself' | 'today' | 'later' = 'itself') =>
    made('expire_time', { rule: 'days', days: n, from }, { catalog: edge, values: { expire_time: current } });

  it('are counted over ends of months and leap days', () => {
    expect(days('2027-12-31', 1)).toBe('2028-01-01');
    expect(days('2028-02-28', 1)).toBe('2028-02-29');
    expect(days('2027-02-28', 1)).toBe('2027-03-01');
    expect(days('2028-03-01', -1)).toBe('2028-02-29');
  });

  it('are counted from the day itself, from today, or from the later of the two', () => {
    expect(days('2026-01-01', 30, 'today')).toBe('2026-04-19');
    expect(days('2026-01-01', 30, 'later')).toBe('2026-04-19');
    expect(days('2026-06-01', 30, 'later')).toBe('2026-07-01');
    expect(days('', 30, 'later')).toBe('2026-04-19');
  });

  it('read every form that a server writes a day in', () => {
    expect(days('2026-05-01 23:30:00', 1)).toBe('2026-05-02');
    expect(days('2026-05-01T23:30:00+03:30', 1)).toBe('2026-05-02');
    expect(days(String(Date.UTC(2026, 4, 1, 12) / 1000), 1)).toBe('2026-05-02');
  });

  it('cannot be counted from nothing, nor from what is no day', () => {
    expect(days('', 1)).toBe('reason.no-date');
    expect(days('unlimited', 1, 'later')).toBe('reason.no-date');
    expect(days('2026-02-30', 1)).toBe('reason.no-date');
  });

  it('there and back again are the same day', () => {
    // Years before 1600 are Jalali ones.
    const day = fc.date({ min: new Date('1750-01-01'), max: new Date('8000-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: -36_500, max: 36_500 }), (at, n) => {
        const start = at.toISOString().slice(0, 10);
        const there = String(days(start, n));
        expect(dayOf(String(days(there, -n)))).toBe(start);
        expect(Date.parse(there) - Date.parse(start)).toBe(n * 86_400_000);
      }),
    );
  });
});

describe('the other rules', () => {
  it('set a value, checked as if it had been typed', () => {
    expect(made('port', { rule: 'set', value: '۵۰۶۰' })).toBe('5060');
    expect(made('port', { rule: 'set', value: '99999' })).toBe('field.not-port');
    expect(made('number', { rule: 'set', value: '' }, { values: { number: '1' } })).toBe('field.required');
    expect(made('name', { rule: 'set', value: '۵' })).toBe('۵');
  });

  it('leave a value as it stands that would mean the same', () => {
    const values = { expire_time: '2026-05-01 00:00:00' };
    expect(made('expire_time', { rule: 'set', value: '2026-05-01' }, { catalog: edge, values })).toBe(
      values.expire_time,
    );
    expect(made('dtmfmode', { rule: 'set', value: 'x' }, { values: { dtmfmode: 'x' } })).toBe('x');
  });

  it('copy another field of the record, never a secret', () => {
    const values = { number: '101', secret: 'hidden' };
    expect(made('cid_number', { rule: 'copy', from: 'number' }, { values })).toBe('101');
    expect(made('name', { rule: 'copy', from: 'secret' }, { values })).toBe(
      'reason.no-such-placeholder secret',
    );
    expect(made('name', { rule: 'copy', from: 'nothing' }, { values })).toBe(
      'reason.no-such-placeholder nothing',
    );
  });

  it('take the value of another record, or say that it is gone', () => {
    const rule: BulkRule = {
      rule: 'same',
      connectionId: connectionIdSchema.parse('6c1c2b1e-65bb-4c62-9d4e-6a9d7b6b7a11'),
      remoteId: '1',
      title: '101 Sara',
    };
    expect(made('context', rule, { tools: { same: () => ({ value: 'office' }) } })).toBe('office');
    expect(made('context', rule)).toBe('reason.source-gone 101 Sara');
    expect(made('secret', rule, { tools: { same: () => ({ gone: 'secret-closed' }) } })).toBe(
      'reason.secret-closed 101 Sara',
    );
    expect(made('secret', rule, { tools: { same: () => ({ value: '****' }) } })).toBe('field.masked-secret');
  });

  it('generate secrets, and passwords that the panel takes, each another one', () => {
    const rule: BulkRule = { rule: 'generate', length: 12 };
    const secrets = new Set(Array.from({ length: 50 }, () => made('secret', rule)));
    expect(secrets.size).toBe(50);
    for (const secret of secrets) expect(secret).toHaveLength(12);
    for (let i = 0; i < 50; i += 1) {
      expect(brokenPasswordRules(String(made('password', rule, { catalog: edge })))).toEqual([]);
    }
  });

  it('never name a secret in what is wrong', () => {
    for (const catalog of [simotel, edge]) {
      for (const spec of catalog.fields.filter((one) => one.secret)) {
        const { problem } = ruled(spec.name, { rule: 'set', value: '*******' }, { catalog });
        expect(problem?.detail).toBeUndefined();
      }
    }
  });

  it('refuse what is longer than a value may be', () => {
    const rule: BulkRule = {
      rule: 'replace',
      find: 'a',
      with: 'b'.repeat(10_000),
      pattern: false,
      matchCase: true,
    };
    expect(made('description', rule, { values: { description: 'a'.repeat(10) } })).toBe('reason.too-long');
  });

  it('give a good value, the present one, or a problem, for every field of both catalogs', () => {
    const anyRule = fc.constantFrom<BulkRule>(
      { rule: 'set', value: '1' },
      { rule: 'set', value: '' },
      { rule: 'series', start: '08', step: 1 },
      { rule: 'text', template: '{name}{n}' },
      { rule: 'replace', find: '1', with: '2', pattern: false, matchCase: true },
      { rule: 'copy', from: 'name' },
      { rule: 'generate', length: 16 },
      { rule: 'add', value: '10.0.0.0/8' },
      { rule: 'days', days: 1, from: 'later' },
    );
    const field = fc.constantFrom(
      ...[simotel, edge].flatMap((catalog) => catalog.fields.map((spec) => ({ catalog, spec }))),
    );
    fc.assert(
      fc.property(
        field,
        anyRule,
        fc.option(fc.string()),
        fc.string(),
        ({ catalog, spec }, rule, current, name) => {
          fc.pre(rulesFor(spec).includes(rule.rule));
          const values = spec.name === 'name' ? { name: current } : { name, [spec.name]: current };
          const { value, problem } = ruled(spec.name, rule, { catalog, values });
          if (problem) return;
          const next = value ?? null;
          const same = sameValue(spec, current, next);
          if (same) expect(next).toBe(current);
          else if (!spec.writeOnly || next !== '') expect(validateField(spec, next, current)).toBeNull();
        },
      ),
    );
  });
});
