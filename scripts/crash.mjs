// npm run test:crash -- [--kills 500] [--seed N]: runs of 300 changes on two servers, killed at random moments and
// restarted, then compared completely. Prints one line, and exits with 1 where anything did not hold.
import { runTool } from './lib/bin.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { script } from './lib/run.mjs';

await script(async () => {
  await ensurePackages();
  return (await runTool('tsx', ['test/crash/cli.ts', ...process.argv.slice(2)])).code;
});
