import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { build, type Plugin } from 'vite';
import { contract, events } from './shared/contract/contract';

// What goes to everyone refuses switches and variables that would open it; `PATCHBAY_SHIPPED=1` builds that program.
const define = {
  __SHIPPED__: JSON.stringify(process.env.PATCHBAY_SHIPPED === '1'),
  // For the test of the package alone: the program that ships, but a debugger may drive it.
  __TEST_BUILD__: JSON.stringify(process.env.PATCHBAY_TEST_BUILD === '1'),
};
// Another folder for a second build beside the one that tests use.
const out = process.env.PATCHBAY_OUT ?? 'out';

// Only what carries native code stays outside the bundles; ESM-only packages could not be required from CommonJS.
const native = ['electron', '@photostructure/sqlite', 'keytar'];

/**
 * The names of all requests and events, for the preload script: it runs before every page, and with the schemas of the
 * contract in it most of its time went into making them.
 */
const bridge = {
  requests: Object.fromEntries(Object.entries(contract).map(([group, members]) => [group, Object.keys(members)])),
  events: Object.keys(events),
};

/** The list of what was bundled, with its licences; shown by the program itself (`electron/about`), and its bill of materials. */
const license = { fileName: 'licences.json' };

/** What runs beside the bundles, and so is in no list of Vite's. */
const beside = ['keytar', 'node-addon-api', '@photostructure/sqlite', 'node-gyp-build'];
const sqlite = {
  name: 'SQLite',
  version: '',
  identifier: 'Public domain',
  text: 'The author disclaims copyright to this source code. In place of a legal notice, here is a blessing:\n\nMay you do good and not evil.\nMay you find forgiveness for yourself and forgive others.\nMay you share freely, never taking more than you give.',
};

/** Writes the licences of the native parts beside those of the bundles. */
function nativeLicences(): Plugin {
  return {
    name: 'native-licences',
    generateBundle() {
      const entries = beside.map((part) => {
        const folder = resolve('node_modules', part);
        const {
          name,
          version,
          license: identifier,
        } = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8'));
        const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one));
        if (!file) throw new Error(`${part} has no file with its licence`);
        return { name, version, identifier, text: readFileSync(resolve(folder, file), 'utf8').trim() };
      });
      const source = JSON.stringify([...entries, sqlite], null, 2);
      this.emitFile({ type: 'asset', fileName: 'native-licences.json', source });
    },
  };
}

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
          target: 'node20',
          outDir: resolve(out, 'main'),
          emptyOutDir: false,
          license: { fileName: 'keychain-licences.json' },
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
    define,
    // Not `resources`: what the program loads at run time is put into the build, wherever that is packed.
    publicDir: false,
    plugins: [keychainWorker(), nativeLicences()],
    build: {
      license,
      target: 'node20',
      outDir: resolve(out, 'main'),
      externalizeDeps: false,
      rolldownOptions: {
        external: native,
        input: resolve('electron/main.ts'),
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    define: { __BRIDGE__: JSON.stringify(bridge) },
    build: {
      license,
      target: 'node20',
      minify: true,
      outDir: resolve(out, 'preload'),
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
      license,
      target: 'chrome130',
      minify: true,
      outDir: resolve(out, 'renderer'),
      rolldownOptions: {
        input: resolve('renderer/index.html'),
        // One style sheet, in the order of imports: rules that weigh the same must not depend on how the code is split.
        output: { codeSplitting: { groups: [{ name: 'styles', test: /\.css$/ }] } },
      },
    },
  },
});
