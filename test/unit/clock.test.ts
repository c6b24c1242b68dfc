/** How much time is believed to have passed, whatever the wall clock says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Count, countFrom, countOn, day, longestBreak, type Reading } from '../../electron/time/count';

const hour = 60 * 60 * 1_000;
const noon = Date.UTC(2026, 5, 1, 12);

/** One look: how long after the one before, whether the program or the computer was started between, what the clock says. */
interface Look {
  readonly after: number;
  readonly start: 'none' | 'program' | 'computer';
  /** How far the wall clock is from the true time. */
  readonly off: number;
}

/** A computer with a true time that nobody in the program sees. */
function live(looks: readonly Look[]) {
  let [truth, booted, off] = [noon, noon - hour, 0];
  let count: Count = countFrom(null, { wall: truth, uptime: truth - booted }).count;
  const seen = [{ truth, lived: count.lived, jumped: false, ahead: false }];
  for (const look of looks) {
    truth += look.after;
    if (look.start === 'computer') booted = truth - Math.floor(look.after / 10);
    const now: Reading = { wall: truth + look.off, uptime: truth - booted };
    const counted = countOn(count, now, look.start !== 'none');
    count = counted.count;
    // Only a start under a clock that is further ahead than it was can be believed too much.
    const ahead = look.start !== 'none' && look.off > off;
    off = look.off;
    seen.push({ truth, lived: count.lived, jumped: counted.jumped, ahead });
  }
  return seen;
}

const look = (off: fc.Arbitrary<number>) =>
  fc.record({
    after: fc.integer({ min: 0, max: 40 * day }),
    start: fc.constantFrom('none' as const, 'program' as const, 'computer' as const),
    off,
  });
const anywhere = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -60 * 365 * day, max: 60 * 365 * day }),
  fc.integer({ min: -3 * day, max: 3 * day }),
);

describe('time that passed', () => {
  it('is never counted too long by more than a day for each start under a clock that had gone ahead', () => {
    fc.assert(
      fc.property(fc.array(look(anywhere), { maxLength: 60 }), (looks) => {
        const seen = live(looks);
        for (let from = 0; from < seen.length; from += 1) {
          let allowed = 0;
          for (let to = from + 1; to < seen.length; to += 1) {
            const [a, b] = [seen[from], seen[to]];
            if (!a || !b) continue;
            if (b.ahead) allowed += day;
            expect(b.lived - a.lived).toBeLessThanOrEqual(b.truth - a.truth + allowed);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is exact while the program runs, however the clock leaps', () => {
    const running = look(anywhere).map((one) => ({ ...one, start: 'none' as const }));
    fc.assert(
      fc.property(fc.array(running, { maxLength: 40 }), (looks) => {
        for (const { truth, lived } of live(looks)) expect(lived).toBe(truth);
      }),
    );
  });

  it('is exact with a right clock and a computer that is off for less than a day at a time', () => {
    const nights = fc.record({
      after: fc.integer({ min: hour, max: day }),
      start: fc.constantFrom('none' as const, 'program' as const, 'computer' as const),
      off: fc.constant(0),
    });
    fc.assert(
      fc.property(fc.array(nights, { maxLength: 60 }), (looks) => {
        for (const { truth, lived, jumped } of live(looks)) {
          expect(lived).toBe(truth);
          expect(jumped).toBe(false);
        }
      }),
    );
  });

  it('never goes back', () => {
    fc.assert(
      fc.property(fc.array(look(anywhere), { maxLength: 60 }), (looks) => {
        const all = live(looks).map(({ lived }) => lived);
        expect(all).toEqual([...all].sort((a, b) => a - b));
      }),
    );
  });

  it.each([
    ['to 1970', -noon],
    ['to 2036', Date.UTC(2036, 1, 7) - noon],
    ['back by a year', -365 * day],
    ['ahead by a time zone', 3.5 * hour],
    ['back by a time zone', -3.5 * hour],
  ])('a clock that leaps while the program runs is said: %s', (_, off) => {
    expect(live([{ after: hour, start: 'none', off }])[1]?.jumped).toBe(true);
  });

  it('a start counts a stretch of the calendar once: a clock that flaps by a day gains nothing', () => {
    const flaps = Array.from({ length: 200 }, (_, n) => ({
      after: 60_000,
      start: 'program' as const,
      off: n % 2 === 0 ? day : 0,
    }));
    const last = live(flaps).at(-1);
    expect((last?.lived ?? 0) - (last?.truth ?? 0)).toBeLessThanOrEqual(day);
  });
});

describe('a profile that is older than the count', () => {
  const now = (wall: number): Reading => ({ wall, uptime: hour });
  it('begins with the clock where its newest entry is near', () => {
    expect(countFrom(noon, now(noon + 3 * day))).toMatchObject({
      count: { lived: noon + 3 * day },
      jumped: false,
    });
    expect(countFrom(null, now(noon))).toMatchObject({ count: { lived: noon }, jumped: false });
  });
  it('begins with its newest entry where the clock is far from that', () => {
    expect(countFrom(noon, now(noon + 3_650 * day))).toMatchObject({ count: { lived: noon }, jumped: true });
    expect(countFrom(noon, now(0))).toMatchObject({ count: { lived: noon }, jumped: true });
    expect(countFrom(noon, now(noon + longestBreak))).toMatchObject({ jumped: false });
  });
});
