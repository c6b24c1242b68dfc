import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');

/**
 * Bundles the worker into one file, beside the repository's packages: bundled a life starts in 0.2 s, by `tsx` in 1 s,
 * and there are hundreds of lives.
 * @returns the file
 */
export async function bundleWorker(): Promise<string> {
  const outDir = resolve(root, 'test-output/crash');
  mkdirSync(outDir, { recursive: true });
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['@photostructure/sqlite'] },
    build: {
      ssr: resolve(import.meta.dirname, 'worker.ts'),
      target: 'node20',
      outDir,
      emptyOutDir: false,
      rolldownOptions: {
        external: ['@photostructure/sqlite'],
        output: { format: 'cjs', entryFileNames: 'worker.cjs' },
      },
    },
  });
  return resolve(outDir, 'worker.cjs');
}
