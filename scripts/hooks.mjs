// npm run hooks: makes git format staged files before each commit in this clone.
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { run, Stop, say, script } from './lib/run.mjs';

const HOOK = '#!/bin/sh\n# Put here by npm run hooks.\nexec node scripts/format-staged.mjs\n';

await script(async () => {
  const asked = await run('git', ['rev-parse', '--git-path', 'hooks'], { quiet: true });
  if (asked.code !== 0)
    throw new Stop('This folder is no git checkout: there is nothing to put a hook into.');
  const folder = path.resolve(root, asked.output.trim());
  const file = path.join(folder, 'pre-commit');
  if (existsSync(file) && (await readFile(file, 'utf8')) !== HOOK)
    throw new Stop(`There is a hook of yours already, and it is left as it is: ${file}`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, HOOK);
  await chmod(file, 0o755);
  say(`What is staged is formatted before each commit: ${file}`);
});
