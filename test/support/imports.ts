import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** The imports of one file, types included: project files by path, packages by name. */
export type Imports = ReadonlyMap<string, readonly string[]>;

const importing = /(?:\bfrom|\bimport|\bimport\()\s*'([^']+)'/g;

/** Returns the imports of every source file below these folders. */
export function importsBelow(...folders: readonly string[]): Imports {
  const files = new Set(folders.flatMap(sourcesBelow));
  return new Map([...files].map((file) => [file, importsOf(file, files)]));
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && /\.tsx?$/.test(one.name))
    .map((one) => relative(root, join(one.parentPath, one.name)).split(sep).join('/'));
}

function importsOf(file: string, files: ReadonlySet<string>): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(importing)].map(([, name = '']) => {
    if (!name.startsWith('.')) return name;
    const path = join(dirname(file), name).split(sep).join('/');
    return (
      ['.ts', '.tsx', '/index.ts', '/index.tsx'].map((end) => path + end).find((one) => files.has(one)) ??
      path
    );
  });
}
