/*
 * How much time passed, as far as there is evidence. The wall clock alone proves nothing: it may be set, jump or stand
 * still. The computer's uptime cannot be set; between two looks at least as much time passed as it grew, and after a
 * restart at least as much as it shows. What lies between (the computer was off) is believed up to a day for each start.
 */

/** What the two clocks say now, in milliseconds: the wall clock since 1970, the uptime since the computer's start. */
export interface Reading {
  readonly wall: number;
  readonly uptime: number;
}

/** The count and what it was worked out from last. */
export interface Count extends Reading {
  /** Milliseconds that passed, on the scale of the wall clock when the count began. */
  readonly lived: number;
  /** The latest wall clock since it leapt last, going on with the uptime: no stretch of the calendar is believed twice. */
  readonly highest: number;
}

export interface Counted {
  readonly count: Count;
  /** The wall clock did not go on as it should have. */
  readonly jumped: boolean;
}

export const day = 24 * 60 * 60 * 1_000;
/** A computer that was off for longer is not told from a clock that was set wrong; then none of it is believed. */
export const longestBreak = 60 * day;
const hour = 60 * 60 * 1_000;
// Before it there was no Patchbay: whatever is dated earlier is no evidence of when it was.
const firstDay = Date.UTC(2024, 0, 1);

/** Goes on counting. @param started whether it is the program's first look, so that it may have been closed for long */
export function countOn(before: Count, now: Reading, started: boolean): Counted {
  const proved = now.uptime >= before.uptime ? now.uptime - before.uptime : now.uptime;
  const told = now.wall - before.wall;
  const unproved = told - proved;
  const leapt = Math.abs(unproved) > longestBreak;
  const highest = before.highest + proved;
  const unseen = now.wall - highest;
  const believed = started && !leapt ? Math.min(Math.max(unseen, 0), day) : 0;
  return {
    count: {
      ...now,
      lived: before.lived + proved + believed,
      highest: leapt ? now.wall : Math.max(highest, now.wall),
    },
    jumped: leapt || unproved < -hour || (!started && unproved > hour),
  };
}

/**
 * Begins to count. A profile that is older than the count has only its history to go by: a wall clock that is far from
 * the newest entry is not believed.
 * @param newest the moment of the newest entry; null where there is none
 */
export function countFrom(newest: number | null, now: Reading): Counted {
  const known = newest !== null && newest >= firstDay ? newest : null;
  const jumped = known !== null && (now.wall < known - hour || now.wall > known + longestBreak);
  return { count: { ...now, lived: jumped ? known : now.wall, highest: now.wall }, jumped };
}
