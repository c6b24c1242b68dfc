// npm run dev [-- switches]: the program with hot reload. Without a display, in a virtual one (for automation).
import { runTool } from './lib/bin.mjs';
import { ensureDisplay } from './lib/display.mjs';
import { electronEnv, ensureElectron } from './lib/electron.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { script } from './lib/run.mjs';
import { ensureSystem } from './lib/system.mjs';

await script(async () => {
  await ensurePackages();
  await ensureSystem({ keyring: false });
  const electron = await ensureElectron();
  const display = await ensureDisplay();
  try {
    const env = { ...process.env, ...display.env, ...electronEnv(electron) };
    const args = ['dev', '--', ...electron.args, ...process.argv.slice(2)];
    return (await runTool('electron-vite', args, { env })).code;
  } finally {
    await display.stop();
  }
});
