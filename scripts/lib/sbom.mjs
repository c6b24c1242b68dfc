import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './paths.mjs';
import { run, Stop } from './run.mjs';

/** Packed unbundled: the packages with native code and their dependencies. */
const BESIDE = ['@photostructure/sqlite', 'node-gyp-build', 'keytar', '@github/keytar'];

/** The bundler's list of each build; see electron.vite.config.ts. */
const LISTS = [
  'main/licences.json',
  'main/keychain-licences.json',
  'preload/licences.json',
  'renderer/licences.json',
];

/**
 * Writes a package's bill of materials beside it (CycloneDX): the contents of the bundles as listed by the build, the
 * native packages, and Electron, without development tools.
 * @param {string} file the package
 * @param {string} build the folder of the packed build
 * @param {string} electron its version
 */
export async function writeSbom(file, build, electron) {
  const bill = await npmSbom();
  const used = await bundled(path.resolve(root, build));
  const isIn = ({ name, version }) => used.has(`${name}@${version}`) || BESIDE.includes(name);
  const components = bill.components.filter(isIn).map(withoutDevelopment);
  const found = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const unknown = [...used].filter((one) => !found.has(one));
  if (unknown.length > 0) throw new Stop(`Bundled, and not in the lock file: ${unknown.join(', ')}`);
  const refs = new Set(components.map((component) => component['bom-ref']));
  const own = bill.metadata.component;
  const framework = electronComponent(electron);
  const dependencies = bill.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }));
  await writeFile(
    `${file}.cdx.json`,
    `${JSON.stringify(
      {
        ...bill,
        serialNumber: `urn:uuid:${randomUUID()}`,
        metadata: { ...bill.metadata, component: { ...own, type: 'application', name: 'patchbay' } },
        components: [...components, framework],
        dependencies: [{ ref: own['bom-ref'], dependsOn: [...refs, framework['bom-ref']] }, ...dependencies],
      },
      null,
      2,
    )}\n`,
  );
}

let asked;

/** Everything that the lock file installs; cached, since it takes seconds. */
function npmSbom() {
  asked ??= run('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], { quiet: true }).then(
    ({ code, output }) => {
      if (code !== 0) throw new Stop(`npm sbom ended with code ${code}:\n${output.trim()}`);
      return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
    },
  );
  return asked;
}

/** Returns `name@version` of what was bundled, from the licences listed by the builds. */
async function bundled(build) {
  const lists = await Promise.all(
    LISTS.map(async (name) => JSON.parse(await readFile(path.join(build, name), 'utf8'))),
  );
  return new Set(lists.flat().map(({ name, version }) => `${name}@${version}`));
}

/** npm marks everything in devDependencies as a development tool; bundled packages are none. */
function withoutDevelopment({ properties = [], ...component }) {
  const left = properties.filter(({ name }) => name !== 'cdx:npm:package:development');
  return left.length > 0 ? { ...component, properties: left } : component;
}

function electronComponent(version) {
  return {
    'bom-ref': `electron@${version}`,
    type: 'framework',
    name: 'electron',
    version,
    scope: 'required',
    description:
      'With Chromium and Node.js inside; their licenses are in LICENSES.chromium.html in the package',
    purl: `pkg:github/electron/electron@v${version}`,
    licenses: [{ license: { id: 'MIT' } }],
  };
}
