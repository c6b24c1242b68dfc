// Formats staged files and stages them again; git runs it before each commit once `npm run hooks` was called. A file
// that also has unstaged changes is only checked: formatting it would commit those too.
import { runTool } from './lib/bin.mjs';
import { run, Stop, script } from './lib/run.mjs';

const KINDS = /\.(ts|tsx|mjs|cjs|js|json|css)$/;

await script(async () => {
  const staged = (await names('--cached', '--diff-filter=ACMR')).filter((name) => KINDS.test(name));
  if (staged.length === 0) return 0;
  const edited = new Set(await names());
  const whole = staged.filter((name) => !edited.has(name));
  const partly = staged.filter((name) => edited.has(name));
  if (whole.length > 0) {
    await biome('format', '--write', whole);
    const { code, output } = await run('git', ['add', '--', ...whole], { quiet: true });
    if (code !== 0) throw new Stop(`git add failed:\n${output}`);
  }
  if (partly.length > 0) await biome('format', partly);
  return 0;
});

async function biome(...args) {
  const flags = ['--no-errors-on-unmatched', '--files-ignore-unknown=true'];
  const { code } = await runTool('@biomejs/biome', [...args.flat(), ...flags]);
  if (code !== 0) throw new Stop('Not committed: the files named above could not be formatted, or are not.');
}

async function names(...args) {
  const { code, output } = await run('git', ['diff', '--name-only', '-z', ...args], { quiet: true });
  if (code !== 0) throw new Stop(`git diff failed:\n${output}`);
  return output.split('\0').filter(Boolean);
}
