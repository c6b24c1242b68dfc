// The start that the crash workers share: the services as main.ts puts them together, on a profile folder.
import { join } from 'node:path';
import { openProfile } from '../../electron/keeping/open-profile';
import { Vault } from '../../electron/keychain/vault';
import { makeServices } from '../../electron/services';
import { FileKeychain } from './file-keychain';

/** Starts on a profile's folder, up to `recover`; the keychain is still closed. */
export function startOn(folder: string) {
  const { database } = openProfile(join(folder, 'patchbay.db'));
  const vault = new Vault(new FileKeychain(join(folder, 'keychain.json')));
  const services = makeServices({
    database,
    vault,
    driverFor: () => {
      throw new Error('nothing is written here');
    },
    emit: () => undefined,
    actor: 'tester@bench',
  });
  services.recover();
  const stop = (): void => {
    services.stop();
    database.close();
  };
  return { services, vault, stop };
}
