/** The package that ships: what opens it, weakens it, or puts another program in its place does nothing or ends it. */
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, it, onTestFinished } from 'vitest';
import config from '../../electron-builder.config';
import { logOf, ownFolder, ownKeyring, type Started, shipped, shippedRoot, start } from './installed';

const openMs = 120_000;
const resources = path.join(shipped, 'resources');
const archive = path.join(resources, 'app.asar');

/** The fuses by electron-builder's names, in the words of those who read them. */
const fuses = {
  runAsNode: FuseV1Options.RunAsNode,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
} as const;

it('starts on a keyring, and opens its window', async () => {
  const program = start(shipped, { keyring: await ownKeyring() });
  await expect.poll(() => logOf(program), { timeout: openMs }).toContain('keychain ready');
  expect(program.child.exitCode).toBeNull();
});

it.each(['--remote-debugging-port=0', '--inspect=127.0.0.1:0', '--inspect-brk=127.0.0.1:0'])(
  'ends with a message when started with %s, and no debugger listens',
  async (one) => {
    const program = start(shipped, { args: [one] });
    expect(await ended(program)).toBe(1);
    expect(program.said()).toContain('Patchbay does not start with');
    expect(program.said()).not.toMatch(/listening on/i);
    expect(existsSync(path.join(program.profile, 'DevToolsActivePort'))).toBe(false);
  },
);

it('is no Node under ELECTRON_RUN_AS_NODE', async () => {
  const marker = path.join(ownFolder(), 'ran');
  const program = start(shipped, {
    env: { ELECTRON_RUN_AS_NODE: '1' },
    args: [`-e`, `require('fs').writeFileSync(${JSON.stringify(marker)}, '')`],
  });
  expect(await ended(program)).toBe(1);
  expect(program.said()).toContain('ELECTRON_RUN_AS_NODE');
  expect(existsSync(marker)).toBe(false);
});

it('loads nothing that NODE_OPTIONS names', async () => {
  const folder = ownFolder();
  const [script, marker] = [path.join(folder, 'theirs.js'), path.join(folder, 'ran')];
  writeFileSync(script, `require('fs').writeFileSync(${JSON.stringify(marker)}, '')`);
  const program = start(shipped, { env: { NODE_OPTIONS: `--require=${script}` } });
  // Its fuse empties the variable before any script runs; so there is nothing left to refuse, and it starts without.
  await expect.poll(() => logOf(program), { timeout: openMs }).toContain(' start ');
  expect(existsSync(marker)).toBe(false);
});

it('asks no development server for its page', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const program = start(shipped, { env: { ELECTRON_RENDERER_URL: `http://127.0.0.1:${port}/` } });
  expect(await ended(program)).toBe(1);
  expect(asked).toBe(0);
});

it('starts from its archive and from nothing that lies beside it', async () => {
  const marker = path.join(ownFolder(), 'ran');
  const beside = path.join(resources, 'app');
  mkdirSync(beside);
  onTestFinished(() => rmSync(beside, { recursive: true, force: true }));
  writeFileSync(path.join(beside, 'package.json'), '{"name":"theirs","main":"main.js"}');
  writeFileSync(path.join(beside, 'main.js'), `require('fs').writeFileSync(${JSON.stringify(marker)}, '')`);
  chmodSync(beside, 0o755);
  const program = start(shipped, { keyring: await ownKeyring() });
  await expect.poll(() => logOf(program), { timeout: openMs }).toContain('keychain ready');
  expect(existsSync(marker)).toBe(false);

  renameSync(archive, `${archive}.away`);
  onTestFinished(() => renameSync(`${archive}.away`, archive));
  const without = start(shipped);
  // It finds no program and ends, rather than to run theirs.
  expect(await ended(without)).toBe(1);
  expect(existsSync(marker)).toBe(false);
});

it('has every fuse as the config says', async () => {
  const wire = await getCurrentFuseWire(path.join(shipped, 'patchbay'));
  // Electron writes a fuse as a digit: 49 is '1', on.
  const set = Object.entries(fuses).map(([name, fuse]) => [name, Number(wire[fuse]) === 49]);
  expect(Object.fromEntries(set)).toEqual(config.electronFuses);
});

it('holds the program, its two native packages and nothing that is only for tests', () => {
  const inside = listPackage(archive, { isPack: false });
  expect(inside.filter((name) => /\.(ts|map)$|simulators|vitest/.test(name))).toEqual([]);
  const unpacked = readdirSync(`${archive}.unpacked/node_modules`).sort();
  expect(unpacked).toEqual(['@photostructure', 'keytar']);
  const main = extractFile(archive, 'out/main/main.js').toString('utf8');
  expect(main).toContain('Patchbay does not start with');
  expect(main).not.toContain('PATCHBAY_TEST_DIALOGS');
});

it('says by its name and version that it is no release, where an older Electron is in it', async () => {
  const program = start(shipped);
  await expect.poll(() => logOf(program), { timeout: openMs }).toMatch(/ electron \S+\n/);
  const [, found] = / electron (\S+)\n/.exec(logOf(program)) ?? [];
  const { name, version } = JSON.parse(extractFile(archive, 'package.json').toString('utf8'));
  const wanted = JSON.parse(readFileSync('node_modules/electron/package.json', 'utf8')).version;
  const isRelease = found === wanted;
  expect(name).toBe(isRelease ? 'patchbay' : 'patchbay-not-a-release');
  expect(version.includes('-test.electron.')).toBe(!isRelease);
});

it('brings an entry for the desktop, icons, and scripts that set up the sandbox', () => {
  const entry = readFileSync(path.join(shippedRoot, 'usr/share/applications/patchbay.desktop'), 'utf8');
  expect(entry).toContain('Exec=/opt/Patchbay/patchbay %U');
  expect(entry).toContain('StartupWMClass=patchbay');
  for (const size of ['16x16', '48x48', '256x256', '512x512'])
    expect(
      existsSync(path.join(shippedRoot, `usr/share/icons/hicolor/${size}/apps/patchbay.png`)),
      size,
    ).toBe(true);
  expect(existsSync(path.join(resources, 'apparmor-profile'))).toBe(true);
  // Whoever installs it must not be able to be served another program by somebody else on the machine.
  expect(statSync(archive).mode & 0o022).toBe(0);
});

async function ended({ child }: Started): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}
