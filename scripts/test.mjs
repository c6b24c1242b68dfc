// npm test [-- <name> …]: installs what is missing, runs the checks and suites in order, and ends with one line that
// adds them all up. Names: lint types unused build unit integration crash security e2e.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureDisplay } from './lib/display.mjs';
import { electronEnv, ensureElectron } from './lib/electron.mjs';
import { startKeyring } from './lib/keyring.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { cacheDir, root } from './lib/paths.mjs';
import { Stop, say, script } from './lib/run.mjs';
import { check, suite } from './lib/suites.mjs';
import { ensureSystem } from './lib/system.mjs';

const STEPS = [
  {
    name: 'lint',
    title: 'format and lint',
    run: () => check('@biomejs/biome', ['ci', '.', ...(process.env.NO_COLOR ? ['--colors=off'] : [])]),
  },
  { name: 'types', title: 'types', run: () => check('typescript', ['--noEmit']) },
  { name: 'unused', title: 'unused files, exports and packages', run: () => check('knip', []) },
  { name: 'build', title: 'build', run: () => check('electron-vite', ['build']) },
  { name: 'unit', title: 'unit tests', run: () => suite('unit', {}) },
  { name: 'integration', title: 'integration tests', needsMachine: true },
  { name: 'crash', title: 'crash test', run: () => suite('crash', {}) },
  { name: 'security', title: 'security tests', needsMachine: true, needsBuild: true, optional: true },
  { name: 'e2e', title: 'end-to-end tests', needsMachine: true, needsBuild: true },
];

await script(async () => {
  // The last line must be plain for whatever reads it.
  if (!process.stdout.isTTY) {
    process.env.NO_COLOR = '1';
    delete process.env.FORCE_COLOR;
  }
  const steps = chosen(process.argv.slice(2));
  await ensurePackages();
  const needsMachine = steps.some((step) => step.needsMachine);
  const machine = needsMachine ? await startMachine() : undefined;
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failedSteps = new Set();
  try {
    for (const step of steps) {
      say(`\n== ${step.title}`);
      const count = await runStep(step, machine, failedSteps);
      if (count.failed > 0) failedSteps.add(step.name);
      for (const key of Object.keys(total)) total[key] += count[key];
    }
  } finally {
    await machine?.stop();
  }
  if (failedSteps.size > 0) say(`\nfailed: ${[...failedSteps].join(', ')}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  say(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed > 0 ? 1 : 0;
});

function chosen(names) {
  if (names.length === 0) return STEPS.filter((step) => !step.optional || hasFolder(step.name));
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0)
    throw new Stop(`No such suite: ${unknown.join(', ')}. There are: ${STEPS.map((s) => s.name).join(' ')}`);
  // Windows show what was built last: a suite that opens them is never run on an old build.
  const needsBuild = STEPS.some((step) => step.needsBuild && names.includes(step.name));
  return STEPS.filter((step) => names.includes(step.name) || (needsBuild && step.name === 'build'));
}

async function runStep(step, machine, failedSteps) {
  if (step.needsBuild && failedSteps.has('build')) {
    say('not run: there is no build');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  return step.run ? step.run() : suite(step.name, machine.env);
}

/** A display and a keyring of our own, so that tests touch neither the person's desktop nor their secrets. */
async function startMachine() {
  await ensureSystem({ virtualDisplay: true });
  const electron = await ensureElectron();
  const display = await ensureDisplay({ always: true });
  const keyring =
    process.platform === 'linux' ? await startKeyring('working', { display: display.env }) : undefined;
  return {
    env: {
      ...keyring?.env,
      // The tests' own HOME is empty: what was fetched is in the person's.
      XDG_CACHE_HOME: path.dirname(cacheDir()),
      ...display.env,
      ...electronEnv(electron),
      PATCHBAY_ELECTRON: JSON.stringify(electron),
    },
    stop: async () => {
      await keyring?.stop();
      await display.stop();
    },
  };
}

function hasFolder(name) {
  return existsSync(path.join(root, 'test', name));
}
