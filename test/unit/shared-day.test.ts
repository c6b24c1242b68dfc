import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactJson, integerOf, parseExact } from '../../shared/lib/exact-json';
import { jsonSchema } from '../../shared/model/json';
import { readDay } from '../../shared/values/day';
import { dayOf } from '../../shared/values/server-day';

describe('the day that a server means', () => {
  it.each([
    ['2027-11-21'],
    ['2027-11-21 00:00:00'],
    ['2027/11/21'],
    ['1826742600'],
    ['1826742600000'],
    ['1826755200'],
    ['2027-11-20T20:30:00Z'],
    ['2027-11-20T20:30:00.000000Z'],
    ['2027-11-21T00:00:00+03:30'],
    ['2027-11-21T00:00:00+0330'],
    ['2027-11-21T23:59:59Z'],
    ['1406/08/30'],
    ['1406-8-30 12:00'],
    ['\u200f۱۴۰۶/۰۸/۳۰'],
    ['{"date":"2027-11-21 00:00:00.000000","timezone":"Asia/Tehran"}'],
    ['{"$date":{"$numberLong":"1826742600000"}}'],
    ['{"date":"2027-11-20 20:30:00.000000","timezone_type":3,"timezone":"UTC"}'],
    ['{"date":"2027-11-20 20:30:00.000000","timezone_type":1,"timezone":"+00:00"}'],
    ['{"date":"2027-11-21 00:00:00.000000","timezone_type":1,"timezone":"+03:30"}'],
    ['{"seconds":1826742600,"nanoseconds":0}'],
    ['{"timestamp":1826742600}'],
    ['/Date(1826742600000+0330)/'],
    ['1826742600000000'],
    ['1826742600000000000'],
    ['20271121'],
    ['20271121000000'],
    ['14060830'],
    ['۳۰ آبان ۱۴۰۶'],
    ['یک‌شنبه، ۳۰ آبان ماه ۱۴۰۶ ساعت ۰۰:۰۰'],
    ['21 Nov 2027'],
    ['Nov 21, 2027'],
    ['November 21, 2027 12:00 AM'],
    ['Sun, 21 Nov 2027 00:00:00 +0330'],
    ['Sat, 20 Nov 2027 20:30:00 GMT'],
    ['2027-11-21Z'],
    ['2027-11-21+03:30'],
    ['2027-11-21 12:00 AM'],
    ['2027-11-20 08:30 PM UTC'],
    ['2027-11-21T00:00:00+03:30[Asia/Tehran]'],
  ])('%s is 2027-11-21', (told) => expect(dayOf(told)).toBe('2027-11-21'));

  it.each(['', ' ', '0', '0000-00-00', '0000-00-00 00:00:00', '0000/00/00', 'null', '-62169984000'])(
    '%j is no day',
    (told) => expect(dayOf(told)).toBe(''),
  );

  it.each(['never', '12345', '2026-02-30', '1406/13/01', '20270230', '31 آبان 1406', '21 Foo 2027'])(
    '%s stands for itself',
    (told) => expect(dayOf(told)).toBe(told),
  );

  it('is midnight of that day in Tehran, told in any form', () => {
    const day = fc.date({ min: new Date('2023-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (at) => {
        const text = at.toISOString().slice(0, 10);
        const moment = Date.parse(`${text}T00:00:00+03:30`);
        for (const told of [moment / 1000, moment, new Date(moment).toISOString(), `${text}T00:00:00+04:30`])
          expect(dayOf(String(told))).toBe(text);
      }),
    );
  });
});

describe('a day in a file', () => {
  it.each([
    '2027-11-20T20:30:00Z',
    '2027-11-20 20:30:00+00:00',
    '2027-11-21T00:00:00+03:30',
    '1406/08/29 20:30 UTC',
  ])('%s, as a server exported it, is the day that it means on the server', (cell) =>
    expect(readDay(cell)).toEqual({ day: '2027-11-21' }),
  );
});

describe('numbers of JSON', () => {
  it('keep their digits, however many, wherever they stand', () => {
    fc.assert(
      fc.property(fc.bigInt(), (id) => {
        const json = `{"id":${id},"list":[${id},{"x":-0.${'1'.repeat(30)}}],"text":"${id}"}`;
        expect(exactJson(jsonSchema.parse(parseExact(json)))).toBe(json);
        expect(exactJson(integerOf(String(id)) ?? '')).toBe(String(id));
        expect(exactJson(jsonSchema.parse(parseExact(`[${id}]`)))).toBe(`[${id}]`);
      }),
    );
  });

  it('are left alone inside texts', () => {
    const value = { a: 'x:9007199254740993, "y":9007199254740993', b: '\\' };
    expect(parseExact(JSON.stringify(value))).toEqual(value);
  });
});
