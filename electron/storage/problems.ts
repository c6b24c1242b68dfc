import { type Problem, ProblemError, problem } from '../../shared/model/problem';

/**
 * Converts any thrown value to a problem that may be shown. Unrecognised errors are reduced to their code: their
 * message could quote a value.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const text = error instanceof Error ? `${error.message} ${'code' in error ? String(error.code) : ''}` : '';
  if (/database or disk is full|SQLITE_FULL|ENOSPC|SQLITE_IOERR|disk I\/O/i.test(text))
    return problem('disk-full');
  if (/readonly database|SQLITE_READONLY|EROFS|EACCES/i.test(text)) return problem('database-unusable');
  return problem('internal');
}
