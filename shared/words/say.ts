import * as en from './en';
import * as fa from './fa';
import type { Language } from './language';

// Only what the main process says, so that it does not load the window's texts at start. The window loads all of them
// into i18next (`renderer/i18n`); a test checks that both produce the same text.
const english = {
  batches: en.batches,
  connections: en.connections,
  documents: en.documents,
  field: en.field,
  journal: en.journal,
  shell: en.shell,
  system: en.system,
  transfer: en.transfer,
  workorders: en.workorders,
};
type Texts = typeof english;
// A key that Persian lacks does not compile.
const persian: Texts = {
  batches: fa.batches,
  connections: fa.connections,
  documents: fa.documents,
  field: fa.field,
  journal: fa.journal,
  shell: fa.shell,
  system: fa.system,
  transfer: fa.transfer,
  workorders: fa.workorders,
};
const texts: Readonly<Record<Language, Texts>> = { en: english, fa: persian };

type WithoutPlural<K extends string> = K extends `${infer Base}_${'zero' | 'one' | 'other'}` ? Base : K;
type Path<T> = {
  [K in keyof T & string]: T[K] extends string ? WithoutPlural<K> : `${K}.${Path<T[K]>}`;
}[keyof T & string];

/** A key that `say` knows: `namespace:path.in.the.file`, without a plural ending. */
export type TextKey = { [N in keyof Texts]: `${N}:${Path<Texts[N]>}` }[keyof Texts];

/** A text's placeholders. A `count` also selects `_zero`, `_one` or `_other`. */
type TextParams = Readonly<Record<string, string | number>>;

/** Returns the text of a key in a language, with `params` inserted. */
export function say(language: Language, key: TextKey, params: TextParams = {}): string {
  const text = counted(language, key, params) ?? find(language, key) ?? key;
  return text.replace(/\{\{(\w+)\}\}/g, (place, name: string) => String(params[name] ?? place));
}

/** Returns whether a key composed from another module's code has a text. */
export function isTextKey(key: string): key is TextKey {
  return [key, `${key}_other`].some((one) => find('en', one) !== undefined);
}

const rules = { en: new Intl.PluralRules('en'), fa: new Intl.PluralRules('fa') };

function counted(language: Language, key: string, { count }: TextParams): string | undefined {
  if (typeof count !== 'number') return undefined;
  const none = count === 0 ? find(language, `${key}_zero`) : undefined;
  return none ?? find(language, `${key}_${rules[language].select(count)}`);
}

function find(language: Language, key: string): string | undefined {
  let found: unknown = texts[language];
  for (const part of key.split(/[:.]/)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = Reflect.get(found, part);
  }
  return typeof found === 'string' ? found : undefined;
}
