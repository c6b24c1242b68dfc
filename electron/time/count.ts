/*
 * How much time has passed, as far as there is evidence. The wall clock alone proves nothing: it may be set, jump or
 * stop. The computer's uptime cannot be set: between two looks at least its increase has passed, and after a restart at
 * least its value. Time in between (the computer was off) is accepted up to a day for each start.
 */

/** Both clocks in milliseconds: the wall clock since 1970, the uptime since the computer's start. */
export interface Reading {
  readonly wall: number;
  readonly uptime: number;
}

/** The count and its last inputs. */
export interface Count extends Reading {
  /** Milliseconds passed, on the scale of the wall clock when the count began. */
  readonly lived: number;
  /** The latest wall clock since its last jump, advanced by the uptime: no period of the calendar counts twice. */
  readonly highest: number;
}

export interface Counted {
  readonly count: Count;
  readonly jumped: boolean;
}

export const day = 24 * 60 * 60 * 1_000;
/** A longer break cannot be distinguished from a wrong clock; then none of it counts. */
export const longestBreak = 60 * day;
const hour = 60 * 60 * 1_000;
// Before Patchbay existed: earlier dates are no evidence.
const firstDay = Date.UTC(2024, 0, 1);

/** Continues the count. @param started whether it is the program's first look, after a possibly long break */
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
 * Begins the count. A profile older than the count has only its history as evidence: a wall clock far from the newest
 * entry is not accepted.
 * @param newest the time of the newest entry; null if there is none
 */
export function countFrom(newest: number | null, now: Reading): Counted {
  const known = newest !== null && newest >= firstDay ? newest : null;
  const jumped = known !== null && (now.wall < known - hour || now.wall > known + longestBreak);
  return { count: { ...now, lived: jumped ? known : now.wall, highest: now.wall }, jumped };
}
