import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { build, type Plugin } from 'vite';

// Only what carries native code stays outside the bundles; ESM-only packages could not be required from CommonJS.
const native = ['electron', '@photostructure/sqlite', 'keytar'];

/**
 * Builds the keychain's process apart from main.js. As a second entry beside it, it would share the bundler's helpers
 * with it: loading them would start the whole program a second time.
 */
function keychainWorker(): Plugin {
  return {
    name: 'keychain-worker',
    apply: 'build',
    async closeBundle() {
      await build({
        configFile: false,
        logLevel: 'warn',
        ssr: { noExternal: true, external: native },
        build: {
          ssr: resolve('electron/keychain/worker.ts'),
          target: 'node18',
          outDir: 'out/main',
          emptyOutDir: false,
          rolldownOptions: {
            external: native,
            output: { format: 'cjs', entryFileNames: 'keychain-worker.js' },
          },
        },
      });
    },
  };
}

export default defineConfig({
  main: {
    plugins: [keychainWorker()],
    build: {
      target: 'node18',
      outDir: 'out/main',
      externalizeDeps: false,
      rolldownOptions: {
        external: native,
        input: resolve('electron/main.ts'),
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      target: 'node18',
      minify: true,
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        external: ['electron'],
        input: resolve('electron/preload.ts'),
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: 'chrome114',
      minify: true,
      outDir: 'out/renderer',
      rolldownOptions: { input: resolve('renderer/index.html') },
    },
  },
});
