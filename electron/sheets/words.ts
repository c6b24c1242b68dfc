import { fieldSpec, type OfCollection } from '../../shared/catalog';
import type { BatchProblem } from '../../shared/model/batch';
import { idColumn } from '../../shared/model/sheet';
import { isTextKey, type Language, languages, say } from '../../shared/words';
import { headingKey } from './heading-key';

/** The headings of the column of reasons, as headings are compared; skipped when the file is imported again. */
export const reasonHeadings: ReadonlySet<string> = new Set(
  languages.map((language) => headingKey(say(language, 'documents:sheet.reasons'))),
);

/** Returns what is wrong with a row, in one text. */
export function reasonText(of: OfCollection, problems: readonly BatchProblem[], language: Language): string {
  return problems
    .map((problem) => {
      const text = sentence(problem, language);
      const { field } = problem;
      if (field === null) return text;
      const label = field === idColumn ? idColumn : (fieldSpec(of, field)?.label[language] ?? field);
      return `${label}: ${text}`;
    })
    .join(' ');
}

/** The sentence of a problem; its code if it is unknown. */
function sentence({ code, detail = '…', other = '…' }: BatchProblem, language: Language): string {
  const key = code.startsWith('field.') ? code.replace('.', ':') : `batches:${code}`;
  return isTextKey(key) ? say(language, key, { detail, other }) : code;
}
