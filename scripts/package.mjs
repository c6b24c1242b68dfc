// npm run package [-- --release deb rpm …]: builds what ships and packs it into dist/, by default in every format that
// this machine can make. `--release` refuses the fallback Electron.
import { statSync } from 'node:fs';
import path from 'node:path';
import { ensurePackages } from './lib/packages.mjs';
import { pack } from './lib/packaging.mjs';
import { say, script } from './lib/run.mjs';

await script(async () => {
  await ensurePackages();
  const named = process.argv.slice(2);
  const targets = named.filter((arg) => !arg.startsWith('-'));
  const release = named.includes('--release');
  const extra = named.filter((arg) => arg.startsWith('-') && arg !== '--release');
  const { files, unpacked } = await pack({ ...(targets.length > 0 ? { targets } : {}), release, extra });
  say('');
  if (files.length === 0) say(`made ${unpacked}`);
  for (const file of files)
    say(`made ${path.relative('.', file)}, ${Math.round(statSync(file).size / 1e6)} MB`);
});
