import { type Problem, ProblemError, problem } from '../../shared/model/problem';

/**
 * Any thrown thing as a problem that may be shown. What is not known to be harmless is reduced to its code: the text
 * of an unexpected error could quote a value.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const text = error instanceof Error ? `${error.message} ${'code' in error ? String(error.code) : ''}` : '';
  if (/database or disk is full|SQLITE_FULL|ENOSPC|SQLITE_IOERR|disk I\/O/i.test(text))
    return problem('disk-full');
  if (/readonly database|SQLITE_READONLY|EROFS|EACCES/i.test(text)) return problem('database-unusable');
  return problem('internal');
}
