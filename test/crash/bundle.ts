import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');

/**
 * Bundles the worker into one file, beside the repository's packages: bundled a life starts in 0.2 s, by `tsx` in 1 s,
 * and there are hundreds of lives.
 * @returns the file
 */
export function bundleWorker(): Promise<string> {
  return bundle('worker.ts', 'worker.cjs');
}

/** The same for any program of this folder. @returns the file */
export async function bundle(entry: string, name: string): Promise<string> {
  const outDir = resolve(root, 'test-output/crash');
  mkdirSync(outDir, { recursive: true });
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['@photostructure/sqlite'] },
    build: {
      ssr: resolve(import.meta.dirname, entry),
      target: 'node20',
      outDir,
      emptyOutDir: false,
      rolldownOptions: {
        external: ['@photostructure/sqlite'],
        output: { format: 'cjs', entryFileNames: name },
      },
    },
  });
  return resolve(outDir, name);
}
