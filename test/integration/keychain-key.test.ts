/** Another keyring answers; and credentials that are longer than an entry of the keychain may be. */
import { describe, expect, it } from 'vitest';
import { Vault } from '../../electron/keychain/vault';
import { ok, openHouse } from '../support/house';
import { MemoryKeychain } from '../support/keychain';
import { office } from '../support/office';

/** A profile with sealed records, closed again. */
async function sealedProfile() {
  const { house, connection } = await office({ size: 3 }, { timeoutMs: 8_000 });
  house.close();
  return { folder: house.folder, keychain: house.keychain, connection };
}
const keyOf = (keychain: MemoryKeychain) => keychain.entries.get('sealing-key');

describe('another keyring', () => {
  it('that has no key is said, and gets none until a person says so', async () => {
    const { folder, connection } = await sealedProfile();
    const other = new MemoryKeychain();
    const house = await openHouse({ folder, keychain: other, unlocked: false });
    await house.services.unlock();
    expect(house.vault.state).toBe('other');
    expect(keyOf(other)).toBeUndefined();
    expect(house.vault.state).toBe('other');
    // Neither asking again nor looking for a credential makes a key or hides that.
    expect(await ok(house.ask.keychain.retry())).toBe('other');
    await ok(house.ask.connections.credentials({ connectionId: connection.id }));
    expect(house.vault.state).toBe('other');
    expect(keyOf(other)).toBeUndefined();

    expect(await ok(house.ask.keychain.acceptKey())).toBe('ready');
    expect(keyOf(other)).toBeDefined();
    house.close();

    // Decided once: the next start says nothing more.
    const next = await openHouse({ folder, keychain: other, unlocked: false });
    await next.services.unlock();
    expect(next.vault.state).toBe('ready');
  });

  it('that has another key is said, and its key is neither used nor overwritten', async () => {
    const { folder } = await sealedProfile();
    const other = new MemoryKeychain();
    await new Vault(other).sealingKey();
    const theirs = keyOf(other);
    const house = await openHouse({ folder, keychain: other, unlocked: false });
    await house.services.unlock();
    expect(house.vault.state).toBe('other');
    expect(keyOf(other)).toBe(theirs);
    expect(await ok(house.ask.keychain.acceptKey())).toBe('ready');
    expect(keyOf(other)).toBe(theirs);
  });

  it('is told by what was sealed, in a profile that is older than the mark of its key', async () => {
    const { folder } = await sealedProfile();
    const first = await openHouse({ folder, unlocked: false });
    first.database.exec(`DELETE FROM workspace WHERE key = 'sealing-key'`);
    await first.services.unlock();
    expect(first.vault.state).toBe('other');
  });

  it('is not said once the right one answers', async () => {
    const { folder, keychain } = await sealedProfile();
    const key = keyOf(keychain) ?? '';
    keychain.entries.delete('sealing-key');
    const house = await openHouse({ folder, keychain, unlocked: false });
    await house.services.unlock();
    expect(house.vault.state).toBe('other');
    keychain.entries.set('sealing-key', key);
    expect(await ok(house.ask.keychain.retry())).toBe('ready');
    expect(keyOf(keychain)).toBe(key);
  });

  it('is nothing to be said in a profile in which nothing was sealed', async () => {
    const house = await openHouse({ unlocked: false });
    await house.services.unlock();
    expect(house.vault.state).toBe('ready');
  });
});
