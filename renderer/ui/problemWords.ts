import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Problem } from '../../shared/model/problem';
import { seenText } from '../../shared/values/unseen';
import { currentLanguage, formatMoment, isKey } from '../i18n';
import { labelOfField } from './field-label';
import { isolate } from './isolate';

/** Parameters that are moments, in milliseconds since 1970. */
const moments: ReadonlySet<string> = new Set(['from', 'to']);

const generalWords = z.record(z.string(), z.string());

/** Wire names, joined by commas, as people call the fields. */
const labels = (names: string): string =>
  names
    .split(', ')
    .map((name) => labelOfField(name, null))
    .join(currentLanguage() === 'fa' ? '، ' : ', ');

/** A problem's title and advice in the language in use. */
export function useProblemWords(): (problem: Problem) => { readonly title: string; readonly advice: string } {
  const { t, i18n } = useTranslation('problem');
  return (problem) => {
    // What is missing gets a general word, so that the sentence stays whole: "the server" for an unknown host.
    const params = generalWords.parse(i18n.getResource(currentLanguage(), 'problem', 'default'));
    for (const [name, value] of Object.entries(problem.params)) {
      if (moments.has(name) && typeof value === 'number') params[name] = formatMoment(value);
      else if (value !== '') params[name] = word(name, seenText(String(value)));
    }
    return {
      title: t(`${problem.code}.title`, { replace: params }),
      advice: t(`${problem.code}.advice`, { replace: params }),
    };
  };

  /** Codes that drivers give as values have words of their own; hosts, paths and names stand as they are. */
  function word(name: string, value: string): string {
    if (name === 'fields') return isolate(labels(value));
    const key = `word.${name}.${value}`;
    if (/^[\w-]+$/.test(value) && isKey('problem', key)) return t(key);
    // Isolated where the sentence or the value runs right to left, so that neither mixes up the other.
    return currentLanguage() === 'fa' || /[\u0590-\u08ff]/.test(value) ? isolate(value) : value;
  }
}
