import { isOpenSomewhere } from '../../shared/catalog';
import { beginning, legible } from '../../shared/lib/storable';
import { searchFold } from '../../shared/lib/text';
import type { Intent, KeptField, KeptResult, Note, OutcomeEntry } from './entries';

/** What of an entry is searched, folded. Secrets never: not their values, not their seals. */
export function textOfEntry(subject: { remoteId: string; title: string }, entry: Intent | Note): string {
  const { connectionName, site, workOrder, who } = entry;
  const words = [subject.title, subject.remoteId, connectionName, site, workOrder];
  words.push(who ? `${who.displayName} ${who.account} ${who.machine}` : entry.actor);
  if ('fields' in entry) words.push(...entry.fields.flatMap(valuesOf));
  if ('problem' in entry) words.push(entry.problem.serverMessage ?? '');
  return folded(words);
}

/** What an outcome adds: what the server said, and values that are not as they were asked for. */
export function textOfOutcome({ result }: OutcomeEntry): string {
  const { problem, notStored, sideEffects }: KeptResult = result;
  return folded([
    problem?.serverMessage ?? '',
    ...notStored.flatMap(valuesOf),
    ...sideEffects.flatMap(valuesOf),
  ]);
}

/** A text as it is searched for. */
export function foldedQuery(text: string): string {
  return legible(searchFold(text).replaceAll('\u0000', '')).replace(/\s+/g, ' ');
}

/** The words of an entry that an older version has folded, as they are folded now. */
export function foldedAnew(text: string): string {
  return folded(text.split('\n'));
}

function valuesOf({ field, before, after }: KeptField): string[] {
  const texts = [before, after].filter((value): value is string => typeof value === 'string');
  // Beside a sealed value the other one, empty or masked, is the secret's too.
  const secret =
    !isOpenSomewhere(field) || [before, after].some((value) => typeof value === 'object' && value);
  return secret ? [] : texts;
}

// A line between two words, so that nothing is found that only two neighbours say together.
function folded(words: readonly string[]): string {
  const lines = words.map((word) => foldedQuery(beginning(word, 4_000)));
  return [...new Set(lines)].filter((line) => line !== '').join('\n');
}
