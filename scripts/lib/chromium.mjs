import { existsSync } from 'node:fs';
import path from 'node:path';

/** Debian's package installs `chromium`; others use these names. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The system's Chromium, for pictures and for testing the window's page in the newest Electron's engine.
 * @returns {string | undefined} its executable
 */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [process.env.PATCHBAY_CHROMIUM, ...found].find((file) => file && existsSync(file));
}

/** Switches for a Chromium without a window; as root it refuses to run inside its sandbox. */
export function chromiumArgs() {
  return ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
}

/** @returns {string | undefined} why it cannot be used for tests */
export function withoutChromium() {
  return findChromium() ? undefined : 'there is no chromium (on Debian: apt-get install chromium)';
}
