// A profile of the version before keyed hashes, and the program killed with SIGKILL at random moments of its first starts
// with them: while the file is brought up to date, while the keychain takes in where the history ends, while entries are
// keyed. Whatever moment it was, the next start goes on, nothing is lost, and at the end the check says whole.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { linkOf, noHash } from '../../electron/journal/chain';
import { openProfile } from '../../electron/keeping/open-profile';
import { createRng } from '../simulators/rng';
import { tempFolder } from '../support/endings';
import { openHouse } from '../support/house';
import { buildVersion } from '../support/schema';
import { bundle } from './bundle';
import { FileKeychain } from './file-keychain';

const entries = 3_000;
const kills = 25;

it('is brought up to date whole, however often it is killed on the way', async () => {
  const seed = Number(process.env.PATCHBAY_SEED ?? Date.now() % 1_000_000);
  const rng = createRng(seed);
  const folder = tempFolder();
  buildVersion(join(folder, 'patchbay.db'), 6, history());
  const worker = await bundle('migration-worker.ts', 'migration-worker.cjs');
  let landed = 0;
  for (let life = 0; life < kills; life += 1) {
    const child = spawn(process.execPath, [worker, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    await Promise.race([once(child.stdout, 'data'), ended]);
    const killing = setTimeout(() => child.kill('SIGKILL'), rng.int(0, 250));
    const [code, signal] = await ended;
    clearTimeout(killing);
    if (signal === 'SIGKILL') landed += 1;
    else expect(code).toBe(0);
  }
  expect(landed).toBeGreaterThan(kills / 5);

  const keychain = new FileKeychain(join(folder, 'keychain.json'));
  const { database } = openProfile(join(folder, 'patchbay.db'));
  database.close();
  const house = await openHouse({ folder, keychain });
  house.services.recover();
  await house.services.head.save();
  const report = await house.services.verifier.verify();
  // What a killed run added with its keychain closed is keyed later, and that is said; nothing else may be in doubt.
  expect({ seed, ...report }).toMatchObject({
    brokenAt: null,
    tail: 'whole',
    beginning: 'whole',
    index: { ok: true },
  });
  expect(report.doubts.filter((doubt) => doubt !== 'later')).toEqual([]);
  expect(report.before).toEqual({ seq: expect.any(Number), why: 'first-start' });
  expect(report.checked).toBeGreaterThanOrEqual(entries);
  expect(readFileSync(join(folder, 'keychain.json'), 'utf8')).toContain('journal-head/profile-');
}, 300_000);

/** A chained history as the version before wrote it. */
function history(): string {
  let prev = noHash;
  const rows = Array.from({ length: entries }, (_, n) => {
    const entry = {
      seq: n + 1,
      at: 1_000 + n,
      type: 'note',
      intentSeq: null,
      connectionId: 'c',
      remoteId: 'r',
      title: 't',
      workOrderId: null,
      outcome: null,
      body: '{}',
    };
    const hash = linkOf(prev, entry);
    const row = `(${n + 1}, ${entry.at}, 'note', 'c', 'r', 't', '{}', '${prev}', '${hash}')`;
    prev = hash;
    return row;
  });
  return `INSERT INTO journal (seq, at, type, connection_id, remote_id, title, body, prev, hash)
    VALUES ${rows.join(', ')}`;
}
