// npm run demo: the program on a throwaway profile beside two simulators. With a display a person plays with it;
// without one (or with --tour) the guided tour is played in a virtual display, and its pictures are in demo-output/.
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
  // A keyring of the demo's own, so that nothing of it stays in the person's. Elsewhere than on Linux there is only one.
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
