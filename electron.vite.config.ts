import { readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
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
  requests: Object.fromEntries(
    Object.entries(contract).map(([group, members]) => [group, Object.keys(members)]),
  ),
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

/** What is built apart from the program, by the name of its file in the build; and what each of them leaves to the others. */
const apart: Readonly<Record<string, string>> = {
  main: 'electron/main.ts',
  'no-start': 'electron/app/no-start.ts',
  'keychain-worker': 'electron/keychain/worker.ts',
};

/** Imports of what is built by itself lead to its file. */
function toItsFile(entry: string): Plugin {
  const files = new Map(
    [...Object.entries(apart), ['program', 'electron/app/program.ts'] as const].map(([name, file]) => [
      resolve(file).replace(/\.ts$/, ''),
      `./${name}.js`,
    ]),
  );
  return {
    name: 'to-its-file',
    enforce: 'pre',
    resolveId(source, importer) {
      const id =
        importer && source.startsWith('.') ? files.get(resolve(dirname(importer), source)) : undefined;
      return id && resolve(entry) === importer ? { id, external: true } : null;
    },
  };
}

/**
 * Builds the entry, the word that is said where it cannot start, and the keychain's process apart from the program. As
 * entries beside it they would share the bundler's helpers with it: loading them would load the whole program.
 */
function builtApart(): Plugin {
  return {
    name: 'built-apart',
    apply: 'build',
    async closeBundle() {
      for (const [name, entry] of Object.entries(apart)) {
        await build({
          configFile: false,
          logLevel: 'warn',
          define,
          plugins: [toItsFile(entry)],
          ssr: { noExternal: true, external: native },
          build: {
            ssr: resolve(entry),
            target: 'node20',
            outDir: resolve(out, 'main'),
            emptyOutDir: false,
            license: name === 'keychain-worker' && { fileName: 'keychain-licences.json' },
            rolldownOptions: {
              external: native,
              output: { format: 'cjs', entryFileNames: `${name}.js`, dynamicImportInCjs: false },
            },
          },
        });
      }
    },
  };
}

export default defineConfig({
  main: {
    define,
    // Not `resources`: what the program loads at run time is put into the build, wherever that is packed.
    publicDir: false,
    plugins: [builtApart(), nativeLicences()],
    build: {
      license,
      target: 'node20',
      outDir: resolve(out, 'main'),
      externalizeDeps: false,
      rolldownOptions: {
        external: native,
        input: resolve('electron/app/program.ts'),
        output: {
          format: 'cjs',
          entryFileNames: '[name].js',
          // Half of the text is comments and blanks; names stay, for what the log says of errors.
          minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
        },
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
