import { type Problem, problem } from '../model/problem';

/** The longest credential kept, in characters; far longer than any token that a server issues. */
export const longestCredential = 10_000;

/** Returns why a credential could not be stored exactly as typed; null where it can. It is never shortened. */
export function credentialFault(part: string, text: string): Problem | null {
  if (text.length > longestCredential) {
    return problem('credential-too-long', { part, length: text.length, most: longestCredential });
  }
  // Half a surrogate pair would be stored as another character; a control character ends or splits a header.
  const place = text.search(/[\p{Surrogate}\p{Cc}]/u);
  return place < 0 ? null : problem('credential-characters', { part, place: place + 1 });
}
