/** Files stay small enough to have one reason to change. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsBelow, root } from '../support/imports';

const most = 300;

/** Files that may be longer, and why. */
const longer: Record<string, string> = {
  'shared/catalog/simotel.ts': 'data: the fields of a PBX user',
};

const lines = new Map(
  [...importsBelow('electron', 'shared', 'renderer').keys()].map((file) => [
    file,
    readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length,
  ]),
);

describe('a file of code', () => {
  it(`has at most ${most} lines`, () => {
    const long = [...lines].filter(([file, count]) => count > most && !(file in longer));
    expect(long).toEqual([]);
  });

  it('is excepted only while it is longer', () => {
    expect(Object.keys(longer).filter((file) => (lines.get(file) ?? 0) <= most)).toEqual([]);
  });
});
