import { existsSync, readFileSync } from 'node:fs';
import type { Configuration } from 'electron-builder';

/*
 * How the program becomes a package. `npm run package` builds what ships and calls electron-builder with this; what
 * depends on the machine (which Electron, which targets) comes from scripts/lib/packaging.mjs.
 */

/** The build that goes in; another one only for the test of the package. */
const build = process.env.PATCHBAY_OUT ?? 'dist/build';

const description = 'Console for technicians who look after PBX servers and messaging panels';

/** What desktops show: the keys of our own file but those that a package decides. */
const { Categories: categories = 'Network;', ...entry } = desktopEntry('resources/linux/patchbay.desktop');

const config: Configuration = {
  appId: 'com.patchbay.console',
  productName: 'Patchbay',
  copyright: 'The Patchbay contributors',
  directories: { output: 'dist', buildResources: 'resources' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in
  artifactName: '${name}-${version}-${os}-${arch}.${ext}',

  // Everything is bundled but the two packages with native code, of which only what is loaded goes in.
  files: [
    { from: build, to: 'out', filter: ['{main,preload,renderer}/**', '!**/*.map'] },
    'package.json',
    '!**/node_modules/node-addon-api/**',
    '!**/node_modules/**/*.{map,d.ts,d.mts,d.cts,mjs,gyp}',
    '!**/node_modules/**/{README,CHANGELOG,SECURITY}.md',
    '!**/node_modules/{keytar,@photostructure/sqlite}/{src,script,scripts,build}/**',
    // A package is made on the system that it is for; the processor may be another.
    `!**/node_modules/**/prebuilds/!(${process.platform}-\${arch})/**`,
    '!**/node_modules/**/prebuilds/**/*.musl.node',
  ],
  asar: true,
  // A library can be loaded only from a real file.
  asarUnpack: ['**/node_modules/{keytar,@photostructure/sqlite}/prebuilds/**'],
  // Both bring builds for every system over Node-API, which Electron loads as they are.
  npmRebuild: false,
  // The languages of the program; others read Chromium's few words (a date picker, a spelling menu) in English.
  electronLanguages: ['en-US', 'fa'],
  // Nothing is announced to an updater: the program never downloads itself.
  publish: null,

  electronFuses: {
    // Else the program is a Node that runs any script under our name, with our rights in the keychain.
    runAsNode: false,
    // NODE_OPTIONS could load code before ours, and NODE_EXTRA_CA_CERTS add a certificate authority.
    enableNodeOptionsEnvironmentVariable: false,
    // A debugger sees every secret in memory; it listens before any line of ours runs.
    enableNodeCliInspectArguments: false,
    // No folder beside the archive is taken for the program.
    onlyLoadAppFromAsar: true,
    // An altered archive does not start on macOS and Windows; on Linux Electron does not check.
    enableEmbeddedAsarIntegrityValidation: true,
    // No page is loaded from file:, so that none needs its privileges.
    grantFileProtocolExtraPrivileges: false,
    // We bring no snapshot of our own; the one that all processes share is used.
    loadBrowserProcessSpecificV8Snapshot: false,
    // There are no cookies. On, Chromium would ask the keychain for a key of its own at each start, and wait for it.
    enableCookieEncryption: false,
  },

  linux: {
    executableName: 'patchbay',
    syncDesktopName: true,
    category: categories,
    synopsis: description,
    description,
    icon: 'resources/icons',
    desktop: { entry },
  },
  deb: {
    packageCategory: 'net',
    depends: [
      'libgtk-3-0 | libgtk-3-0t64',
      'libnss3',
      'libgbm1',
      'libasound2 | libasound2t64',
      'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
      'libcups2 | libcups2t64',
      'libxss1',
      'libsecret-1-0',
      'xdg-utils',
    ],
    // Without a Secret Service credentials are kept for the session only.
    recommends: ['gnome-keyring | kwalletmanager'],
  },
  rpm: {
    depends: ['gtk3', 'nss', 'mesa-libgbm', 'alsa-lib', 'at-spi2-atk', 'cups-libs', 'libsecret', 'xdg-utils'],
  },

  mac: {
    target: [
      { target: 'dmg', arch: ['x64', 'arm64'] },
      { target: 'zip', arch: ['x64', 'arm64'] },
    ],
    category: 'public.app-category.developer-tools',
    minimumSystemVersion: '12.0',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    // On the other systems they lie beside the executable; here nothing may, and the About box reads them.
    extraResources: [
      { from: 'node_modules/electron/dist/LICENSE', to: 'LICENSE.electron.txt' },
      { from: 'node_modules/electron/dist/LICENSES.chromium.html', to: 'LICENSES.chromium.html' },
    ],
    entitlements: 'resources/entitlements.mac.plist',
    entitlementsInherit: 'resources/entitlements.mac.plist',
    // Only where the release is signed; the names are those of docs/releasing.md.
    notarize: Boolean(process.env.APPLE_TEAM_ID),
  },
  dmg: { writeUpdateInfo: false },

  win: { target: [{ target: 'nsis', arch: ['x64', 'arm64'] }] },
  nsis: {
    // For the one who installs it; an administrator is asked for only where somebody chooses "for everyone".
    oneClick: false,
    perMachine: false,
    installerSidebar: 'resources/installer/sidebar.bmp',
    installerHeader: 'resources/installer/header.bmp',
    differentialPackage: false,
    deleteAppDataOnUninstall: false,
  },
};

export default config;

/** The keys of a desktop file, without those that are made from the package: where it lies, what it is called. */
function desktopEntry(file: string): Record<string, string> {
  if (!existsSync(file)) return {};
  const made = new Set(['Type', 'Name', 'Exec', 'Icon', 'Terminal', 'Comment', 'StartupWMClass']);
  const pairs = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, key, value] = /^([^#=[]+(?:\[\w+\])?)=(.*)$/.exec(line) ?? [];
      return key !== undefined && value !== undefined && !made.has(key) ? [[key, value] as const] : [];
    });
  return Object.fromEntries(pairs);
}
