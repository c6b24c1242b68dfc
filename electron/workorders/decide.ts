import type { ReadBack } from '../../shared/diff';
import type { Outcome } from '../../shared/model/plan';
import { type Problem, problem } from '../../shared/model/problem';
import type { WriteAnswer } from '../drivers/driver';

/** What is known when a row is to be judged: how the write ended, and the record read again (null: not readable). */
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
 * Judges a row. What was read back counts more than what the server said: servers have said "success" for fields
 * that they dropped, and time-outs have come after the write was done. Nothing is claimed that was not seen.
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
  // Something that cannot be read back went out, and no answer came or one that what was read denies: nobody can tell.
  if (readBack.unverifiable.length > 0 && (answer.kind === 'lost' || readBack.stored.length > 0)) {
    return { outcome: 'unknown', problem: answer.problem };
  }
  if (allThere && readBack.stored.length > 0) return { outcome: 'applied', problem: answer.problem };
  if (readBack.stored.length > 0) {
    return { outcome: 'rejected', problem: problem('not-stored', { fields: names(readBack.notStored) }) };
  }
  // The server may still be at it: what is not there now may be there in a minute, so a later reading decides.
  const late = answer.kind === 'lost' && timedOut(answer.problem);
  return { outcome: late ? 'unknown' : 'rejected', problem: answer.problem };
}

/** Here, or at a proxy on the way (504). */
function timedOut({ code, params }: Problem): boolean {
  return code === 'timeout' || (code === 'server-error' && params.status === 504);
}

function names(fields: readonly { readonly field: string }[]): string {
  return fields.map((one) => one.field).join(', ');
}
