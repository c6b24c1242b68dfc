// npm run demo: the program on a throwaway profile with two simulators. With a display you can use it; without one (or
// with --tour) the guided tour is played in a virtual display, with its pictures in demo-output/.
import { runTool } from './lib/bin.mjs';
import { ensureDisplay } from './lib/display.mjs';
import { electronEnv, ensureElectron } from './lib/electron.mjs';
import { startKeyring } from './lib/keyring.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { run, say, script } from './lib/run.mjs';
import { ensureSystem, hasDisplay } from './lib/system.mjs';

await script(async () => {
  const guided = process.argv.includes('--tour') || !hasDisplay();
  await ensurePackages();
  await ensureSystem({ virtualDisplay: guided });
  const electron = await ensureElectron();
  const built = await runTool('electron-vite', ['build'], { quiet: true });
  if (built.code !== 0) {
    say(built.output);
    return built.code;
  }
  const display = await ensureDisplay({ always: guided });
  // A private keyring for the demo, so that nothing stays in the user's. Only Linux can have a second one.
  const keyring =
    process.platform === 'linux' ? await startKeyring('working', { display: display.env }) : null;
  try {
    const env = {
      ...process.env,
      ...keyring?.env,
      ...display.env,
      ...electronEnv(electron),
      PATCHBAY_ELECTRON: JSON.stringify(electron),
      PATCHBAY_DEMO: guided ? 'tour' : 'play',
    };
    return (await run(process.execPath, ['--import', 'tsx', 'test/demo/index.ts'], { env })).code;
  } finally {
    await keyring?.stop();
    await display.stop();
  }
});
