/** Whatever can be wrong with a row, the window has words for it, in both languages. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldProblemCodes } from '../../shared/catalog/validate';
import { batchReasons, batchStatuses } from '../../shared/model/batch';

const folder = path.resolve(import.meta.dirname, '../../shared/words');
const words = z.record(z.string(), z.string().regex(/\p{L}/u));

function read(language: string, namespace: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, language, `${namespace}.json`), 'utf8'));
}

describe.each(['en', 'fa'])('%s', (language) => {
  const batches = z
    .object({ reason: words, advice: words, kind: words, status: words, one: words })
    .parse(read(language, 'batches'));

  it.each(['reason', 'advice', 'kind'] as const)(
    'has a text for every reason, and for no other: %s',
    (group) => {
      expect(Object.keys(batches[group]).sort()).toEqual([...batchReasons].sort());
    },
  );

  it('names every status, of one row and of many', () => {
    expect(Object.keys(batches.one).sort()).toEqual([...batchStatuses].sort());
    expect(Object.keys(batches.status).sort()).toEqual([...batchStatuses, 'all'].sort());
  });

  it('has a sentence for everything that a field’s own check finds', () => {
    const said = words.parse(read(language, 'field'));
    expect(fieldProblemCodes.filter((code) => !said[code])).toEqual([]);
  });

  it('leaves no place for a detail in the name of a kind, which has none', () => {
    expect(Object.values(batches.kind).filter((text) => text.includes('{{'))).toEqual([]);
  });
});
