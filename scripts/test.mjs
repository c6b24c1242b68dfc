// npm test [-- <name> …]: installs what is missing, runs the checks and suites, two at a time, and prints one line with
// the totals. Names: lint types unused build unit integration crash security e2e chromium packaged, and, only when
// named: node24 wine.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { withoutChromium } from './lib/chromium.mjs';
import { ensureDisplay } from './lib/display.mjs';
import { electronEnv, ensureElectron } from './lib/electron.mjs';
import { startKeyring } from './lib/keyring.mjs';
import { preparePackaged, withoutPackaged } from './lib/packaged.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { cacheDir, root } from './lib/paths.mjs';
import { registryNode, withoutNode24 } from './lib/registry-node.mjs';
import { Stop, say, script } from './lib/run.mjs';
import { check, suite } from './lib/suites.mjs';
import { ensureSystem } from './lib/system.mjs';
import { wine, withoutWine } from './lib/wine.mjs';

/*
 * Each part of a divided suite has a private display and keyring. The longest run first. `before`: finished before the
 * others start, so that quick checks fail early.
 */
const STEPS = [
  {
    name: 'lint',
    title: 'format and lint',
    before: true,
    run: () => check('@biomejs/biome', ['ci', '.', ...(process.env.NO_COLOR ? ['--colors=off'] : [])]),
  },
  { name: 'types', title: 'types', before: true, run: () => check('typescript', ['--noEmit']) },
  { name: 'unused', title: 'unused files, exports and packages', before: true, run: () => check('knip', []) },
  { name: 'build', title: 'build', before: true, run: () => check('electron-vite', ['build']) },
  { name: 'e2e', title: 'end-to-end tests', needsMachine: true, needsBuild: true, parts: 3 },
  { name: 'crash', title: 'crash test' },
  { name: 'integration', title: 'integration tests', needsMachine: true },
  { name: 'security', title: 'security tests', needsMachine: true, needsBuild: true, optional: true },
  {
    name: 'packaged',
    title: 'tests of the package',
    needsMachine: true,
    optional: true,
    missing: withoutPackaged,
    prepare: preparePackaged,
  },
  { name: 'unit', title: 'unit tests' },
  { name: 'chromium', title: 'the window in Chromium', needsBuild: true, missing: withoutChromium },
  {
    name: 'node24',
    title: 'unit and integration tests on Node 24',
    needsMachine: true,
    named: true,
    missing: withoutNode24,
    run: onNode24,
  },
  {
    name: 'wine',
    title: 'the native parts on Windows, under Wine',
    named: true,
    missing: withoutWine,
    run: wine,
  },
];

/** The suites mostly wait for sockets, windows and time-outs. */
const LANES = Math.min(availableParallelism(), 2);

await script(async () => {
  // The last line must be plain for scripts that read it.
  if (!process.stdout.isTTY) {
    process.env.NO_COLOR = '1';
    delete process.env.FORCE_COLOR;
  }
  const steps = chosen(process.argv.slice(2));
  await ensurePackages();
  let electron;
  if (steps.some((step) => step.needsMachine)) {
    await ensureSystem({ virtualDisplay: true });
    electron = await ensureElectron();
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failedSteps = new Set();
  const work = async (jobs) => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      say(`\n== ${job.title}`);
      const count = await runJob(job, { failedSteps, electron });
      if (count.failed > 0) failedSteps.add(job.name);
      for (const key of Object.keys(total)) total[key] += count[key];
    }
  };
  for (const before of [true, false]) {
    const jobs = steps.filter((step) => Boolean(step.before) === before).flatMap(partsOf);
    await Promise.all(Array.from({ length: LANES }, () => work(jobs)));
  }
  if (failedSteps.size > 0) say(`\nfailed: ${[...failedSteps].join(', ')}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  say(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed > 0 ? 1 : 0;
});

function chosen(names) {
  if (names.length === 0)
    return STEPS.filter((step) => !step.named && (!step.optional || hasFolder(step.name)));
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0)
    throw new Stop(`No such suite: ${unknown.join(', ')}. There are: ${STEPS.map((s) => s.name).join(' ')}`);
  // Windows show the last build: a suite that opens them never runs on an old one.
  const needsBuild = STEPS.some((step) => step.needsBuild && names.includes(step.name));
  return STEPS.filter((step) => names.includes(step.name) || (needsBuild && step.name === 'build'));
}

function partsOf({ parts = 1, ...step }) {
  if (parts === 1) return [step];
  return Array.from({ length: parts }, (_, at) => {
    const part = `${at + 1}/${parts}`;
    return { ...step, part, title: `${step.title} ${part}` };
  });
}

async function runJob(job, { failedSteps, electron }) {
  if (job.needsBuild && failedSteps.has('build')) {
    say(`${job.title}: not run, there is no build`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const missing = job.missing?.();
  if (missing) {
    say(`${job.title}: skipped, ${missing}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const work = job.run ?? ((env) => suite(job.name, env, job.part));
  if (!job.needsMachine) return work({});
  const prepared = await job.prepare?.();
  const machine = await startMachine(electron);
  try {
    return await work({ ...machine.env, ...prepared?.env });
  } finally {
    await machine.stop();
    await prepared?.remove();
  }
}

/** Runs the suites without windows on the next Node, which the next Electron will bring. */
async function onNode24(env) {
  const node = await registryNode('node24');
  const counts = [
    await suite('unit', env, undefined, node),
    await suite('integration', env, undefined, node),
  ];
  return counts.reduce((sum, one) => ({
    passed: sum.passed + one.passed,
    failed: sum.failed + one.failed,
    skipped: sum.skipped + one.skipped,
  }));
}

/** Starts a private display and keyring, so that tests touch neither the user's desktop nor their secrets. */
async function startMachine(electron) {
  const display = await ensureDisplay({ always: true });
  const keyring =
    process.platform === 'linux' ? await startKeyring('working', { display: display.env }) : undefined;
  return {
    env: {
      ...keyring?.env,
      // The tests have an empty HOME, but share the user's download cache.
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
