/*
 * What the shipped program accepts on its command line and in its environment. Switches are an allow list: the engine
 * knows well over a thousand, and each release adds some that open, weaken or redirect it.
 */

const allowedSwitches: ReadonlySet<string> = new Set([
  // Profile and language.
  'user-data-dir',
  'lang',
  // Rendering, for unusual screens.
  'disable-gpu',
  'force-device-scale-factor',
  'high-dpi-support',
  'ozone-platform',
  'ozone-platform-hint',
  'enable-wayland-ime',
  'gtk-version',
  'class',
  // Added by packages on systems without user namespaces. The page's other restrictions still hold.
  'no-sandbox',
  'disable-dev-shm-usage',
]);

/** Variables that the engine or Node obeys and the program does not need. */
const refusedVariables: ReadonlySet<string> = new Set([
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NODE_USE_SYSTEM_CA',
  'NODE_USE_ENV_PROXY',
  'NODE_PATH',
  'NODE_REPL_EXTERNAL_MODULE',
  'NODE_REDIRECT_WARNINGS',
  'NODE_V8_COVERAGE',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'SSLKEYLOGFILE',
  'OPENSSL_CONF',
  'OPENSSL_MODULES',
]);

/** Electron's own variables are refused, except these. */
const harmlessElectron: ReadonlySet<string> = new Set([
  'ELECTRON_OZONE_PLATFORM_HINT',
  'ELECTRON_FORCE_WINDOW_MENU_BAR',
  'ELECTRON_NO_ATTACH_CONSOLE',
  'ELECTRON_TRASH',
  // Read only by the installer.
  'ELECTRON_MIRROR',
  'ELECTRON_CACHE',
  'ELECTRON_GET_USE_PROXY',
]);

export interface Outside {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/** Returns the refused switches and variables by name; empty if there are none. */
export function unwanted({ args, env, platform }: Outside): readonly string[] {
  const end = args.indexOf('--');
  const switches = (end < 0 ? args : args.slice(0, end)).flatMap((arg) => switchOf(arg, platform));
  const variables = Object.entries(env).flatMap(([name, value]) => {
    const upper = name.toUpperCase();
    const refused =
      refusedVariables.has(upper) || (upper.startsWith('ELECTRON_') && !harmlessElectron.has(upper));
    return refused && value !== undefined && value !== '' ? [upper] : [];
  });
  return [...switches.filter((name) => !allowedSwitches.has(name)).map((name) => `--${name}`), ...variables];
}

/** Returns a switch's name as the engine reads it: one dash or two, on Windows also a slash and any case. */
function switchOf(arg: string, platform: NodeJS.Platform): string[] {
  const windows = platform === 'win32';
  const [, name] = (windows ? /^(?:--?|\/)([^=]+)/ : /^--?([^=]+)/).exec(arg) ?? [];
  if (name === undefined || name === '-') return [];
  // macOS numbers processes that the Finder opened.
  if (platform === 'darwin' && name.startsWith('psn_')) return [];
  return [name.toLowerCase()];
}
