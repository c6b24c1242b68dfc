// The program of the crash test of values that are bound to their places: a start as main.ts makes it, until all is bound
// or it is killed. Argument: the profile's folder.
import { startOn } from './start';

const [folder = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  const { services, vault, stop } = startOn(folder);
  await vault.open();
  process.stdout.write('begun\n');
  await services.unlock();
  await services.binding.finished();
  stop();
}

void main();
