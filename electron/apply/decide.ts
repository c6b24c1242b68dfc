import type { ReadBack } from '../../shared/diff';
import type { Outcome } from '../../shared/model/plan';
import { type Problem, problem } from '../../shared/model/problem';
import type { WriteAnswer } from '../drivers/driver';

/** What a row is judged by: how the write ended, and the record read again (null: not readable). */
export interface Evidence {
  readonly answer: WriteAnswer;
  readonly readBack: ReadBack | null;
  /** Why the record could not be read back. */
  readonly readProblem: Problem | null;
}

export interface Decision {
  readonly outcome: Outcome;
  readonly problem: Problem | null;
}

/**
 * Judges a row. What was read back counts more than the server's answer: servers have said "success" for fields that
 * they dropped, and time-outs have come after the write was done. Claims only what was seen.
 */
export function decide({ answer, readBack, readProblem }: Evidence): Decision {
  if (answer.kind === 'not-sent') return { outcome: 'skipped', problem: answer.problem };
  if (!readBack) return withoutReading(answer, readProblem);
  if (readBack.sideEffects.length > 0) {
    return {
      outcome: 'side-effect',
      problem: problem('side-effect', { fields: names(readBack.sideEffects) }),
    };
  }
  if (answer.kind === 'accepted') return acceptedAndRead(readBack);
  return refusedOrLost(answer, readBack);
}

function withoutReading(answer: WriteAnswer, readProblem: Problem | null): Decision {
  if (answer.kind === 'rejected' || answer.kind === 'stop')
    return { outcome: 'rejected', problem: answer.problem };
  const why = readProblem ? { reason: readProblem.code } : {};
  return {
    outcome: 'unknown',
    problem: problem(answer.kind === 'lost' ? 'answer-lost' : 'read-back-failed', why),
  };
}

function acceptedAndRead(readBack: ReadBack): Decision {
  if (readBack.notStored.length === 0) return { outcome: 'applied', problem: null };
  return { outcome: 'rejected', problem: problem('not-stored', { fields: names(readBack.notStored) }) };
}

function refusedOrLost(answer: Exclude<WriteAnswer, { kind: 'accepted' }>, readBack: ReadBack): Decision {
  const allThere = readBack.notStored.length === 0;
  // A field was sent that cannot be read back, and the answer is missing or contradicted by the reading: unknown.
  if (readBack.unverifiable.length > 0 && (answer.kind === 'lost' || readBack.stored.length > 0)) {
    return { outcome: 'unknown', problem: answer.problem };
  }
  if (allThere && readBack.stored.length > 0) return { outcome: 'applied', problem: answer.problem };
  if (readBack.stored.length > 0) {
    return { outcome: 'rejected', problem: problem('not-stored', { fields: names(readBack.notStored) }) };
  }
  // The server may still be working on it: a value missing now may appear in a minute, so a later reading decides.
  const late = answer.kind === 'lost' && timedOut(answer.problem);
  return { outcome: late ? 'unknown' : 'rejected', problem: answer.problem };
}

/** Statuses by which a proxy says that it stopped waiting, while the server behind it may still be working. */
const gaveUpWaiting: readonly unknown[] = [460, 499, 504, 522, 524, 598, 599];

/** Whether the request timed out, here or at a proxy. */
function timedOut({ code, params }: Problem): boolean {
  const behind = code === 'server-error' || code === 'gateway-failed';
  return code === 'timeout' || (behind && gaveUpWaiting.includes(params.status));
}

/**
 * Whether a judged write may be sent again automatically: the server said that it is busy (429, 503), and every asked
 * field reads back as it was before. Nothing else is ever repeated; a field that cannot be read back rules it out.
 */
export function refusedAsBusy({ answer, readBack }: Evidence, untouched: boolean): boolean {
  if (answer.kind !== 'rejected' && answer.kind !== 'lost') return false;
  return isBusy(answer.problem) && untouched && readBack?.unverifiable.length === 0;
}

/** Whether the server said that it is busy for the moment. */
export function isBusy({ code, params }: Problem): boolean {
  return code === 'rate-limited' || (code === 'server-error' && params.status === 503);
}

function names(fields: readonly { readonly field: string }[]): string {
  return fields.map((one) => one.field).join(', ');
}
