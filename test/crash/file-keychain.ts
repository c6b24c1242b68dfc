import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { MemoryKeychain } from '../support/keychain';

/** A keychain that outlives the process, for programs that are killed. Each change is whole or not there. */
export class FileKeychain extends MemoryKeychain {
  constructor(private readonly path: string) {
    super();
    if (!existsSync(path)) return;
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'));
    for (const [name, secret] of Object.entries(Object(kept))) this.entries.set(name, String(secret));
  }

  override async set(account: string, secret: string) {
    const done = await super.set(account, secret);
    writeFileSync(`${this.path}.part`, JSON.stringify(Object.fromEntries(this.entries)));
    renameSync(`${this.path}.part`, this.path);
    return done;
  }
}
