import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchApply } from './apply';
import { benchBulk } from './bulk';
import { benchDirectory } from './directory';
import { benchEditor } from './editor';
import { benchHistory } from './history';
import { type Figure, line } from './measure';
import { benchMemory } from './memory';
import { benchSheets } from './sheets';
import { benchStart } from './start';
import { benchWindow } from './window';

/*
 * `npm run bench [-- name … --json FILE]`: figures as ratios against a baseline measured in the same run. Nothing here passes or
 * fails; a person compares. Those that open windows need a display and are done only where they are named.
 */
const benches: Record<string, () => Promise<Figure[]>> = {
  directory: benchDirectory,
  history: benchHistory,
  window: benchWindow,
  start: benchStart,
  memory: benchMemory,
  editor: benchEditor,
  bulk: benchBulk,
  sheets: benchSheets,
  apply: benchApply,
};

const windows = ['window', 'start', 'memory', 'editor'];

async function main(): Promise<void> {
  const { values, positionals: wanted } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' } },
  });
  const found: Record<string, Figure[]> = {};
  for (const [name, bench] of Object.entries(benches)) {
    if (wanted.length > 0 ? !wanted.includes(name) : windows.includes(name)) continue;
    console.log(`${name}:`);
    found[name] = await bench();
    for (const figure of found[name]) console.log(line(figure));
  }
  if (values.json) {
    const written = { at: new Date().toISOString(), machine: machine(), figures: found };
    await writeFile(values.json, `${JSON.stringify(written, null, 2)}\n`);
  }
}

/** What the figures were measured on. */
function machine() {
  const [processor] = cpus();
  return {
    processor: processor?.model ?? 'unknown',
    processors: cpus().length,
    memoryMb: Math.round(totalmem() / 1_048_576),
    system: `${platform()} ${release()}`,
    node: process.version,
    load: loadavg(),
  };
}

void main();
