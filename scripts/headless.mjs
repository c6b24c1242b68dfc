// Runs any command with a virtual display and a private keyring: node scripts/headless.mjs [--keyring
// working|locked|absent] -- <command> [args]. In the command, ELECTRON_EXEC_PATH names an Electron to run.

import path from 'node:path';
import { ensureDisplay } from './lib/display.mjs';
import { electronEnv, ensureElectron } from './lib/electron.mjs';
import { startKeyring } from './lib/keyring.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { cacheDir } from './lib/paths.mjs';
import { run, Stop, script } from './lib/run.mjs';
import { ensureSystem } from './lib/system.mjs';

await script(async () => {
  const split = process.argv.indexOf('--');
  const [command, ...args] = split < 0 ? [] : process.argv.slice(split + 1);
  if (!command)
    throw new Stop('usage: node scripts/headless.mjs [--keyring working|locked|absent] -- <command> [args]');
  const at = process.argv.indexOf('--keyring');
  const state = at > 0 && at < split ? process.argv[at + 1] : 'working';

  await ensurePackages();
  await ensureSystem();
  const electron = await ensureElectron();
  const display = await ensureDisplay({ always: true });
  const keyring = await startKeyring(state, { display: display.env });
  try {
    const env = {
      ...process.env,
      ...keyring.env,
      XDG_CACHE_HOME: path.dirname(cacheDir()),
      ...display.env,
      ...electronEnv(electron),
      ELECTRON_EXEC_PATH: electron.executable,
    };
    const { code } = await run(command, args, { env, cwd: process.cwd() });
    return code;
  } finally {
    await keyring.stop();
    await display.stop();
  }
});
