#!/usr/bin/env node
/*
 * Replaces fpm, which electron-builder calls to make a deb or an rpm and which Debian lacks: accepts exactly the
 * options that electron-builder passes, and makes the package with dpkg-deb or rpmbuild.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const FLAGS = new Set(['--force', '--debug']);
const SHORT = { '-s': '--source', '-t': '--type', '-d': '--depends' };

/** dpkg-deb's names of compressions by fpm's. */
const COMPRESSION = { gz: 'gzip', zst: 'zstd' };
/** rpm's names of processors by Debian's. */
const RPM_ARCH = { amd64: 'x86_64', arm64: 'aarch64' };

const { one, all, files } = parse(process.argv.slice(2));
const work = mkdtempSync(path.join(tmpdir(), 'patchbay-fpm-'));
try {
  const root = path.join(work, 'root');
  for (const file of files) place(file, root);
  settleModes(root);
  const target = one('--type');
  if (target === 'deb') makeDeb(root);
  else if (target === 'rpm') makeRpm(root);
  else throw new Error(`only deb and rpm can be made here, not ${target}`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

function parse(args) {
  const options = new Map();
  const files = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = SHORT[args[at]] ?? args[at];
    if (FLAGS.has(arg)) continue;
    if (arg.startsWith('-')) {
      at += 1;
      options.set(arg, [...(options.get(arg) ?? []), args[at]]);
    } else files.push(arg);
  }
  const all = (name) => options.get(name) ?? [];
  const one = (name) => {
    const [value] = all(name);
    if (value === undefined) throw new Error(`fpm: ${name} is missing`);
    return value;
  };
  return { one, all, files };
}

function place(pair, root) {
  const split = pair.indexOf('=');
  const [from, to] = [pair.slice(0, split), path.join(root, pair.slice(split + 1))];
  mkdirSync(path.dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

/** Makes files readable to everyone and writable only to root, whatever the umask of the build. */
function settleModes(folder) {
  for (const name of readdirSync(folder)) {
    const full = path.join(folder, name);
    const stat = lstatSync(full);
    if (stat.isSymbolicLink()) continue;
    if (stat.isDirectory()) settleModes(full);
    chmodSync(full, stat.isDirectory() || stat.mode & 0o111 ? 0o755 : 0o644);
  }
  chmodSync(folder, 0o755);
}

function makeDeb(root) {
  const control = path.join(root, 'DEBIAN');
  mkdirSync(control);
  const { kib } = measure(root);
  const fields = [
    ['Package', one('--name')],
    ['Version', one('--version')],
    ['Section', all('--category')[0] ?? 'misc'],
    ['Priority', one('--deb-priority')],
    ['Architecture', one('--architecture')],
    ['Maintainer', one('--maintainer')],
    ['Installed-Size', kib],
    ['Depends', all('--depends').join(', ')],
    ['Recommends', all('--deb-recommends').join(', ')],
    ['Homepage', one('--url')],
    ['Description', folded(one('--description'))],
  ].filter(([, value]) => value !== '');
  writeFileSync(
    path.join(control, 'control'),
    `${fields.map(([key, value]) => `${key}: ${value}`).join('\n')}\n`,
  );
  for (const [option, name] of [
    ['--after-install', 'postinst'],
    ['--after-remove', 'postrm'],
  ])
    writeFileSync(path.join(control, name), readFileSync(one(option)), { mode: 0o755 });
  const named = one('--deb-compression');
  const compression = `-Z${COMPRESSION[named] ?? named}`;
  call('dpkg-deb', ['--root-owner-group', compression, '--build', root, one('--package')]);
}

/** The first line is the short description; the others must begin with a blank, empty ones contain a dot. */
function folded(text) {
  const [first, ...more] = text.trim().split('\n');
  return [first, ...more.map((line) => ` ${line.trim() || '.'}`)].join('\n');
}

function makeRpm(root) {
  // rpmbuild gets the file names, and the folders that only this package has.
  const { paths } = measure(root);
  const spec = path.join(work, 'package.spec');
  const tags = [
    ['Name', one('--name')],
    ['Version', one('--version')],
    ['Release', '1'],
    ['Summary', one('--rpm-summary')],
    ['License', all('--license')[0] ?? 'see the package'],
    ['URL', one('--url')],
    ['Packager', one('--maintainer')],
    ['Vendor', one('--vendor')],
    ...all('--depends').map((name) => ['Requires', name]),
    // Its programs require libraries that it contains.
    ['AutoReqProv', 'no'],
  ];
  const lines = [
    // Neither stripped nor recompiled: what was tested is what is packed.
    '%global __os_install_post %{nil}',
    '%global debug_package %{nil}',
    '%global _build_id_links none',
    ...tags.map(([key, value]) => `${key}: ${value.replaceAll('%', '%%')}`),
    '%description',
    one('--description'),
    '%files',
    '%defattr(-,root,root,-)',
    ...paths.map((file) => `"${file.replaceAll('%', '%%')}"`),
    '%post',
    script('--after-install'),
    '%postun',
    // Also runs after an upgrade, when the new version is already in place.
    'if [ "$1" -ne 0 ]; then exit 0; fi',
    script('--after-remove'),
  ];
  writeFileSync(spec, `${lines.join('\n')}\n`);
  const threads = one('--rpm-compression') === 'xzmt' ? 'w6T0.xzdio' : 'w6.xzdio';
  const defines = [
    `_topdir ${work}/rpm`,
    `_binary_payload ${threads}`,
    '_rpmfilename made.rpm',
    '_buildhost patchbay',
  ];
  const args = defines.flatMap((define) => ['--define', define]);
  call('rpmbuild', [
    '-bb',
    '--quiet',
    '--target',
    RPM_ARCH[one('--architecture')] ?? one('--architecture'),
    '--buildroot',
    root,
    ...args,
    spec,
  ]);
  cpSync(path.join(work, 'rpm/RPMS/made.rpm'), one('--package'));
}

function script(option) {
  return readFileSync(one(option), 'utf8').replaceAll('%', '%%');
}

/** Lists the files below the root by their installed paths, with the sum of their sizes. */
function measure(root) {
  const paths = [];
  let bytes = 0;
  const look = (folder) => {
    for (const name of readdirSync(folder)) {
      const full = path.join(folder, name);
      const stat = lstatSync(full);
      if (stat.isDirectory()) look(full);
      else {
        paths.push(`/${path.relative(root, full)}`);
        bytes += stat.size;
      }
    }
  };
  look(root);
  return { paths, kib: String(Math.ceil(bytes / 1024)) };
}

function call(command, args) {
  const { status, error, stderr } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command}: ${error?.message ?? stderr.trim()}`);
}
