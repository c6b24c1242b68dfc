import { benchBulk } from './bulk';
import { benchDirectory } from './directory';
import { benchHistory } from './history';
import { type Figure, line } from './measure';
import { benchSheets } from './sheets';
import { benchWindow } from './window';

/*
 * `npm run bench [-- name …]`: figures as ratios against a baseline measured in the same run. Nothing here passes or
 * fails; a person compares. `window` needs a display and is done only where it is named.
 */
const benches: Record<string, () => Promise<Figure[]>> = {
  directory: benchDirectory,
  history: benchHistory,
  window: benchWindow,
  bulk: benchBulk,
  sheets: benchSheets,
};

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  for (const [name, bench] of Object.entries(benches)) {
    if (wanted.length > 0 ? !wanted.includes(name) : name === 'window') continue;
    console.log(`${name}:`);
    for (const figure of await bench()) console.log(line(figure));
  }
}

void main();
