// The program of the migration's crash test: a start as main.ts makes it, with entries before and after the keychain
// opens. Argument: the profile's folder.
import { noConnection } from '../../shared/model/connection';
import { startOn } from './start';

const [folder = ''] = process.argv.slice(2);
const subject = { connectionId: noConnection, remoteId: '', title: 'added', workOrderId: null };
const about = { connectionName: 'PBX', site: '', kind: 'simotel', workOrder: '', actor: 't@b' } as const;

async function main(): Promise<void> {
  process.stdout.write('begun\n');
  const { services, vault, stop } = startOn(folder);
  const add = (): number => services.journal.note(subject, { ...about, note: 'reveal', field: 'secret' });
  for (let n = 0; n < 20; n += 1) add();
  await vault.open();
  await services.unlock();
  for (let n = 0; n < 20; n += 1) add();
  await services.head.save();
  stop();
}

void main();
