import { type Problem, problem } from '../model/problem';

/** The longest credential in characters that is kept; far longer than any token that a server gives out. */
export const longestCredential = 10_000;

/** What keeps a credential from being stored exactly as it was typed; null where nothing does. It is never shortened. */
export function credentialFault(part: string, text: string): Problem | null {
  if (text.length > longestCredential) {
    return problem('credential-too-long', { part, length: text.length, most: longestCredential });
  }
  // Half a character would be stored as another; a control character ends or splits a header.
  const place = text.search(/[\p{Surrogate}\p{Cc}]/u);
  return place < 0 ? null : problem('credential-characters', { part, place: place + 1 });
}
