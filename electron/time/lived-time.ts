import { uptime } from 'node:os';
import { z } from 'zod';
import { type Problem, problem } from '../../shared/model/problem';
import type { Database } from '../storage/database';
import { one, run } from '../storage/rows';
import { type Count, countFrom, countOn, day, type Reading } from './count';

export interface LivedTimeParts {
  readonly database: Database;
  /** Tells the user that the clock jumped. */
  readonly notice: (problem: Problem) => void;
  /** Reads both clocks; by default the computer's own. */
  readonly read?: () => Reading;
}

const row = z.object({ lived: z.number(), wall: z.number(), uptime: z.number(), highest: z.number() });
const lookEvery = 30_000;
// Storing a look writes to the disk.
const keepEvery = 5 * 60 * 1_000;
// A daily backup may come a little earlier than the day before.
const almostADay = 20 * 60 * 60 * 1_000;
// A clock that flaps is reported a few times only.
const saidAtMost = 3;

/**
 * The one owner of "how long ago" for everything deleted by age (invariant 10): see count.ts. Stored in the database.
 */
export class LivedTime {
  #started = true;
  #said = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #read: () => Reading;

  constructor(private readonly parts: LivedTimeParts) {
    this.#read = parts.read ?? (() => ({ wall: Date.now(), uptime: Math.floor(uptime() * 1_000) }));
  }

  /**
   * Looks at the clocks and continues the count. @returns the time passed, as a moment to compare `lived` columns with
   */
  look(): number {
    const now = this.#read();
    const before = this.#stored();
    const { count, jumped } = before ? countOn(before, now, this.#started) : countFrom(this.#newest(), now);
    this.#keep(count);
    this.#started = false;
    if (jumped) this.#say(before?.wall ?? this.#newest() ?? count.lived, now.wall);
    return count.lived;
  }

  /**
   * Returns the moment before which things are older than a number of days. A day is added, because the count may be
   * that far ahead if the program starts under a wrong clock.
   */
  daysAgo(days: number): number {
    return this.look() - (days + (days > 0 ? 1 : 0)) * day;
  }

  /** Starts regular looks: a computer that wakes is noticed before much is stored. */
  start(): void {
    this.#timer = setInterval(() => this.#lookIfDue(), lookEvery);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Returns whether a day passed since `noteDay`. */
  dayPassed(): boolean {
    const lived = this.look();
    const sql = 'SELECT backed_up FROM clock';
    const last = one(this.parts.database, z.object({ backed_up: z.number().nullable() }), sql)?.backed_up;
    return last == null || lived - last >= almostADay;
  }

  /** Starts the next day now. */
  noteDay(): void {
    run(this.parts.database, 'UPDATE clock SET backed_up = lived');
  }

  #lookIfDue(): void {
    try {
      const before = this.#stored();
      const { wall, uptime: up } = this.#read();
      const proved = before === undefined || up < before.uptime ? keepEvery : up - before.uptime;
      const jumped = before !== undefined && Math.abs(wall - before.wall - proved) > keepEvery;
      if (proved >= keepEvery || jumped) this.look();
    } catch {
      // The database cannot be written now; the next look counts this time too.
    }
  }

  #stored(): Count | undefined {
    return one(this.parts.database, row, 'SELECT lived, wall, uptime, highest FROM clock');
  }

  #keep({ lived, wall, uptime: up, highest }: Count): void {
    const sql = `INSERT INTO clock (id, lived, wall, uptime, highest) VALUES (1, ?, ?, ?, ?) ON CONFLICT DO UPDATE
      SET lived = excluded.lived, wall = excluded.wall, uptime = excluded.uptime, highest = excluded.highest`;
    const whole = [lived, wall, up, highest].map(Math.floor);
    run(this.parts.database, sql, ...whole);
  }

  /** Returns when the newest entry of the history was made: the newest by its number. */
  #newest(): number | null {
    const sql = 'SELECT at FROM journal ORDER BY seq DESC LIMIT 1';
    return one(this.parts.database, z.object({ at: z.number() }), sql)?.at ?? null;
  }

  #say(from: number, to: number): void {
    this.#said += 1;
    if (this.#said <= saidAtMost) this.parts.notice(problem('clock-jumped', { from, to }));
  }
}
