/** The guided tour on the package itself: fused, from its archive, as an ordinary user, over a debugging port. */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { Report } from '../demo/report';
import { tour, tourSizes } from '../demo/tour';
import { startEdge, startSimotel } from '../simulators';
import {
  hasNamespaces,
  logOf,
  ownFolder,
  ownKeyring,
  type Started,
  start,
  testBuild,
  user,
} from './installed';

const openMs = 120_000;

it('plays the guided tour as an ordinary user, in the sandbox, with a real keyring', async () => {
  const pbx = await startSimotel({ seed: 1203, size: tourSizes.pbx });
  const panel = await startEdge({ seed: 88, size: tourSizes.panel });
  const pictures = mkdtempSync(path.join(tmpdir(), 'pb-tour-'));
  onTestFinished(async () => {
    await Promise.all([pbx.stop(), panel.stop()]);
    rmSync(pictures, { recursive: true, force: true });
  });
  const chosen = path.join(ownFolder(), 'chosen');
  const program = start(testBuild, {
    keyring: await ownKeyring(),
    args: ['--remote-debugging-port=0', '--lang=en'],
    env: { PATCHBAY_TEST_DIALOGS: chosen },
  });
  const page = await windowOf(program);
  await page.getByRole('navigation').waitFor();
  await expect.poll(() => logOf(program), { timeout: openMs }).toContain('keychain ready');
  if (hasNamespaces) expect(sandboxOf(program)).toBe('sandboxed');
  else console.warn('this machine gives an ordinary user no namespaces: played without the sandbox');

  const lines: string[] = [];
  const report = await Report.start(page, pictures, (line) => lines.push(line));
  const answer = async (file: string): Promise<void> => {
    // The test's files are its own; the program is somebody else here.
    if (user) for (const one of [path.dirname(file), file]) if (existsSync(one)) chmodSync(one, 0o777);
    writeFileSync(chosen, file);
  };
  await tour({ page, answer, report, pbx, panel });

  expect(report.end(), lines.join('\n')).toBe(true);
  expect(lines.filter((line) => line.trimStart().startsWith('ok ')).length).toBeGreaterThanOrEqual(25);
});

/** The program's one window, over the port that it chose. */
async function windowOf(program: Started): Promise<Page> {
  const file = path.join(program.profile, 'DevToolsActivePort');
  await expect
    .poll(() => existsSync(file) || program.child.exitCode, { timeout: openMs, message: program.said() })
    .toBe(true);
  const [port] = readFileSync(file, 'utf8').split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  onTestFinished(() => browser.close());
  const [context] = browser.contexts();
  if (!context) throw new Error('no context');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  page.setDefaultTimeout(openMs);
  return page;
}

/** Whether the page's process is one that a sandbox holds: in a namespace of its own, with its calls filtered. */
function sandboxOf({ child }: Started): string {
  const mine = readlinkSync(`/proc/${child.pid}/ns/user`);
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const read = (name: string): string => {
      try {
        return readFileSync(`/proc/${pid}/${name}`, 'utf8');
      } catch {
        return '';
      }
    };
    if (!read('cmdline').includes('--type=renderer') || !read('cmdline').includes(testBuild)) continue;
    const filtered = /Seccomp:\s*2/.test(read('status'));
    return filtered && readlinkSync(`/proc/${pid}/ns/user`) !== mine ? 'sandboxed' : 'open';
  }
  return 'no page';
}
