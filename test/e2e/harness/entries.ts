import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import type { Keyring } from '../../../scripts/lib/keyring.mjs';
import { repository } from './repository';

const run = promisify(execFile);
// keytar only, in a process of its own: in this one it would connect to whatever bus the test runs under.
const list = `require('keytar').findCredentials(process.argv[1]).then((all) => console.log(JSON.stringify(all)))`;

/** What a keyring holds for a service, by account; asked of the keyring itself, past the program. */
export async function keyringEntries(
  keyring: Keyring,
  service: string,
): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await run(process.execPath, ['-e', list, service], {
    cwd: repository,
    env: { PATH: process.env.PATH, ...keyring.env },
    timeout: 60_000,
  });
  const all: { account: string; password: string }[] = JSON.parse(stdout);
  return Object.fromEntries(all.map((one) => [one.account, one.password]));
}

/** The name under which a throwaway profile files its entries. */
export function serviceOf({ profileDir }: { readonly profileDir: string }): string {
  return `Patchbay ${createHash('sha256').update(profileDir).digest('hex').slice(0, 8)}`;
}
