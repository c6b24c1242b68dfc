// npm start [-- switches]: builds, then runs the real program on the user's own profile.
import { runTool } from './lib/bin.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { run, Stop, script } from './lib/run.mjs';
import { ensureSystem, hasDisplay } from './lib/system.mjs';

const ALLOW_OLD = '--allow-old-electron';

await script(async () => {
  const args = process.argv.slice(2).filter((arg) => arg !== ALLOW_OLD);
  if (!hasDisplay())
    throw new Stop('npm start opens a window and there is no display here. npm run demo needs none.');
  await ensurePackages();
  await ensureSystem({ keyring: false });
  // An Electron without security updates must not get real credentials unless the user insists.
  const allowFallback = process.argv.includes(ALLOW_OLD);
  const electron = await ensureElectron({ allowFallback }).catch((error) => {
    throw new Stop(
      `${error.message}\nTo look at the program, run npm run demo. To use an old Electron all the same: npm start -- ${ALLOW_OLD}`,
    );
  });
  const built = await runTool('electron-vite', ['build']);
  if (built.code !== 0) return built.code;
  return (await run(electron.executable, [...electron.args, root, ...args])).code;
});
