// npm run test:fuzz -- [--messages 100000] [--seed N]: messages generated from the contract's schemas, sent to the
// program's own handlers. Prints the seed and the outcomes by channel, and exits with 1 where an answer was wrong or a
// profile is damaged afterwards.
import { parseArgs } from 'node:util';
import { runTool } from './lib/bin.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { Stop, script } from './lib/run.mjs';

await script(async () => {
  const { values } = parseArgs({
    options: { messages: { type: 'string', default: '100000' }, seed: { type: 'string' } },
  });
  for (const [name, value] of Object.entries(values))
    if (!/^\d{1,9}$/.test(value)) throw new Stop(`--${name} takes a number, and not ${value}`);
  await ensurePackages();
  const seed = values.seed ?? String(Math.floor(Math.random() * 1_000_000));
  const env = {
    ...process.env,
    VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true',
    PATCHBAY_FUZZ_MESSAGES: values.messages,
    PATCHBAY_FUZZ_SEED: seed,
  };
  const test = ['run', '--project', 'integration', 'test/integration/messages.exploit.test.ts'];
  return (await runTool('vitest', [...test, '--disable-console-intercept'], { env })).code;
});
