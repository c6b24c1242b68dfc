import { describe, expect, it } from 'vitest';
import { type Imports, importsBelow } from '../support/imports';

const house = importsBelow('electron', 'shared', 'renderer');

describe('the imports of the house', () => {
  it('are all found', () => {
    expect(house.get('electron/app/program.ts')).toContain('electron/ipc/register.ts');
    expect(house.get('electron/journal/head.ts')).toContain('shared/model/chain.ts');
    const lost = [...house.values()]
      .flat()
      .filter((name) => !house.has(name) && /^(electron|shared|renderer)\//.test(name));
    expect(lost.filter((name) => !/\.(css|json|woff2)$|\?/.test(name))).toEqual([]);
  });

  it('lead nowhere back to where they begin, those of types neither', () => {
    expect(circleIn(house)).toEqual([]);
  });

  it('are found to go in a circle where they do', () => {
    const files = { a: ['b'], b: ['c', 'zod'], c: ['d', 'b'], d: [] };
    expect(circleIn(new Map(Object.entries(files)))).toEqual(['b', 'c', 'b']);
  });
});

describe('a migration that has shipped', () => {
  const rooms = 'electron/storage/migrations/';
  const steps = [...house].filter(([file]) => file.startsWith(rooms));

  it('imports nothing that goes on changing', () => {
    // The database's type says nothing of what a step does; all else that a step needs stands beside it.
    const frozen = (name: string): boolean =>
      name.startsWith(rooms) ||
      name === 'electron/storage/sqlite.ts' ||
      name === 'zod' ||
      name === 'node:crypto';
    expect(steps.length).toBeGreaterThan(11);
    expect(
      steps.flatMap(([file, names]) =>
        names.filter((name) => !frozen(name)).map((name) => `${file}: ${name}`),
      ),
    ).toEqual([]);
  });

  it('has its helpers to itself', () => {
    const helpers = steps.filter(([file]) => file.slice(rooms.length).includes('/')).map(([file]) => file);
    const shared = [...house].flatMap(([file, names]) =>
      names
        .filter((name) => helpers.includes(name) && stepOf(name) !== stepOf(file))
        .map((name) => `${file}: ${name}`),
    );
    expect(helpers).not.toEqual([]);
    expect(shared).toEqual([]);
  });
});

/** A step's file and the folder of its helpers have one name. */
function stepOf(file: string): string | undefined {
  return /migrations\/(\d{3}-[a-z-]+)/.exec(file)?.[1];
}

/** The files of the first circle that is found, the first of them again at its end; empty where there is none. */
function circleIn(imports: Imports): readonly string[] {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): readonly string[] => {
    const at = way.indexOf(file);
    if (at >= 0) return [...way.slice(at), file];
    if (done.has(file)) return [];
    for (const next of imports.get(file) ?? []) {
      const circle = visit(next, [...way, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of imports.keys()) {
    const circle = visit(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}
