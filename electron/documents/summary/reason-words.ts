import type { ProblemCode } from '../../../shared/model/problem';
import { isTextKey, type Language, say } from '../../../shared/words';

/** Returns why, in one sentence; null where the outcome and the server's words say it all. */
export function reasonWords(language: Language, code: ProblemCode): string | null {
  const key = `documents:reason.${code}`;
  return isTextKey(key) ? say(language, key) : null;
}
