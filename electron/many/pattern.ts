import { type Context, createContext, Script } from 'node:vm';
import { longestValue, type ReplaceRule, type Replacer } from '../../shared/bulk/apply-rule';

// A value is at most a few hundred letters, and a sound pattern takes microseconds for it.
const oneMs = 40;
const manyMs = 100;
// A pattern too slow for this many values is too slow altogether: skip the rest.
const slowAtMost = 3;

// Results that grow too long are dropped at once: a few letters can become megabytes, in each of 50,000 records.
const script = new Script(`values.map((value) => {
  pattern.lastIndex = 0;
  const made = value.replace(pattern, replacement);
  return made.length > ${longestValue} ? null : made;
})`);

type Result = ReturnType<Replacer>;

/**
 * A person's regular expression over many values. A pattern can take longer than the world lasts for one value
 * (`(a+)+$`), and nothing in JavaScript can stop it from outside but a time limit on a script of its own. That costs a
 * tenth of a millisecond a time, so values are worked out in advance, many at once.
 */
export class Pattern {
  readonly #context: Context | null;
  readonly #known = new Map<string, Result>();
  #slow = 0;

  constructor(rule: ReplaceRule) {
    const pattern = compiled(rule);
    this.#context = pattern && createContext({ pattern, replacement: rule.with, values: [] });
  }

  /** Works values out together, for `replace` to find. */
  ahead(values: readonly string[]): void {
    // Kept only as long as they are of use: the values of what comes next are other ones.
    if (this.#known.size > 5_000) this.#known.clear();
    const fresh = [...new Set(values)].filter((value) => !this.#known.has(value));
    if (fresh.length === 0 || this.#slow >= slowAtMost) return;
    const done = this.#run(fresh, manyMs) ?? [];
    for (const [at, value] of done.entries()) this.#known.set(fresh[at] ?? '', resultOf(value));
  }

  /** Replaces in one value. */
  replace(value: string): Result {
    if (!this.#context) return 'bad-pattern';
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    if (this.#slow >= slowAtMost) return 'pattern-slow';
    const done = this.#run([value], oneMs);
    if (!done) this.#slow += 1;
    const result: Result = done ? resultOf(done[0] ?? null) : 'pattern-slow';
    this.#known.set(value, result);
    return result;
  }

  /** @returns null where it took too long; in it, null where a value became too long */
  #run(values: readonly string[], timeout: number): readonly (string | null)[] | null {
    if (!this.#context) return null;
    Object.assign(this.#context, { values: [...values] });
    try {
      const done: unknown = script.runInContext(this.#context, { timeout });
      return Array.isArray(done) ? done.map((one) => (typeof one === 'string' ? one : null)) : null;
    } catch {
      return null;
    }
  }
}

function resultOf(made: string | null): Result {
  return made === null ? 'too-long' : { value: made };
}

/** With the u flag, so that a letter outside the first plane is one; without it what is only good so (`\-`). */
function compiled({ find, matchCase }: ReplaceRule): RegExp | null {
  for (const flags of ['gu', 'g']) {
    try {
      return new RegExp(find, matchCase ? flags : `${flags}i`);
    } catch {
      // The next form, or none.
    }
  }
  return null;
}
